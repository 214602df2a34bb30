namespace OzonSellerCenter.Disputes.Page;

/// <summary>What the shop can do with a case besides writing its account.</summary>
public enum CaseAct
{
    None = 0,

    /// <summary>Push whoever is late.</summary>
    Escalate = 1,

    /// <summary>Tell the buyer what speaks against his claim.</summary>
    ShowProof = 2,
    Settle = 3,

    /// <summary>Who complained has taken it back.</summary>
    Withdraw = 4,
    HandOver = 5,
    OzonDecided = 6,
    Appeal = 7,
}

/// <summary>Which deeds a case allows as it stands.</summary>
public static class CaseActs
{
    private static readonly DisputeState[] OthersTurn = [DisputeState.Submitted, DisputeState.InReview, DisputeState.AtOzon];

    /// <summary>Those that can be done now, in the order of the buttons.</summary>
    /// <param name="deskDecides">The store's marketplace is the sandbox.</param>
    public static IReadOnlyList<CaseAct> Of(Dispute dispute, bool deskDecides, DateTime now) =>
        [.. Enum.GetValues<CaseAct>().Where(act => Can(dispute, act, deskDecides, now)).OrderByDescending(act => IsFirst(dispute, act, now))];

    /// <summary>What is most likely wanted now: its button stands out.</summary>
    public static bool IsFirst(Dispute dispute, CaseAct act, DateTime now) => act switch
    {
        CaseAct.HandOver => true,
        CaseAct.Escalate => dispute.NextBy <= now,
        CaseAct.Appeal => dispute.Outcome is DisputeOutcome.Buyer or DisputeOutcome.Split,
        _ => false,
    };

    public static bool Can(Dispute dispute, CaseAct act, bool deskDecides, DateTime now) => act switch
    {
        CaseAct.Escalate => OthersTurn.Contains(dispute.State),
        CaseAct.ShowProof => IsOfBuyer(dispute) && dispute.PostingNumber.Length > 0 && DisputeMachine.Can(dispute, DisputeEvent.Settle),
        CaseAct.Settle => IsOfBuyer(dispute) && DisputeMachine.Can(dispute, DisputeEvent.Settle),
        CaseAct.Withdraw => DisputeMachine.Can(dispute, DisputeEvent.Withdraw),
        CaseAct.HandOver => dispute.State == DisputeState.Released,
        CaseAct.OzonDecided => (!deskDecides || dispute.State == DisputeState.AtOzon) && DisputeMachine.Can(dispute, DisputeEvent.OzonDecide),
        CaseAct.Appeal => DisputeActions.CanAppeal(dispute, now),
        _ => false,
    };

    /// <summary>The buyer is the other side; else Ozon or the carrier is.</summary>
    public static bool IsOfBuyer(Dispute dispute) => dispute.Kind is DisputeKind.Complaint or DisputeKind.ReturnContested;

    /// <summary>Characters that its words may have.</summary>
    public static int MostWords(CaseAct act) => act is CaseAct.Escalate or CaseAct.ShowProof ? Returns.Telling.BuyerNote.MaxText : Dispute.MaxWords;
}
