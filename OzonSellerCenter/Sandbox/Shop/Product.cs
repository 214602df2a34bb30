namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A product on the storefront.</summary>
internal sealed class Product
{
    public long Sku { get; init; }
    public long ClientId { get; init; }

    /// <summary>The seller's own article number.</summary>
    public required string OfferId { get; init; }
    public required string Name { get; init; }
    public required string Category { get; init; }
    public required string Description { get; init; }

    /// <summary>Kopecks.</summary>
    public long Price { get; init; }

    /// <summary>Kopecks before the discount; equals the price without one.</summary>
    public long OldPrice { get; init; }
    public required string Colour { get; init; }
}

/// <summary>What a buyer thinks of a product he got.</summary>
internal sealed class Review
{
    public long Id { get; init; }
    public long ClientId { get; init; }
    public long Sku { get; init; }
    public required string PostingNumber { get; init; }
    public long BuyerId { get; init; }

    /// <summary>1 to 5.</summary>
    public int Rating { get; init; }
    public required string Text { get; init; }
    public DateTime WrittenAt { get; init; }
    public List<ReviewPhoto> Photos { get; init; } = [];
}

/// <summary>A picture that a buyer took of what he got.</summary>
internal sealed class ReviewPhoto
{
    /// <summary>Last part of its address on the storefront.</summary>
    public required string Path { get; init; }
    public long ReviewId { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>What a buyer thinks of the seller's work on one shipment; each from 1 to 5.</summary>
internal sealed class ServiceReview
{
    public required string PostingNumber { get; init; }
    public long ClientId { get; init; }
    public long BuyerId { get; init; }
    public int Speed { get; init; }
    public int Packing { get; init; }
    public int Service { get; init; }
    public DateTime WrittenAt { get; init; }
}
