using Stateless;
using Stateless.Graph;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>What happens to a refund.</summary>
public enum RefundEvent
{
    Submit = 1,

    /// <summary>It needs nobody else: released by whoever wrote it, within his limit.</summary>
    SubmitAlone = 2,
    TakeUp = 3,

    /// <summary>The reviewer puts it back into the queue.</summary>
    PutBack = 4,
    AskMore = 5,
    Approve = 6,
    Refuse = 7,
    Withdraw = 8,

    /// <summary>Ozon has it.</summary>
    Arrive = 9,

    /// <summary>Nobody knows whether Ozon has it.</summary>
    Lose = 10,

    /// <summary>Ozon did not take it, or it was never sent.</summary>
    Fail = 11,
    Pay = 12,

    /// <summary>The buyer did not take what was offered.</summary>
    Decline = 13,

    /// <summary>Somebody else decided: Ozon by its clock, a person in Ozon's cabinet, the buyer.</summary>
    Overtake = 14,

    /// <summary>Money that went back without us was found at Ozon.</summary>
    Find = 15,

    /// <summary>Somebody else writes on: no way anywhere, but he cannot review it any more.</summary>
    Write = 16,
}

/// <summary>The ways of a refund, as data: what is not here cannot happen. The diagram in README is made of it.</summary>
public static class RefundMachine
{
    /// <summary>Every way there is.</summary>
    public static readonly IReadOnlyList<(RefundState From, RefundEvent Event, RefundState To)> Ways =
    [
        (RefundState.Draft, RefundEvent.Submit, RefundState.Submitted),
        (RefundState.Draft, RefundEvent.SubmitAlone, RefundState.Approved),
        (RefundState.Draft, RefundEvent.Withdraw, RefundState.Withdrawn),
        (RefundState.Draft, RefundEvent.Find, RefundState.Paid),
        (RefundState.Submitted, RefundEvent.TakeUp, RefundState.InReview),
        (RefundState.Submitted, RefundEvent.Withdraw, RefundState.Withdrawn),
        (RefundState.Submitted, RefundEvent.Overtake, RefundState.Failed),
        (RefundState.InReview, RefundEvent.PutBack, RefundState.Submitted),
        (RefundState.InReview, RefundEvent.AskMore, RefundState.MoreWanted),
        (RefundState.InReview, RefundEvent.Approve, RefundState.Approved),
        (RefundState.InReview, RefundEvent.Refuse, RefundState.Refused),
        (RefundState.InReview, RefundEvent.Withdraw, RefundState.Withdrawn),
        (RefundState.InReview, RefundEvent.Overtake, RefundState.Failed),
        (RefundState.MoreWanted, RefundEvent.Submit, RefundState.Submitted),
        (RefundState.MoreWanted, RefundEvent.Withdraw, RefundState.Withdrawn),
        (RefundState.MoreWanted, RefundEvent.Overtake, RefundState.Failed),
        (RefundState.Approved, RefundEvent.Withdraw, RefundState.Withdrawn),
        (RefundState.Approved, RefundEvent.Arrive, RefundState.Sent),
        (RefundState.Approved, RefundEvent.Lose, RefundState.Unclear),
        (RefundState.Approved, RefundEvent.Fail, RefundState.Failed),
        (RefundState.Approved, RefundEvent.Overtake, RefundState.Failed),
        (RefundState.Unclear, RefundEvent.Arrive, RefundState.Sent),
        (RefundState.Unclear, RefundEvent.Fail, RefundState.Failed),
        (RefundState.Unclear, RefundEvent.Overtake, RefundState.Failed),
        (RefundState.Sent, RefundEvent.Pay, RefundState.Paid),
        (RefundState.Sent, RefundEvent.Decline, RefundState.Failed),
        (RefundState.Sent, RefundEvent.Fail, RefundState.Failed),
        (RefundState.Sent, RefundEvent.Overtake, RefundState.Failed),
    ];

    /// <summary>A machine over the refund's own state.</summary>
    public static StateMachine<RefundState, RefundEvent> Of(Refund refund) => Build(() => refund.State, state => refund.State = state);

    /// <summary>Whether it can happen now.</summary>
    public static bool Can(Refund refund, RefundEvent what) => Of(refund).CanFire(what);

    /// <summary>The diagram, in Mermaid.</summary>
    public static string Diagram()
    {
        var state = RefundState.Draft;
        return MermaidGraph.Format(Build(() => state, to => state = to).GetInfo());
    }

    private static StateMachine<RefundState, RefundEvent> Build(Func<RefundState> read, Action<RefundState> write)
    {
        var machine = new StateMachine<RefundState, RefundEvent>(read, write);
        foreach (var way in Ways) machine.Configure(way.From).Permit(way.Event, way.To);
        return machine;
    }
}
