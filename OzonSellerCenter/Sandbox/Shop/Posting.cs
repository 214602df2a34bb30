namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A shipment: the unit of work of an order. FBO ones belong to Ozon's warehouse and are in no FBS list.</summary>
internal sealed class Posting
{
    public long Id { get; init; }
    public long ClientId { get; init; }
    public long OrderId { get; init; }
    public required string OrderNumber { get; init; }
    public required string PostingNumber { get; init; }
    public long BuyerId { get; init; }

    /// <summary>FBS, RFBS or FBO.</summary>
    public required string Scheme { get; init; }
    public required string Status { get; set; }
    public required string Substatus { get; set; }

    /// <summary>Paid and taken to work; the seller may write from here on.</summary>
    public DateTime InProcessAt { get; init; }
    public DateTime ShipBy { get; init; }
    public DateTime? HandedOverAt { get; set; }
    public DateTime? DeliveredAt { get; set; }
    public DateTime? CancelledAt { get; set; }
    public DateTime DeliveryFrom { get; init; }
    public DateTime DeliveryTo { get; init; }
    public DateTime ChangedAt { get; set; }
    public required string TrackingNumber { get; set; }
    public required string Address { get; init; }
    public string CancelReason { get; set; } = "";
    public int CancelReasonId { get; set; }

    /// <summary>client, seller or ozon, when cancelled.</summary>
    public string CancelledBy { get; set; } = "";
    public List<PostingItem> Items { get; init; } = [];

    public bool IsFbo => Scheme == "FBO";
}

/// <summary>One line of a shipment, with the price at the moment of buying.</summary>
internal sealed class PostingItem
{
    public long Sku { get; init; }
    public required string OfferId { get; init; }
    public required string Name { get; init; }
    public int Quantity { get; init; }

    /// <summary>Kopecks for one piece.</summary>
    public long Price { get; init; }
    public required string Colour { get; init; }
}
