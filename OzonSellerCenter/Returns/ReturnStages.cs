namespace OzonSellerCenter.Returns;

/// <summary>In which of Ozon's groups a state belongs. The list of rFBS requests tells the group itself; what is read of one request alone, and FBO and FBS
/// requests, do not (ozon/api.md §4.1, §4.2).</summary>
public static class ReturnStages
{
    private static readonly string[] News = ["AwaitingProcessing", "OnSellerApproval", "OnSellerClarification", "OnSellerClarificationAfterPartialCompensation", "OfferedPartialCompensation", "CheckingStatus"];
    private static readonly string[] Checked = ["ArrivedAtWarehouse", "ReceivedBySeller", "ArrivedAtReturnPlace", "PassedToPartner", "ReleasedByProvider"];

    /// <summary>The group that Ozon names; null for a word that is none.</summary>
    public static ReturnStage? OfGroup(string group) =>
        Enum.TryParse<ReturnStage>(group, out var stage) && Enum.IsDefined(stage) && !char.IsAsciiDigit(group[0]) ? stage : null;

    /// <summary>The group by the state. A word that is not known here is taken to be still open: better one too many to look at.</summary>
    public static ReturnStage OfState(string state)
    {
        bool Has(params string[] words) => words.Any(w => state.Contains(w, StringComparison.OrdinalIgnoreCase));

        if (News.Contains(state)) return ReturnStage.New;
        if (Checked.Contains(state)) return ReturnStage.Checkout;
        if (Has("Dispute", "Arbitration") && !Has("NotOpen")) return ReturnStage.Arbitration;
        if (Has("Reject", "Cancelled")) return ReturnStage.Rejected;
        if (IsPaid(state) || Has("Utiliz", "Solved", "WriteOff", "ReturnedToOzon")) return ReturnStage.Approved;
        return Has("Approved", "Moving", "Returning", "OnWay", "WaitingShipment") ? ReturnStage.Delivering : ReturnStage.New;
    }

    /// <summary>The buyer got money, all or a part.</summary>
    public static bool IsPaid(string state) => state.StartsWith("MoneyReturned", StringComparison.Ordinal) || IsPaidInPart(state);

    /// <summary>The buyer took a part of the price and keeps the goods.</summary>
    public static bool IsPaidInPart(string state) => state.StartsWith("PartialCompensationReturned", StringComparison.Ordinal);

    /// <summary>Ozon says that the money itself is still on its way.</summary>
    public static bool IsOnItsWay(string moneyState) => moneyState.Contains("возвращаются", StringComparison.OrdinalIgnoreCase) || moneyState.Contains("процесс", StringComparison.OrdinalIgnoreCase);
}
