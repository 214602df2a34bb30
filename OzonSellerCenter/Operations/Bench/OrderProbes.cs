using System.Data.Common;
using System.Globalization;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>Reading orders: pages of the list, its figures, a fragment of a number, the page of one.</summary>
internal sealed class OrderProbes(IServiceProvider services, BenchPerson person, BenchFloor floor, int orders)
{
    /// <summary>The newest page, in one store; the items are read for its rows as the list does.</summary>
    private const string ListSql =
        """
        SELECT p."Id", p."PostingNumber", p."Status", p."InProcessAt", p."ShipBy", p."Total", p."Currency", p."City", p."BuyerName",
               (SELECT i."Name" FROM "PostingItems" i WHERE i."PostingId" = p."Id" ORDER BY i."Id" LIMIT 1)
        FROM "Postings" p WHERE p."StoreId" = @store AND p."InProcessAt" IS NOT NULL
        ORDER BY p."InProcessAt" DESC, p."Id" DESC LIMIT 51
        """;

    private static readonly BenchGoal Steady = new() { Growth = 3 };
    private static readonly BenchGoal Found = new() { P95 = 50, Growth = 5 };

    private readonly OrderListQueries _list = services.GetRequiredService<OrderListQueries>();
    private readonly OrderPageQueries _page = services.GetRequiredService<OrderPageQueries>();

    public IEnumerable<BenchProbe> All(CancellationToken cancellation) =>
    [
        new("orders: newest first, first page", _ => PageAsync(OrderFilter.Default)) { FloorAsync = _ => ListFloorAsync(), Goal = Steady },
        new("orders: soonest to ship, first page", _ => PageAsync(OrderFilter.Default with { Sort = OrderSort.ShipBy })) { Goal = Steady },
        new("orders: delivered, first page", _ => PageAsync(OrderFilter.Default with { Tab = OrderTab.Delivered })) { Goal = Steady },
        new("orders: late, first page", _ => PageAsync(OrderFilter.Default with { Late = true })) { Goal = Steady },
        new("orders: rFBS over 5 000, first page", _ => PageAsync(OrderFilter.Default with { Scheme = Scheme.Rfbs, Min = 5_000 })) { Goal = Steady },
        new("orders: refund wanted, first page", _ => PageAsync(OrderFilter.Default with { Refund = true })) { Goal = Steady },
        new("orders: a number, found", i => PageAsync(OrderFilter.Default with { Text = NumberOf(i) })) { Goal = Found },
        new("orders: a fragment of many numbers", _ => PageAsync(OrderFilter.Default with { Text = "800" })) { Goal = Found },
        new("orders: a city", _ => PageAsync(OrderFilter.Default with { Text = "Казань" })) { Goal = Found },
        new("orders: open one", async i => await _page.OpenAsync(person.User, NumberOf(i) + "-1", cancellation) is null ? 0 : 1) { Goal = Steady },
        new("orders: figures of the tabs", async _ => (await _list.CountsAsync(person.User, null, cancellation)).Of.Count) { Goal = Steady },
    ];

    private async Task<int> PageAsync(OrderFilter filter) => (await _list.ListAsync(person.User, filter, null, CancellationToken.None)).Rows.Count;

    // Numbers as the bulk data has them; spread over all orders.
    private string NumberOf(int round)
    {
        var order = 1 + (int)(round * 7_919L % Math.Max(1, orders));
        return string.Create(CultureInfo.InvariantCulture, $"{80_000_000 + order}-{order % 10_000:0000}");
    }

    private async Task<int> ListFloorAsync()
    {
        var rows = new List<FloorOrder>();
        foreach (var store in person.Stores) rows.AddRange(await floor.ReadAsync(ListSql, r => new FloorOrder(r), ("@store", store)));
        if (person.Stores.Length > 1) rows.Sort((x, y) => (y.At, y.Id).CompareTo((x.At, x.Id)));
        return Math.Min(50, rows.Count);
    }

    private sealed record FloorOrder(
        long Id, string Number, string Status, DateTime At, DateTime? ShipBy, long Total, string Currency, string? City, string? Buyer, string? Item)
    {
        public FloorOrder(DbDataReader r)
            : this(r.GetInt64(0), r.GetString(1), r.GetString(2), r.At(3), r.Instant(4), r.GetInt64(5), r.GetString(6), r.Text(7), r.Text(8), r.Text(9))
        {
        }
    }
}
