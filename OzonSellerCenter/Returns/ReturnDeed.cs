using System.Text.Json.Serialization;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Returns;

/// <summary>What a shop wants done with a request. Kept as JSON.</summary>
[JsonDerivedType(typeof(ActWish), "act")]
[JsonDerivedType(typeof(ExchangeWish), "exchange")]
public abstract record ReturnWish;

/// <summary>One of the actions that Ozon offered (<c>/v1/returns/rfbs/action/set</c>).</summary>
/// <param name="Action">As it was offered.</param>
public sealed record ActWish(OfferedAction Action) : ReturnWish
{
    /// <summary>For the buyer; required with rejections.</summary>
    public string Comment { get; init; } = "";

    public RejectionReason? Rejection { get; init; }

    /// <summary>Partial compensation, in minor units; null with other actions.</summary>
    public long? Amount { get; init; }

    /// <summary>Postage of the way back that is repaid, in minor units.</summary>
    public long Postage { get; init; }

    /// <summary>Ozon's word for the state in which it was wanted; by leaving it Ozon shows that something was done.</summary>
    public string StateBefore { get; init; } = "";

    /// <summary>Offers that had been made by then.</summary>
    public int OffersBefore { get; init; }
}

/// <summary>Another piece instead of money. Ozon has no method for it; offered by the bundled sandbox alone.</summary>
/// <param name="Reference">Our own name for it.</param>
public sealed record ExchangeWish(string Reference) : ReturnWish;

/// <summary>What somebody wanted done with a request: its history of who did what. Carried out by the outbox command whose target it is, and that
/// command knows how far it is. Never changed but for its result, never deleted.</summary>
public sealed class ReturnDeed : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ReturnRequestId { get; init; }
    public required ReturnWish Wish { get; init; }
    public DateTime At { get; init; }

    /// <summary>Key of who wanted it; null when the program did it by itself.</summary>
    public string? By { get; init; }

    /// <summary>The refund it carries out; null when it moves no money.</summary>
    public long? RefundId { get; init; }

    /// <summary>Posting of the new piece, once there is one.</summary>
    public string? ExchangePosting { get; set; }
}
