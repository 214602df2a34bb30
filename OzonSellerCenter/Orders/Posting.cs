using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>How the goods travel; decides the reply window.</summary>
public enum Scheme
{
    Unknown = 0,

    /// <summary>From Ozon's warehouse.</summary>
    Fbo = 1,

    /// <summary>From the seller's warehouse by Ozon's delivery.</summary>
    Fbs = 2,

    /// <summary>From the seller's warehouse by his own or another carrier.</summary>
    Rfbs = 3,
}

/// <summary>A posting (отправление): one parcel of an order, the unit of work at Ozon.</summary>
public sealed class Posting : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public required string PostingNumber { get; init; }
    public string OrderNumber { get; set; } = "";
    public long OrderId { get; set; }
    public Scheme Scheme { get; set; }

    /// <summary>Ozon's status word, such as <c>awaiting_packaging</c>.</summary>
    public string Status { get; set; } = "";

    public string Substatus { get; set; } = "";

    /// <summary>When it was taken into work: payment has been made by then.</summary>
    public DateTime? InProcessAt { get; set; }

    /// <summary>Ship by.</summary>
    public DateTime? ShipBy { get; set; }

    /// <summary>By when it was promised to the buyer (<c>analytics_data.client_delivery_date_end</c>, else <c>delivery_date_end</c>).</summary>
    public DateTime? DeliverBy { get; set; }

    /// <summary>When its status or substatus was first seen as it is now.</summary>
    public DateTime? MovedAt { get; set; }

    /// <summary>When it becomes or became late on its way (<see cref="LateParcel"/>) unless it moves; null while it is not on its way.</summary>
    public DateTime? LateAt { get; set; }

    public DateTime? DeliveringAt { get; set; }
    public DateTime? DeliveredAt { get; set; }
    public DateTime? CancelledAt { get; set; }
    public string? TrackingNumber { get; set; }
    public string? Carrier { get; set; }
    public string? City { get; set; }
    public string? BuyerName { get; set; }
    public string? BuyerId { get; set; }
    public string? Warehouse { get; set; }

    /// <summary>Ozon's action words, separated by commas: the only source of buttons.</summary>
    public string AvailableActions { get; set; } = "";

    /// <summary>Beginning of the time of delivery promised to the buyer; null while it was not told.</summary>
    public DateTime? DeliverFrom { get; set; }

    /// <summary>Why it was cancelled, in Ozon's words.</summary>
    public string? CancelReason { get; set; }

    /// <summary>Whether the cancellation counts against the shop's rating; null when Ozon did not say.</summary>
    public bool? CostsRating { get; set; }

    /// <summary>The buyer wants his money back: a wish to cancel waits for the shop.</summary>
    public bool WantsRefund { get; set; }

    /// <summary>Sum of the items in minor units of <see cref="Currency"/>.</summary>
    public long Total { get; set; }

    public string Currency { get; set; } = "RUB";

    /// <summary>Ozon's time of the newest state taken over; an older push changes nothing.</summary>
    public DateTime StateAt { get; set; }

    /// <summary>The posting has to be read again from Ozon (a push came).</summary>
    public bool NeedsSync { get; set; }

    public List<PostingItem> Items { get; init; } = [];
    public long Version { get; set; }
}

/// <summary>A product in a posting.</summary>
public sealed class PostingItem : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long PostingId { get; init; }
    public long Sku { get; init; }
    public string OfferId { get; set; } = "";
    public string Name { get; set; } = "";
    public int Quantity { get; set; }

    /// <summary>Price of one in minor units of <see cref="Currency"/>.</summary>
    public long Price { get; set; }

    /// <summary>What discounts take off the price of one, by Ozon's financial data; null while Ozon told none.</summary>
    public long? Discount { get; set; }

    /// <summary>Ozon's commission for one; null while Ozon told none.</summary>
    public long? Commission { get; set; }

    /// <summary>What Ozon pays out for one; null while Ozon told none.</summary>
    public long? Payout { get; set; }

    public string Currency { get; set; } = "RUB";
}
