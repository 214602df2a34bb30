using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>What the record tells of the things a case is about: dates and facts with which the account begins. UTC; null where nothing is known.</summary>
public sealed record CaseRecord
{
    /// <summary>When the paid order was taken into work.</summary>
    public DateTime? OrderedAt { get; init; }

    /// <summary>When the shop said that it was packed.</summary>
    public DateTime? PackedAt { get; init; }

    /// <summary>When it was handed over and left.</summary>
    public DateTime? HandedOverAt { get; init; }
    public DateTime? DeliveredAt { get; init; }

    /// <summary>By when it was promised to the buyer.</summary>
    public DateTime? DeliverBy { get; init; }
    public string? Carrier { get; init; }
    public string? TrackingNumber { get; init; }

    /// <summary>Price of one piece of the goods in question, minor units; null when the posting is not known.</summary>
    public long? Price { get; init; }

    /// <summary>What the buyer's posting cost, minor units.</summary>
    public long? Paid { get; init; }

    /// <summary>When the buyer asked to give it back.</summary>
    public DateTime? ReturnAskedAt { get; init; }

    /// <summary>In Ozon's words where the return stands, and why it was rejected.</summary>
    public string ReturnState { get; init; } = "";
    public string ReturnComment { get; init; } = "";

    /// <summary>When the buyer last wrote in the chat about the order.</summary>
    public DateTime? BuyerWroteAt { get; init; }

    /// <summary>The shop's first message after the complaint, or after the buyer's last one; null when it has not answered.</summary>
    public DateTime? AnsweredAt { get; init; }

    /// <summary>Pictures the buyer gave with his return.</summary>
    public int BuyerPhotos { get; init; }

    /// <summary>What of the posting is known; none of it for a case without one.</summary>
    public static CaseRecord Of(Posting? posting, long sku) => new()
    {
        OrderedAt = posting?.InProcessAt,
        HandedOverAt = posting?.DeliveringAt,
        DeliveredAt = posting?.DeliveredAt,
        DeliverBy = posting?.DeliverBy,
        Carrier = posting?.Carrier is { Length: > 0 } carrier ? carrier : null,
        TrackingNumber = posting?.TrackingNumber is { Length: > 0 } number ? number : null,
        Price = posting?.Items.Find(i => i.Sku == sku)?.Price ?? posting?.Items.FirstOrDefault()?.Price,
        Paid = posting?.Total,
    };
}
