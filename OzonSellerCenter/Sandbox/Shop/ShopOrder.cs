namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A line of a buyer's cart in one shop.</summary>
internal sealed class CartLine
{
    public long ClientId { get; init; }
    public long BuyerId { get; init; }
    public long Sku { get; init; }
    public int Quantity { get; set; }
}

/// <summary>What somebody bought on the storefront. It becomes a <see cref="Posting"/> when it is paid; the seller's API does not tell it before.</summary>
internal sealed class ShopOrder
{
    /// <summary>An order that is to be paid later and was not by then is cancelled.</summary>
    public static readonly TimeSpan PaidWithin = TimeSpan.FromHours(48);

    public long Id { get; init; }
    public long ClientId { get; init; }
    public long BuyerId { get; init; }
    public required string OrderNumber { get; init; }

    /// <summary>Of the form it was sent with: the same form buys once, however often it is sent.</summary>
    public required string FormKey { get; init; }

    /// <summary>FBS or RFBS.</summary>
    public required string Scheme { get; init; }
    public bool IsExpress { get; init; }

    /// <summary>card or wallet; later while it is not paid.</summary>
    public required string Payment { get; set; }
    public required string Address { get; init; }

    /// <summary>Empty without one.</summary>
    public required string Coupon { get; init; }

    /// <summary>Kopecks, as are the other parts of the sum.</summary>
    public long Goods { get; init; }
    public long Discount { get; init; }

    /// <summary>What the points paid.</summary>
    public long Points { get; init; }
    public long Delivery { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; init; }
    public DateTime? PaidAt { get; set; }
    public DateTime? CancelledAt { get; set; }

    /// <summary>When the seller reminded the buyer of paying; he may once.</summary>
    public DateTime? RemindedAt { get; set; }
    public string Reminder { get; set; } = "";
    public List<PostingItem> Items { get; init; } = [];

    public long Total => Sum().Total;

    public bool IsUnpaid => PaidAt is null && CancelledAt is null;

    public OrderSum Sum() => new(Goods, Discount, Points, Delivery);

    /// <summary>Gives the points back with it.</summary>
    public void Cancel(Buyer buyer, DateTime at)
    {
        CancelledAt = at;
        buyer.Points += Points / ShopPrices.KopecksOfPoint;
    }
}

/// <summary>A buyer has asked Ozon's support for help with an order, or with what he asks about a product.</summary>
internal sealed class SupportCall
{
    public long Id { get; init; }
    public long ClientId { get; init; }
    public long BuyerId { get; init; }
    public string? PostingNumber { get; init; }

    /// <summary>The product, when it is about no order.</summary>
    public long? Sku { get; init; }

    /// <summary>Of the support's chat with the seller.</summary>
    public required string ChatId { get; init; }
    public DateTime CalledAt { get; init; }
}
