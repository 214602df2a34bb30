using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

public sealed class OrderListQueriesTests
{
    private static readonly string?[] Texts = [null, "0138-48", "чайник & 100 % + два", "=1+1"];

    private static readonly Gen<OrderFilter> Filters = Gen.Select(
        Gen.Enum<OrderTab>(), Gen.Enum<Scheme>().Select(s => s == Scheme.Unknown ? null : (Scheme?)s), Gen.Int[0, 3000].Nullable(), Gen.Int[0, 3000].Nullable(),
        Gen.Int[0, 1_000_000].Nullable(), Gen.Int[0, 3].Select(i => Texts[i]), Gen.Int[1, 99].Nullable(), Gen.Int[0, 3])
        .Select((tab, scheme, from, to, sum, text, store, flags) => new OrderFilter
        {
            Tab = tab,
            Scheme = scheme,
            From = from is { } days ? new DateOnly(2020, 1, 1).AddDays(days) : null,
            To = to is { } more ? new DateOnly(2020, 1, 1).AddDays(more) : null,
            Min = sum,
            Max = sum * 2,
            Warehouse = text,
            Text = text,
            Store = store,
            Late = (flags & 1) != 0,
            Sort = (flags & 2) != 0 ? OrderSort.ShipBy : OrderSort.Newest,
        });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public void A_filter_comes_back_out_of_its_address() => Filters.Sample(filter => OrderFilter.Parse(filter.ToQuery()) == filter);

    [Theory]
    [InlineData("?tab=nonsense&scheme=7&scheme=unknown&store=-1&sort=&from=%00&to=31.12.2026&min=-5&max=x&unknown=1")]
    [InlineData("")]
    [InlineData("?store=99999999999999999999&from=0001-01-01&to=9999-12-31&text=%20&warehouse=")]
    public void Unknown_words_in_an_address_are_ignored(string query) => Assert.Equal(OrderFilter.Default, OrderFilter.Parse(query));

