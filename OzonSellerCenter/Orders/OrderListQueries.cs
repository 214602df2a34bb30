using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Reads the list of postings. Pages go by key, never by offset: page 1000 costs what page 1 costs.</summary>
public sealed class OrderListQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Warehouses of a store that are offered at most.</summary>
    private const int MaxWarehouses = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The rows after <paramref name="after"/>, from the beginning when null.</summary>
    public async Task<OrderRows> ListAsync(CurrentUser user, OrderFilter filter, OrderPlace? after, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = await StoresAsync(db, filter.Store, cancellation);
        if (filter.Text is not null) return await OrderSearch.FindAsync(db, filter, stores, Now, after, size, cancellation);
        var rows = new List<(OrderPart Part, OrderRow Row)>();
        foreach (var part in OrderNarrowing.PartsOf(filter).Where(p => after is null || p >= after.Part))
        {
            // One row more than asked for tells whether there is more.
            if (rows.Count <= size) rows.AddRange((await PartAsync(db, part, filter, stores, part == after?.Part ? after : null, size + 1 - rows.Count, cancellation)).Select(r => (part, r)));
        }

        var next = rows.Count > size ? OrderNarrowing.PlaceOf(rows[size - 1].Part, rows[size - 1].Row) : null;
        return new OrderRows([.. rows.Take(size).Select(r => r.Row)], next);
    }

    /// <summary>Those of the given postings that belong into the list of the filter, whatever is searched for; for rows that changed while it is
    /// shown.</summary>
    public Task<IReadOnlyList<OrderRow>> RowsAsync(CurrentUser user, OrderFilter filter, IReadOnlyCollection<string> numbers, CancellationToken cancellation) =>
        databases.ShareAsync(user, ("orders", filter, string.Join(',', numbers.Order())), (db, ending) => RowsAsync(db, filter, numbers, ending), cancellation);

    /// <summary>Figures of the tabs.</summary>
    public Task<OrderCounts> CountsAsync(CurrentUser user, int? store, CancellationToken cancellation) =>
        databases.ShareAsync(user, ("order counts", store), (db, ending) => CountsAsync(db, store, ending), cancellation);

    /// <summary>The stores a person may choose between.</summary>
    public async Task<IReadOnlyList<OrderStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await StoresAsync(db, null, cancellation);
    }

    /// <summary>Names of the warehouses from which something was ordered, each found with one step into the index.</summary>
    public async Task<IReadOnlyList<string>> WarehousesAsync(CurrentUser user, int? store, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var names = new SortedSet<string>(StringComparer.CurrentCulture);
        foreach (var id in db.StoresInSight.Where(s => store is null || s == store))
        {
            var last = "";
            for (var i = 0; i < MaxWarehouses; i++)
            {
#pragma warning disable CA1309 // The database compares, by the order of its index.
                var next = await db.Postings.Where(p => p.StoreId == id && string.Compare(p.Warehouse, last) > 0)
                    .OrderBy(p => p.Warehouse).Select(p => p.Warehouse).FirstOrDefaultAsync(cancellation);
#pragma warning restore CA1309
                if (next is null) break;
                names.Add(last = next);
            }
        }

        return [.. names];
    }

    internal static IQueryable<OrderRow> Rows(IQueryable<Posting> postings) => postings.Select(p => new OrderRow
    {
        Id = p.Id,
        StoreId = p.StoreId,
        PostingNumber = p.PostingNumber,
        OrderNumber = p.OrderNumber,
        Scheme = p.Scheme,
        Status = p.Status,
        InProcessAt = p.InProcessAt,
        ShipBy = p.ShipBy,
        Parcel = new ParcelDates(p.DeliverBy, p.MovedAt, p.LateAt),
        DeliveringAt = p.DeliveringAt,
        DeliveredAt = p.DeliveredAt,
        CancelledAt = p.CancelledAt,
        City = p.City,
        Warehouse = p.Warehouse,
        Carrier = p.Carrier,
        TrackingNumber = p.TrackingNumber,
        Total = p.Total,
        Currency = p.Currency,
        Product = p.Items.OrderBy(i => i.Id).Select(i => i.Name).FirstOrDefault(),
        Products = p.Items.Count,
    });

    private static async Task<IReadOnlyList<OrderStore>> StoresAsync(SellerCenterDb db, int? store, CancellationToken cancellation) =>
        await db.Stores.Where(s => store == null || s.Id == store).OrderBy(s => s.Id)
            .Select(s => new OrderStore(s.Id, s.Name, s.TimeZone)).ToListAsync(cancellation);

    private async Task<IEnumerable<OrderRow>> PartAsync(
        SellerCenterDb db, OrderPart part, OrderFilter filter, IReadOnlyList<OrderStore> stores, OrderPlace? after, int size, CancellationToken cancellation)
    {
        var found = new List<OrderRow>();
        foreach (var store in stores)
        {
            var postings = db.Postings.AsNoTracking().Where(p => p.StoreId == store.Id).Narrow(filter, ShopTime.In(store.TimeZone));
            foreach (var word in OrderNarrowing.WordsOf(part, filter))
            {
                found.AddRange(await Rows(postings.Page(part, filter, word, after, Now).Take(size)).ToListAsync(cancellation));
            }
        }

        found.Sort((x, y) => OrderNarrowing.Compare(part, x, y));
        return found.Take(size);
    }

    private async Task<IReadOnlyList<OrderRow>> RowsAsync(SellerCenterDb db, OrderFilter filter, IReadOnlyCollection<string> numbers, CancellationToken cancellation)
    {
        var rows = new List<OrderRow>();
        foreach (var store in await StoresAsync(db, filter.Store, cancellation))
        {
            var postings = db.Postings.AsNoTracking().Where(p => p.StoreId == store.Id && numbers.Contains(p.PostingNumber));
            rows.AddRange(await Rows(postings.Within(filter, Now).Narrow(filter, ShopTime.In(store.TimeZone))).ToListAsync(cancellation));
        }

        return rows;
    }

    private static async Task<OrderCounts> CountsAsync(SellerCenterDb db, int? store, CancellationToken cancellation)
    {
        var counts = new Dictionary<OrderTab, int>();
        foreach (var tab in Enum.GetValues<OrderTab>())
        {
            foreach (var word in PostingStatuses.Of(tab) ?? [])
            {
                foreach (var id in db.StoresInSight.Where(s => store is null || s == store))
                {
                    var left = OrderCounts.Cap - counts.GetValueOrDefault(tab);
                    if (left == 0) continue;

                    // The order is that of the index and costs nothing; without one a limit has no meaning.
                    var count = await db.Postings.Where(p => p.StoreId == id && p.Status == word).OrderBy(p => p.InProcessAt).Take(left).CountAsync(cancellation);
                    counts[tab] = counts.GetValueOrDefault(tab) + count;
                }
            }
        }

        return new OrderCounts(counts);
    }
}
