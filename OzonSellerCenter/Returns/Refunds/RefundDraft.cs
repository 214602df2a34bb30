namespace OzonSellerCenter.Returns.Refunds;

/// <summary>What a person puts into a refund. Amounts in minor units of the refund's currency.</summary>
public sealed record RefundDraft
{
    public RefundWay Way { get; init; }
    public RefundScope Scope { get; init; } = RefundScope.Whole;
    public OfferedAction? Action { get; init; }
    public long? CancelReasonId { get; init; }
    public string CancelReason { get; init; } = "";
    public IReadOnlyList<RefundItem> Items { get; init; } = [];
    public long Amount { get; init; }
    public long Postage { get; init; }
    public RefundReason Reason { get; init; }
    public string Explanation { get; init; } = "";

    /// <summary>For the buyer, with the request's action.</summary>
    public string Comment { get; init; } = "";

    /// <summary>What stands in a refund.</summary>
    public static RefundDraft Of(Refund refund) => new()
    {
        Way = refund.Way,
        Scope = refund.Scope,
        Action = refund.Action,
        CancelReasonId = refund.CancelReasonId,
        CancelReason = refund.CancelReason,
        Items = refund.Items,
        Amount = refund.Amount,
        Postage = refund.Postage,
        Reason = refund.Reason,
        Explanation = refund.Explanation,
        Comment = refund.Comment,
    };

    /// <summary>Puts it into a refund.</summary>
    public void Write(Refund refund)
    {
        (refund.Way, refund.Scope, refund.Action) = (Way, Scope, Way == RefundWay.Answer ? Action : null);
        (refund.CancelReasonId, refund.CancelReason) = (CancelReasonId, CancelReason);
        (refund.Items, refund.Amount, refund.Postage) = (Items, Amount, Postage);
        (refund.Reason, refund.Explanation, refund.Comment) = (Reason, Explanation, Comment);
    }
}