    [Theory, MemberData(nameof(Providers))]
    public async Task The_list_shows_the_newest_first_or_what_is_to_be_shipped_soonest(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("1-1", "delivered", p => (p.InProcessAt, p.ShipBy) = (shop.Now.AddDays(-9), shop.Now.AddDays(-8)));
        await shop.PostingAsync("2-1", "awaiting_packaging", p => (p.InProcessAt, p.ShipBy) = (shop.Now.AddDays(-1), shop.Now.AddHours(9)));
        await shop.PostingAsync("3-1", "awaiting_deliver", p => (p.InProcessAt, p.ShipBy) = (shop.Now.AddDays(-2), shop.Now.AddHours(-1)));
        await shop.PostingAsync("4-1", "awaiting_registration");
        await shop.PostingAsync("5-1", "some_new_word", p => p.InProcessAt = shop.Now);

        Assert.Equal(["5-1", "2-1", "3-1", "1-1", "4-1"], await NumbersAsync(shop, new()));
        Assert.Equal(["3-1", "2-1", "5-1", "1-1", "4-1"], await NumbersAsync(shop, new() { Sort = OrderSort.ShipBy }));
        Assert.Equal(["2-1", "4-1"], await NumbersAsync(shop, new() { Tab = OrderTab.Packing }));
        Assert.Equal(["2-1", "4-1"], await NumbersAsync(shop, new() { Tab = OrderTab.Packing, Sort = OrderSort.ShipBy }));
        Assert.Equal(["3-1"], await NumbersAsync(shop, new() { Late = true }));
        Assert.Equal(["3-1"], await NumbersAsync(shop, new() { Late = true, Sort = OrderSort.ShipBy }));
        Assert.Empty(await NumbersAsync(shop, new() { Late = true, Tab = OrderTab.Delivered }));
        var counts = (await shop.Orders.CountsAsync(shop.Agent, null, Ct)).Of;
        Assert.Equal((2, 1, 0, 1), (counts[OrderTab.Packing], counts[OrderTab.Shipping], counts.GetValueOrDefault(OrderTab.OnTheWay), counts[OrderTab.Delivered]));
        Assert.Empty((await shop.Orders.CountsAsync(shop.Agent, shop.Store.Id + 1, Ct)).Of);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Filters_narrow_by_scheme_period_amount_and_warehouse(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);

        // 24 November begins at 21:00 UTC of the 23rd by the shop's clock, which is Moscow's.
        var midnight = new DateTime(2026, 11, 23, 21, 0, 0, DateTimeKind.Utc);
        await shop.PostingAsync("1-1", "delivered", p => (p.InProcessAt, p.Scheme, p.Total, p.Warehouse) = (midnight, Scheme.Rfbs, 100_000, "Химки"));
        await shop.PostingAsync("2-1", "delivered", p => (p.InProcessAt, p.Scheme, p.Total, p.Warehouse) = (midnight.AddSeconds(-1), Scheme.Fbs, 99_999, "Тула"));
        Assert.Equal(["1-1"], await NumbersAsync(shop, new() { From = new(2026, 11, 24) }));
        Assert.Equal(["2-1"], await NumbersAsync(shop, new() { To = new(2026, 11, 23) }));
        Assert.Equal(["1-1", "2-1"], await NumbersAsync(shop, new() { From = new(2026, 11, 23), To = new(2026, 11, 24), Sort = OrderSort.ShipBy }));
        Assert.Equal(["1-1"], await NumbersAsync(shop, new() { Scheme = Scheme.Rfbs }));
        Assert.Equal(["1-1"], await NumbersAsync(shop, new() { Min = 1000 }));
        Assert.Equal(["1-1", "2-1"], await NumbersAsync(shop, new() { Max = 1000 }));
        Assert.Empty(await NumbersAsync(shop, new() { Max = 999 }));
        Assert.Equal(["2-1"], await NumbersAsync(shop, new() { Warehouse = "Тула", Tab = OrderTab.Delivered }));
        Assert.Equal(["Тула", "Химки"], await shop.Orders.WarehousesAsync(shop.Agent, null, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Any_fragment_of_a_number_a_product_or_a_city_finds_newest_first(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("0138-4821-1", "delivered", p => (p.InProcessAt, p.City, p.TrackingNumber) = (shop.Now.AddDays(-1), "Нижний Новгород", "RB123456785CN"));
        await shop.PostingAsync("0777-4821-2", "cancelled", p => p.InProcessAt = shop.Now);
        Assert.Equal(["0777-4821-2", "0138-4821-1"], await FindAsync(shop, "821"));
        Assert.Equal(["0138-4821-1"], await FindAsync(shop, "38-48"));
        Assert.Equal(["0138-4821-1"], await FindAsync(shop, "b1234"));
        Assert.Equal(["0138-4821-1"], await FindAsync(shop, "ВГОР"));
        Assert.Equal(["0777-4821-2", "0138-4821-1"], await FindAsync(shop, "айник стекл"));
        Assert.Equal(["0777-4821-2", "0138-4821-1"], await FindAsync(shop, "xfqybr"));
        Assert.Empty(await FindAsync(shop, "самовар"));
        Assert.Empty(await FindAsync(shop, "чайник самовар"));
        Assert.Equal(["0777-4821-2"], await NumbersAsync(shop, new() { Text = "4821", Tab = OrderTab.Cancelled }));
        Assert.Equal(["0138-4821-1"], await NumbersAsync(shop, new() { Text = "4821", To = new(2026, 11, 23) }));
        Assert.True((await shop.Orders.ListAsync(shop.Agent, new() { Text = "ab \"" }, null, Ct)).TooShort);

        await shop.WriteAsync(async db =>
        {
            var posting = await db.Postings.FindAsync([1L], Ct);
            (posting!.City, posting.InProcessAt) = ("Казань", shop.Now.AddHours(1));
        });
        Assert.Empty(await FindAsync(shop, "новгород"));
        Assert.Equal(["0138-4821-1"], await FindAsync(shop, "казань"));
        Assert.Equal(["0138-4821-1", "0777-4821-2"], await FindAsync(shop, "4821"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Postings_of_other_stores_are_nowhere(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        await shop.PostingAsync("0138-4821-1", "awaiting_deliver", p => (p.InProcessAt, p.Warehouse) = (shop.Now, "Тула"));
        var pages = shop.Db.Services.GetRequiredService<OrderPageQueries>();
        foreach (var filter in new OrderFilter[] { new(), new() { Text = "4821" }, new() { Store = shop.Store.Id }, new() { Tab = OrderTab.Shipping } })
        {
            Assert.Empty((await shop.Orders.ListAsync(stranger, filter, null, Ct)).Rows);
            Assert.Single((await shop.Orders.ListAsync(shop.Support, filter, null, Ct)).Rows);
        }

        Assert.Empty(await shop.Orders.RowsAsync(stranger, new(), ["0138-4821-1"], Ct));
        Assert.Single(await shop.Orders.RowsAsync(shop.Agent, new(), ["0138-4821-1"], Ct));
        Assert.Empty((await shop.Orders.CountsAsync(stranger, shop.Store.Id, Ct)).Of);
        Assert.Empty(await shop.Orders.WarehousesAsync(stranger, shop.Store.Id, Ct));
        Assert.Null(await pages.OpenAsync(stranger, "0138-4821-1", Ct));
        Assert.Equal(StoreRole.Support, (await pages.OpenAsync(shop.Support, "0138-4821-1", Ct))!.Role);
    }

    private static Task<string[]> FindAsync(TestShop shop, string text) => NumbersAsync(shop, new() { Text = text });

    private static async Task<string[]> NumbersAsync(TestShop shop, OrderFilter filter) =>
        [.. (await shop.Orders.ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.PostingNumber)];
}
