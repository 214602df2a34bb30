using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>A posting as it stands beside a conversation.</summary>
public sealed record OrderBeside
{
    public required string PostingNumber { get; init; }
    public required Scheme Scheme { get; init; }

    /// <summary>Ozon's status word.</summary>
    public required string Status { get; init; }

    public DateTime? InProcessAt { get; init; }
    public DateTime? ShipBy { get; init; }

    /// <summary>What tells whether it is late on its way.</summary>
    public ParcelDates Parcel { get; init; } = ParcelDates.None;

    public DateTime? DeliveringAt { get; init; }
    public DateTime? DeliveredAt { get; init; }
    public DateTime? CancelledAt { get; init; }
    public string? TrackingNumber { get; init; }
    public string? Carrier { get; init; }
    public string? City { get; init; }
    public required long Total { get; init; }
    public required string Currency { get; init; }
    public required IReadOnlyList<ItemBeside> Items { get; init; }
}

/// <summary>A product of a posting. The price is that of one, in minor units of the currency.</summary>
/// <remarks>So are discount, commission and payout; null while Ozon told none.</remarks>
public sealed record ItemBeside(
    long Sku, string OfferId, string Name, int Quantity, long Price, string Currency, long? Discount = null, long? Commission = null, long? Payout = null)
{
    /// <summary>Key of what is known of the product; null when there is no picture of it here.</summary>
    public long? PictureOf { get; init; }
}

/// <summary>What a buyer has ordered in a store. The sum is in minor units of the currency.</summary>
public sealed record BuyerBeside(int Orders, long Total, string Currency);

/// <summary>Reads orders for the screens of conversations.</summary>
public sealed class OrderQueries(Databases databases)
{
    /// <summary>The posting a conversation is about: by its number, else the newest of its order; null when none is known here.</summary>
    public async Task<OrderBeside?> BesideAsync(
        CurrentUser user, int storeId, string? postingNumber, string? orderNumber, CancellationToken cancellation)
    {
        if (postingNumber is null && orderNumber is null) return null;
        await using var db = await databases.ForAsync(user, cancellation);
        var postings = db.Postings.Where(p => p.StoreId == storeId);
        postings = postingNumber is not null
            ? postings.Where(p => p.PostingNumber == postingNumber)
            : postings.Where(p => p.OrderNumber == orderNumber).OrderByDescending(p => p.Id);
        return await postings
            .Select(p => new OrderBeside
            {
                PostingNumber = p.PostingNumber,
                Scheme = p.Scheme,
                Status = p.Status,
                InProcessAt = p.InProcessAt,
                ShipBy = p.ShipBy,
                Parcel = new ParcelDates(p.DeliverBy, p.MovedAt, p.LateAt),
                DeliveringAt = p.DeliveringAt,
                DeliveredAt = p.DeliveredAt,
                CancelledAt = p.CancelledAt,
                TrackingNumber = p.TrackingNumber,
                Carrier = p.Carrier,
                City = p.City,
                Total = p.Total,
                Currency = p.Currency,
                Items = p.Items.OrderBy(i => i.Id).Select(i => new ItemBeside(i.Sku, i.OfferId, i.Name, i.Quantity, i.Price, i.Currency, null, null, null)).ToList(),
            })
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The product a question is about, as an order told it last; null when none did.</summary>
    public async Task<ItemBeside?> ProductAsync(CurrentUser user, int storeId, long sku, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.PostingItems
            .Where(i => i.StoreId == storeId && i.Sku == sku)
            .OrderByDescending(i => i.Id)
            .Select(i => new ItemBeside(i.Sku, i.OfferId, i.Name, i.Quantity, i.Price, i.Currency, null, null, null))
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>What the buyer has ordered in this store and not cancelled; null when Ozon did not say who he is.</summary>
    public async Task<BuyerBeside?> BuyerAsync(CurrentUser user, int storeId, string? buyerId, CancellationToken cancellation)
    {
        if (buyerId is null) return null;
        await using var db = await databases.ForAsync(user, cancellation);
        var sums = await db.Postings
            .Where(p => p.StoreId == storeId && p.BuyerId == buyerId && p.CancelledAt == null)
            .GroupBy(p => p.Currency)
            .Select(g => new BuyerBeside(g.Count(), g.Sum(p => p.Total), g.Key))
            .ToListAsync(cancellation);
        return sums.OrderByDescending(s => s.Orders).FirstOrDefault();
    }
}
