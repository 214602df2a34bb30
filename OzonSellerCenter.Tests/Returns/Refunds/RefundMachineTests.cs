using OzonSellerCenter.Returns.Refunds;
using S = OzonSellerCenter.Returns.Refunds.RefundState;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>All that may happen to a refund, written down once more.</summary>
public sealed class RefundMachineTests
{
    private static readonly Dictionary<S, (RefundEvent Event, S To)[]> Expected = new()
    {
        [S.Draft] = [(RefundEvent.Submit, S.Submitted), (RefundEvent.SubmitAlone, S.Approved), (RefundEvent.Withdraw, S.Withdrawn), (RefundEvent.Find, S.Paid)],
        [S.Submitted] = [(RefundEvent.TakeUp, S.InReview), (RefundEvent.Withdraw, S.Withdrawn), (RefundEvent.Overtake, S.Failed)],
        [S.InReview] =
        [
            (RefundEvent.PutBack, S.Submitted), (RefundEvent.AskMore, S.MoreWanted), (RefundEvent.Approve, S.Approved), (RefundEvent.Refuse, S.Refused),
            (RefundEvent.Withdraw, S.Withdrawn), (RefundEvent.Overtake, S.Failed),
        ],
        [S.MoreWanted] = [(RefundEvent.Submit, S.Submitted), (RefundEvent.Withdraw, S.Withdrawn), (RefundEvent.Overtake, S.Failed)],
        [S.Approved] = [(RefundEvent.Withdraw, S.Withdrawn), (RefundEvent.Arrive, S.Sent), (RefundEvent.Lose, S.Unclear), (RefundEvent.Fail, S.Failed), (RefundEvent.Overtake, S.Failed)],
        [S.Unclear] = [(RefundEvent.Arrive, S.Sent), (RefundEvent.Fail, S.Failed), (RefundEvent.Overtake, S.Failed)],
        [S.Sent] = [(RefundEvent.Pay, S.Paid), (RefundEvent.Decline, S.Failed), (RefundEvent.Fail, S.Failed), (RefundEvent.Overtake, S.Failed)],
        [S.Paid] = [],
        [S.Refused] = [],
        [S.Failed] = [],
        [S.Withdrawn] = [],
    };

    public static TheoryData<S, RefundEvent> Pairs => [.. from state in Enum.GetValues<S>() from what in Enum.GetValues<RefundEvent>() select (state, what)];

    [Theory, MemberData(nameof(Pairs))]
    public void Each_event_leads_where_it_should_or_cannot_happen(S state, RefundEvent what)
    {
        var refund = new Refund { Key = "k", PostingNumber = "1-1", State = state };
        S? to = Expected[state].Where(w => w.Event == what).Select(w => (S?)w.To).SingleOrDefault();
        Assert.Equal(to is not null, RefundMachine.Can(refund, what));
        if (to is null) return;
        RefundMachine.Of(refund).Fire(what);
        Assert.Equal(to, refund.State);
    }

    [Fact]
    public void What_is_over_is_over_and_only_what_came_to_nothing_frees_its_money()
    {
        foreach (var state in Enum.GetValues<S>())
        {
            var refund = new Refund { Key = "k", PostingNumber = "1-1", State = state };
            Assert.Equal(Expected[state].Length == 0, refund.IsOver);
            Assert.Equal(state is not (S.Draft or S.Refused or S.Failed or S.Withdrawn), refund.Holds);
        }
    }
}
