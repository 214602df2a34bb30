namespace OzonSellerCenter.Returns;

/// <summary>What a request's state says about an act.</summary>
public enum ReturnProof
{
    /// <summary>It stands as before.</summary>
    NotDone,
    Done,

    /// <summary>It has moved on otherwise: somebody else decided.</summary>
    Overtaken,
}

public static class ReturnProofs
{
    /// <summary>Whether the request, as Ozon tells it now, is what the act makes of it. Ozon's answer to the act says nothing, and there is no list of
    /// acts to look into.</summary>
    public static ReturnProof Of(ActWish wish, string state, IReadOnlyList<OfferedAction> actions)
    {
        if (state == wish.StateBefore && actions.Any(a => a.Id == wish.Action.Id)) return ReturnProof.NotDone;
        return IsResult(ReturnActs.Of(wish.Action), state) ? ReturnProof.Done : ReturnProof.Overtaken;
    }

    private static bool IsResult(ReturnAct act, string state)
    {
        bool Has(params string[] words) => words.Any(w => state.Contains(w, StringComparison.OrdinalIgnoreCase));

        return act switch
        {
            ReturnAct.Reject or ReturnAct.RejectAfterCheck => Has("Reject", "Dispute"),
            ReturnAct.Compensate => Has("Compensation"),
            ReturnAct.Refund or ReturnAct.RefundAndLeave => Has("Money"),
            ReturnAct.TakeBack or ReturnAct.Received => !Has("Reject", "Cancel", "Money", "Compensation"),
            _ => true,
        };
    }
}
