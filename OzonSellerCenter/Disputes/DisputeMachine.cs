using Stateless;
using Stateless.Graph;

namespace OzonSellerCenter.Disputes;

/// <summary>What happens to a case.</summary>
public enum DisputeEvent
{
    /// <summary>It was opened: no way, but the first line of its history.</summary>
    Open = 1,

    /// <summary>The shop hands its account in, or answers the reviewer.</summary>
    Submit = 2,
    TakeUp = 3,

    /// <summary>The reviewer puts it back into the queue.</summary>
    PutBack = 4,
    AskSeller = 5,
    AskBuyer = 6,

    /// <summary>The buyer answered, or his time to answer went by.</summary>
    BuyerAnswer = 7,

    /// <summary>The shop let its time go by: the desk decides without its account.</summary>
    StepIn = 8,

    /// <summary>Looked through: the pack may go to Ozon.</summary>
    Release = 9,

    /// <summary>The pack was handed to Ozon, or the carrier's arbitration was opened.</summary>
    HandOver = 10,
    Decide = 11,

    /// <summary>Ozon decided.</summary>
    OzonDecide = 12,
    Appeal = 13,

    /// <summary>Who complained takes it back.</summary>
    Withdraw = 14,
    Settle = 15,

    /// <summary>No appeal came in time, or none is possible.</summary>
    Close = 16,

    /// <summary>The time to contest went by.</summary>
    Lapse = 17,

    /// <summary>Somebody who is late was pushed: no way anywhere.</summary>
    Escalate = 18,

    /// <summary>The account was written on: no way anywhere, but who wrote cannot review.</summary>
    Write = 19,

    /// <summary>The buyer was shown what speaks against his claim: no way anywhere.</summary>
    ShowProof = 20,

    /// <summary>The buyer said more: no way anywhere.</summary>
    BuyerWrote = 21,
}

/// <summary>The ways of a case, as data: what is not here cannot happen. The diagram in README is made of it.</summary>
public static class DisputeMachine
{
    private static readonly DisputeState[] BeforeDecision =
        [DisputeState.Gathering, DisputeState.Submitted, DisputeState.InReview, DisputeState.SellerAsked, DisputeState.BuyerAsked, DisputeState.Released, DisputeState.AtOzon];

    /// <summary>Every way there is.</summary>
    public static readonly IReadOnlyList<(DisputeState From, DisputeEvent Event, DisputeState To)> Ways =
    [
        (DisputeState.Gathering, DisputeEvent.Submit, DisputeState.Submitted),
        (DisputeState.Gathering, DisputeEvent.StepIn, DisputeState.Submitted),
        (DisputeState.Gathering, DisputeEvent.HandOver, DisputeState.AtOzon),
        (DisputeState.Gathering, DisputeEvent.Lapse, DisputeState.Closed),
        (DisputeState.Submitted, DisputeEvent.TakeUp, DisputeState.InReview),
        (DisputeState.InReview, DisputeEvent.PutBack, DisputeState.Submitted),
        (DisputeState.InReview, DisputeEvent.AskSeller, DisputeState.SellerAsked),
        (DisputeState.InReview, DisputeEvent.AskBuyer, DisputeState.BuyerAsked),
        (DisputeState.InReview, DisputeEvent.Release, DisputeState.Released),
        (DisputeState.InReview, DisputeEvent.Decide, DisputeState.Decided),
        (DisputeState.SellerAsked, DisputeEvent.Submit, DisputeState.Submitted),
        (DisputeState.SellerAsked, DisputeEvent.StepIn, DisputeState.Submitted),
        (DisputeState.BuyerAsked, DisputeEvent.BuyerAnswer, DisputeState.Submitted),
        (DisputeState.Released, DisputeEvent.HandOver, DisputeState.AtOzon),
        (DisputeState.Decided, DisputeEvent.Appeal, DisputeState.Gathering),
        (DisputeState.Decided, DisputeEvent.Close, DisputeState.Closed),
        .. BeforeDecision.Select(from => (from, DisputeEvent.OzonDecide, DisputeState.Decided)),
        .. BeforeDecision.Append(DisputeState.Decided).Select(from => (from, DisputeEvent.Withdraw, DisputeState.Closed)),
        .. BeforeDecision.Select(from => (from, DisputeEvent.Settle, DisputeState.Closed)),
    ];

    /// <summary>A machine over the case's own state.</summary>
    public static StateMachine<DisputeState, DisputeEvent> Of(Dispute dispute) => Build(() => dispute.State, state => dispute.State = state);

    /// <summary>Whether it can happen now.</summary>
    public static bool Can(Dispute dispute, DisputeEvent what) => Of(dispute).CanFire(what);

    /// <summary>The diagram, in Mermaid.</summary>
    public static string Diagram()
    {
        var state = DisputeState.Gathering;
        return MermaidGraph.Format(Build(() => state, to => state = to).GetInfo());
    }

    private static StateMachine<DisputeState, DisputeEvent> Build(Func<DisputeState> read, Action<DisputeState> write)
    {
        var machine = new StateMachine<DisputeState, DisputeEvent>(read, write);
        foreach (var way in Ways) machine.Configure(way.From).Permit(way.Event, way.To);
        return machine;
    }
}
