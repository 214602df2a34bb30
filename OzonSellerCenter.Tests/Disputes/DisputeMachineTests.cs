using OzonSellerCenter.Disputes;
using E = OzonSellerCenter.Disputes.DisputeEvent;
using S = OzonSellerCenter.Disputes.DisputeState;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>All that may happen to a case, written down once more.</summary>
public sealed class DisputeMachineTests
{
    private static readonly (E Event, S To)[] Ends = [(E.OzonDecide, S.Decided), (E.Withdraw, S.Closed), (E.Settle, S.Closed)];

    private static readonly Dictionary<S, (E Event, S To)[]> Expected = new()
    {
        [S.Gathering] = [(E.Submit, S.Submitted), (E.StepIn, S.Submitted), (E.HandOver, S.AtOzon), (E.Lapse, S.Closed), .. Ends],
        [S.Submitted] = [(E.TakeUp, S.InReview), .. Ends],
        [S.InReview] =
        [
            (E.PutBack, S.Submitted), (E.AskSeller, S.SellerAsked), (E.AskBuyer, S.BuyerAsked), (E.Release, S.Released), (E.Decide, S.Decided), .. Ends,
        ],
        [S.SellerAsked] = [(E.Submit, S.Submitted), (E.StepIn, S.Submitted), .. Ends],
        [S.BuyerAsked] = [(E.BuyerAnswer, S.Submitted), .. Ends],
        [S.Released] = [(E.HandOver, S.AtOzon), .. Ends],
        [S.AtOzon] = Ends,
        [S.Decided] = [(E.Appeal, S.Gathering), (E.Close, S.Closed), (E.Withdraw, S.Closed)],
        [S.Closed] = [],
    };

    public static TheoryData<S, E> Pairs => [.. from state in Enum.GetValues<S>() from what in Enum.GetValues<E>() select (state, what)];

    [Theory, MemberData(nameof(Pairs))]
    public void Each_event_leads_where_it_should_or_cannot_happen(S state, E what)
    {
        var dispute = DisputeHouse.Make(1, DateTime.UnixEpoch);
        dispute.State = state;
        S? to = Expected[state].Where(w => w.Event == what).Select(w => (S?)w.To).SingleOrDefault();
        Assert.Equal(to is not null, DisputeMachine.Can(dispute, what));
        if (to is null)
        {
            Assert.Throws<InvalidOperationException>(() => DisputeMachine.Of(dispute).Fire(what));
            Assert.Equal(state, dispute.State);
            return;
        }

        DisputeMachine.Of(dispute).Fire(what);
        Assert.Equal(to, dispute.State);
    }

    [Fact]
    public void Every_case_can_come_to_its_end_and_what_is_closed_stays_closed()
    {
        foreach (var state in Enum.GetValues<S>())
        {
            var seen = new HashSet<S> { state };
            while (DisputeMachine.Ways.Where(w => seen.Contains(w.From)).Any(w => seen.Add(w.To)))
            {
            }

            Assert.Contains(S.Closed, seen);
            if (state == S.Closed) Assert.Single(seen);
        }
    }

    [Fact]
    public void The_diagram_shows_every_state()
    {
        var diagram = DisputeMachine.Diagram();
        Assert.All(Enum.GetNames<S>(), name => Assert.Contains(name, diagram, StringComparison.Ordinal));
    }
}
