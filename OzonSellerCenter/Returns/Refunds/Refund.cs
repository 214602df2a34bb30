using OzonSellerCenter.Data;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Where a refund stands; the ways between are in <see cref="RefundMachine"/>.</summary>
public enum RefundState
{
    Draft = 1,

    /// <summary>Waits for somebody else.</summary>
    Submitted = 2,

    /// <summary>A reviewer has taken it up.</summary>
    InReview = 3,

    /// <summary>The reviewer has asked back.</summary>
    MoreWanted = 4,

    /// <summary>Released; Ozon has not heard of it yet.</summary>
    Approved = 5,

    /// <summary>Nobody knows whether Ozon has it: it is being found out.</summary>
    Unclear = 6,

    /// <summary>Ozon has it; the money is not with the buyer yet, or he has not agreed yet.</summary>
    Sent = 7,
    Paid = 8,

    /// <summary>The reviewer said no.</summary>
    Refused = 9,

    /// <summary>It came to nothing, for the reason that is told.</summary>
    Failed = 10,
    Withdrawn = 11,
}

/// <summary>By what Ozon offers the money goes back.</summary>
public enum RefundWay
{
    /// <summary>An action of the buyer's request.</summary>
    Answer = 1,

    /// <summary>Some of the pieces are not sent (<c>/v2/posting/fbs/product/cancel</c>).</summary>
    CancelItems = 2,

    /// <summary>The posting is cancelled (<c>/v2/posting/fbs/cancel</c>).</summary>
    CancelPosting = 3,

    /// <summary>The buyer's wish to cancel is granted (<c>/v2/conditional-cancellation/approve</c>).</summary>
    GrantCancellation = 4,

    /// <summary>Money without a request. Not Ozon's: the bundled sandbox alone offers it.</summary>
    Payment = 5,
}

/// <summary>What the amount is for.</summary>
public enum RefundScope
{
    Whole = 1,
    Items = 2,

    /// <summary>Part of the price; the buyer keeps the goods.</summary>
    Part = 3,

    /// <summary>The postage of the way back alone.</summary>
    Postage = 4,
}

/// <summary>Why money goes back, in the shop's words for its own figures.</summary>
public enum RefundReason
{
    None = 0,
    NotAsDescribed = 1,
    Defect = 2,
    WrongItem = 3,
    DamagedInTransit = 4,
    Incomplete = 5,
    NotDelivered = 6,
    Late = 7,
    ChangedMind = 8,
    OutOfStock = 9,
    Goodwill = 10,
    Other = 11,
}

/// <summary>Pieces that money goes back for.</summary>
/// <param name="Amount">For all of them, in minor units.</param>
public sealed record RefundItem(long Sku, string Name, int Quantity, long Amount);

/// <summary>Money that is to go, is on its way, or went back to a buyer.</summary>
public sealed class Refund : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Made when the form was shown; the same is never taken twice. It is our name for the refund at the sandbox too.</summary>
    public required string Key { get; init; }

    public required string PostingNumber { get; init; }
    public string OrderNumber { get; init; } = "";

    /// <summary>The buyer's request it answers; null for one of the shop's own initiative.</summary>
    public long? ReturnRequestId { get; init; }

    /// <summary>Ozon's id of the wish to cancel that it grants.</summary>
    public long? CancellationId { get; set; }

    public RefundState State { get; set; } = RefundState.Draft;
    public RefundWay Way { get; set; }
    public RefundScope Scope { get; set; } = RefundScope.Whole;

    /// <summary>The request's action, with the way <see cref="RefundWay.Answer"/>.</summary>
    public OfferedAction? Action { get; set; }

    /// <summary>Ozon's reason of a cancellation, with the ways that cancel.</summary>
    public long? CancelReasonId { get; set; }
    public string CancelReason { get; set; } = "";

    public IReadOnlyList<RefundItem> Items { get; set; } = [];

    /// <summary>For the goods, in minor units of <see cref="Currency"/>.</summary>
    public long Amount { get; set; }

    /// <summary>Postage of the way back, on top, in minor units.</summary>
    public long Postage { get; set; }

    public string Currency { get; init; } = "RUB";
    public RefundReason Reason { get; set; }

    /// <summary>The written account, for the reviewer and the record.</summary>
    public string Explanation { get; set; } = "";

    /// <summary>For the buyer, with the request's action.</summary>
    public string Comment { get; set; } = "";

    /// <summary>Who began it; null when it was made in Ozon's own cabinet, or by Ozon.</summary>
    public string? CreatedBy { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Who wrote what stands in it now: he cannot review it.</summary>
    public string? WrittenBy { get; set; }
    public DateTime? SubmittedAt { get; set; }

    /// <summary>The reviewer who has taken it up, or has decided.</summary>
    public string? Reviewer { get; set; }
    public DateTime? ReviewedAt { get; set; }

    /// <summary>What the reviewer said last.</summary>
    public string ReviewWords { get; set; } = "";

    /// <summary>The outbox command that carries it out.</summary>
    public long? CommandId { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>By when the money should be with the buyer.</summary>
    public DateTime? ExpectedAt { get; set; }
    public DateTime? EndedAt { get; set; }

    /// <summary>Resource key of why it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Ozon's words to it.</summary>
    public string? FailureDetail { get; set; }

    public long Version { get; set; }

    /// <summary>All the money it moves.</summary>
    public long Sum => Amount + Postage;

    public bool IsOver => State is RefundState.Paid or RefundState.Refused or RefundState.Failed or RefundState.Withdrawn;

    /// <summary>States in which its amount is set aside: refunded, in flight, or unknown.</summary>
    public static readonly RefundState[] Holding =
        [RefundState.Submitted, RefundState.InReview, RefundState.MoreWanted, RefundState.Approved, RefundState.Unclear, RefundState.Sent, RefundState.Paid];

    /// <summary>Its amount is set aside.</summary>
    public bool Holds => Holding.Contains(State);
}

/// <summary>A step of a refund's way: who brought it from where to where. Never changed, never deleted.</summary>
public sealed class RefundStep : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long RefundId { get; init; }
    public DateTime At { get; init; }

    /// <summary>Key of the person; null when the program did it.</summary>
    public string? By { get; init; }
    public RefundEvent Event { get; init; }
    public RefundState From { get; init; }
    public RefundState To { get; init; }

    /// <summary>What was said: the reviewer's question or reason, the answer, the cause of a failure (a resource key).</summary>
    public string Words { get; init; } = "";

    /// <summary>The sum it was said of, in minor units: an approval holds for this sum only.</summary>
    public long Sum { get; init; }
}

/// <summary>What was paid for a posting and how much of it is set aside for refunds. Its row is what keeps two refunds from taking the same money.</summary>
public sealed class RefundLedger : IOwnedByStore
{
    public int StoreId { get; init; }
    public required string PostingNumber { get; init; }
    public string Currency { get; init; } = "RUB";

    /// <summary>Paid for the goods, in minor units.</summary>
    public long Paid { get; set; }

    /// <summary>Refunded, in flight, or unknown.</summary>
    public long Held { get; set; }

    public long Left => Paid - Held;
}
