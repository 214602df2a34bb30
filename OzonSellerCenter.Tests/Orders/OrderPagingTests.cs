using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

public sealed class OrderPagingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Pages_over_two_stores_give_every_row_once_in_order(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (second, _) = await shop.Db.AddStoreAsync("1000002", StoreRole.Agent, shop.Agent.Id);
        var (random, statuses) = (new Random(7), PostingStatuses.ToShip.Concat(["delivered", "delivering", "new_word"]).ToArray());
        await shop.WriteAsync(db =>
        {
            for (var i = 0; i < 300; i++)
            {
                var status = statuses[random.Next(statuses.Length)];
                db.Postings.Add(new Posting
                {
                    StoreId = random.Next(2) == 0 ? shop.Store.Id : second.Id,
                    PostingNumber = $"0777-{i:D4}-1",
                    Status = status,
                    LateAt = status == "delivering" ? shop.Now.AddMinutes(random.Next(20) - 10) : null,

                    // Few distinct instants, so that keys collide.
                    InProcessAt = random.Next(5) == 0 ? null : shop.Now.AddMinutes(-random.Next(20)),
                    ShipBy = random.Next(4) == 0 ? null : shop.Now.AddMinutes(random.Next(20) - 10),
                });
            }

            return Task.CompletedTask;
        });
        foreach (var filter in new OrderFilter[]
        {
            new(), new() { Sort = OrderSort.ShipBy }, new() { Text = "0777" }, new() { Tab = OrderTab.Packing }, new() { Tab = OrderTab.Packing, Sort = OrderSort.ShipBy },
            new() { Late = true }, new() { Tab = OrderTab.OnTheWay, Sort = OrderSort.ShipBy }, new() { Late = true, Tab = OrderTab.OnTheWay },
        })
        {
            var whole = (await shop.Orders.ListAsync(shop.Agent, filter, null, Ct, 400)).Rows;
            var paged = new List<OrderRow>();
            for (OrderRows? page = null; page is not { Next: null };)
            {
                page = await shop.Orders.ListAsync(shop.Agent, filter, page?.Next, Ct, 7);
                paged.AddRange(page.Rows);
                Assert.True(paged.Count <= 300, "the pages do not end");
            }

            Assert.Equal(whole.Select(r => r.Id), paged.Select(r => r.Id));
            Assert.Equal(paged.Count, paged.Select(r => r.Id).Distinct().Count());
            Assert.Equal(Expected(paged, filter).Select(r => r.Id), paged.Select(r => r.Id));
            if (filter is { Tab: OrderTab.All, Late: false }) Assert.Equal(300, paged.Count);
            else Assert.InRange(paged.Count, 1, 299);
        }
    }

    [Fact]
    public async Task Each_page_is_read_off_its_index_without_sorting()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        var (dated, undated, toShip) =
            (new OrderPlace(OrderPart.Dated, shop.Now, 7), new OrderPlace(OrderPart.Undated, default, 7), new OrderPlace(OrderPart.ByShipment, shop.Now, 7));
        foreach (var (filter, after, index) in new (OrderFilter, OrderPlace?, string)[]
        {
            (new(), null, "IX_Postings_Newest"),
            (new(), dated, "IX_Postings_Newest"),
            (new(), undated, "IX_Postings_Newest"),
            (new() { Scheme = Scheme.Rfbs, Min = 1000 }, dated, "IX_Postings_Newest"),
            (new() { From = new(2026, 1, 1), To = new(2026, 1, 31) }, dated, "IX_Postings_Newest"),
            (new() { Tab = OrderTab.Delivered }, null, "IX_Postings_StatusNewest"),
            (new() { Tab = OrderTab.Delivered, Min = 1000 }, dated, "IX_Postings_StatusNewest"),
            (new() { Tab = OrderTab.Delivered, From = new(2026, 1, 1), To = new(2026, 1, 31) }, dated, "IX_Postings_StatusNewest"),
            (new() { Warehouse = "Тула", From = new(2026, 1, 1) }, dated, "IX_Postings_Warehouse"),
            (new() { Tab = OrderTab.Cancelled }, undated, "IX_Postings_StatusNewest"),
            (new() { Tab = OrderTab.Packing, Sort = OrderSort.ShipBy, Late = true }, null, "IX_Postings_StatusShipBy"),
            (new() { Sort = OrderSort.ShipBy, Late = true }, toShip, "IX_Postings_StatusShipBy"),
            (new() { Sort = OrderSort.ShipBy }, toShip, "IX_Postings_StatusShipBy"),
            (new() { Late = true }, null, "IX_Postings_StatusShipBy"),
            (new() { Late = true }, new OrderPlace(OrderPart.LateUnderWay, shop.Now, 7), "IX_Postings_Late"),
            (new() { Late = true, Tab = OrderTab.OnTheWay, Scheme = Scheme.Fbs }, null, "IX_Postings_Late"),
            (new() { Tab = OrderTab.Packing, Sort = OrderSort.ShipBy }, dated, "IX_Postings_StatusNewest"),
            (new() { Tab = OrderTab.Packing, Scheme = Scheme.Fbs }, null, "IX_Postings_StatusNewest"),
            (new() { Tab = OrderTab.Packing, Warehouse = "Тула" }, null, "IX_Postings_"),
            (new() { Warehouse = "Тула" }, dated, "IX_Postings_Warehouse"),
        })
        {
            plans.Seen.Clear();
            await shop.Orders.ListAsync(shop.Agent, filter, after, Ct);
            var read = plans.Seen.Where(s => s.Sql.Contains("FROM \"Postings\"", StringComparison.Ordinal)).ToList();
            Assert.True(read[0].Plan.Contains(index, StringComparison.Ordinal), $"{filter} {after}\n{read[0].Sql}\n{read[0].Plan}");
            AssertOffIndexes(read, filter);
        }
    }

    [Fact]
    public async Task Figures_warehouses_search_and_changed_rows_read_no_table_from_end_to_end()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1", "delivered", p => (p.InProcessAt, p.Warehouse) = (shop.Now, "Тула"));
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        await shop.Orders.CountsAsync(shop.Agent, null, Ct);
        await shop.Orders.WarehousesAsync(shop.Agent, null, Ct);
        await shop.Orders.RowsAsync(shop.Agent, new() { Tab = OrderTab.Delivered, From = new(2026, 1, 1) }, ["0138-4821-1"], Ct);
        AssertOffIndexes([.. plans.Seen.Where(s => s.Sql.Contains("FROM \"Postings\"", StringComparison.Ordinal))], new());
        plans.Seen.Clear();
        Assert.Single((await shop.Orders.ListAsync(shop.Agent, new() { Text = "4821", From = new(2026, 1, 1), Tab = OrderTab.Delivered }, null, Ct)).Rows);
        var found = plans.Seen.Where(s => s.Sql.Contains("\"SearchPostings\"", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, s => Assert.DoesNotContain("TEMP B-TREE", s.Plan, StringComparison.Ordinal));
        Assert.All(plans.Seen.Where(s => s.Sql.Contains("FROM \"Postings\"", StringComparison.Ordinal)), s => Assert.Contains("INTEGER PRIMARY KEY", s.Plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_of_an_order_finds_it_and_what_belongs_to_it_by_their_numbers()
    {
        await using var shop = await TestShop.OpenAsync();
        for (var part = 1; part <= 3; part++) await shop.PostingAsync($"0138-4821-{part}");
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        var order = await shop.Db.Services.GetRequiredService<OrderPageQueries>().OpenAsync(shop.Agent, "0138-4821-1", Ct);
        Assert.Equal(["0138-4821-2", "0138-4821-3"], order!.Others.Select(o => o.PostingNumber));
        var read = plans.Seen.Where(s => s.Sql.Contains("FROM \"Postings\"", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(read);
        Assert.All(read, s => Assert.Matches(@"SEARCH p\S* USING .*INDEX \S+ \(StoreId=\? AND (PostingNumber|OrderNumber)=\?\)", s.Plan));
    }

    private static void AssertOffIndexes(IReadOnlyCollection<(string Sql, string Plan)> read, OrderFilter filter)
    {
        Assert.NotEmpty(read);
        foreach (var (sql, plan) in read)
        {
            // The products of a row are few, and so are the values of a list and what was limited before; the postings are many.
            var steps = plan.Split('\n').TakeWhile(s => !s.Contains("SCALAR SUBQUERY", StringComparison.Ordinal))
                .Where(s => !s.EndsWith("VIRTUAL TABLE INDEX 1:", StringComparison.Ordinal) && s != "SCAN p0").ToList();
            Assert.True(!steps.Exists(s => s.Contains("TEMP B-TREE", StringComparison.Ordinal) || s.StartsWith("SCAN", StringComparison.Ordinal)), $"{filter}\n{sql}\n{plan}");
            Assert.DoesNotContain("OFFSET", sql, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<OrderRow> Expected(IEnumerable<OrderRow> rows, OrderFilter filter)
    {
        var newest = rows.OrderByDescending(r => r.InProcessAt ?? DateTime.MinValue).ThenByDescending(r => r.Id);
        if (filter is { Sort: OrderSort.Newest, Late: false }) return newest;
        var toShip = rows.Where(r => r is { IsToShip: true, ShipBy: not null }).OrderBy(r => r.ShipBy).ThenBy(r => r.Id);
        if (filter.Late) return toShip.Concat(rows.Where(r => r.Parcel.LateAt is not null).OrderBy(r => r.Parcel.LateAt).ThenBy(r => r.Id));
        return toShip.Concat(newest.Where(r => r is not { IsToShip: true, ShipBy: not null }));
    }
}
