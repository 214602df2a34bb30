using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>Reads one posting. That of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class OrderPageQueries(Databases databases)
{
    /// <summary>Postings of the same order that are named at most.</summary>
    private const int MaxOthers = 20;

    /// <summary>The posting of a number.</summary>
    public async Task<OpenOrder?> OpenAsync(CurrentUser user, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.StoresInSight;
        var order = await db.Postings.Where(p => stores.Contains(p.StoreId) && p.PostingNumber == postingNumber)
            .OrderBy(p => p.StoreId)
            .Join(db.Stores, p => p.StoreId, s => s.Id, (p, s) => new OpenOrder
            {
                StoreId = s.Id,
                StoreName = s.Name,
                TimeZone = s.TimeZone,
                ReturnPolicy = s.ReturnPolicy,
                Role = StoreRole.Support,
                OrderNumber = p.OrderNumber,
                Posting = new OrderBeside
                {
                    PostingNumber = p.PostingNumber,
                    Scheme = p.Scheme,
                    Status = p.Status,
                    InProcessAt = p.InProcessAt,
                    ShipBy = p.ShipBy,
                    DeliveringAt = p.DeliveringAt,
                    DeliveredAt = p.DeliveredAt,
                    CancelledAt = p.CancelledAt,
                    TrackingNumber = p.TrackingNumber,
                    Carrier = p.Carrier,
                    City = p.City,
                    Total = p.Total,
                    Currency = p.Currency,
                    Items = p.Items.OrderBy(i => i.Id).Select(i => new ItemBeside(i.Sku, i.OfferId, i.Name, i.Quantity, i.Price, i.Currency)).ToList(),
                },
                Warehouse = p.Warehouse,
                BuyerName = p.BuyerName,
                Others = new List<OrderSibling>(),
            })
            .AsSingleQuery()
            .FirstOrDefaultAsync(cancellation);
        return order is null ? null : order with { Role = db.RoleIn(order.StoreId) ?? StoreRole.Support, Others = await OthersAsync(db, order, cancellation) };
    }

    private static async Task<IReadOnlyList<OrderSibling>> OthersAsync(SellerCenterDb db, OpenOrder order, CancellationToken cancellation)
    {
        if (order.OrderNumber.Length == 0) return [];
        return await db.Postings
            .Where(p => p.StoreId == order.StoreId && p.OrderNumber == order.OrderNumber && p.PostingNumber != order.Posting.PostingNumber)
            .OrderBy(p => p.PostingNumber)
            .Take(MaxOthers)
            .Select(p => new OrderSibling(p.PostingNumber, p.Status, p.Total, p.Currency))
            .ToListAsync(cancellation);
    }
}
