using System.Globalization;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Bulk;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Orders.Labels;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders.Bulk;

/// <summary>Choosing postings in the list, and what is done with them.</summary>
public sealed class OrderBulkTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public OrderBulkTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Chosen_postings_are_packed_each_as_one_package_and_what_cannot_be_is_named()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var number in new[] { "1-1", "2-1" }) await shop.PostingAsync(number, "awaiting_packaging", p => p.AvailableActions = "cancel,ship");
        await shop.PostingAsync("3-1", "delivered");
        await using var window = shop.WindowOf(shop.Agent);
        var list = await PickAllAsync(window, shop);
        list.WaitForState(() => !Off(list, "bulk-pack"), Limit);
        Assert.True(Off(list, "bulk-labels") && Off(list, "bulk-handover"));
        Assert.Equal("3 postings chosen", list.Find("[data-testid=bulk-count]").TextContent);
        Assert.StartsWith("2 postings are confirmed", list.Find("#bulk-pack p").TextContent, StringComparison.Ordinal);
        await list.Find("[data-testid=bulk-pack-do]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-result]", Limit);
        Assert.Equal("2 postings asked of Ozon.", list.Find("[data-testid=bulk-result]").TextContent.Trim());
        Assert.Equal(("NotAllowedNow", "/orders/3-1"), (list.Find("[data-testid=bulk-refused]").GetAttribute("data-reason"), list.Find("[data-testid=bulk-refused] a").GetAttribute("href")));
        list.WaitForAssertion(() => Assert.Equal("under way 2", list.Find("[data-testid=asked-open]").TextContent), Limit);
        var wishes = await shop.ReadAsync(async db => (await db.PostingDeeds.AsNoTracking().ToListAsync(Ct)).ConvertAll(d => (PackWish)d.Wish));
        Assert.All(wishes, w => Assert.Equal([new Pieces(148_313_766, 1)], Assert.Single(w.Packages)));
        await list.Find("[data-testid=bulk-close]").ClickAsync();
        Assert.Empty(list.FindAll("[role=checkbox]"));
    }

    [Fact]
    public async Task Rows_are_ticked_one_by_one_and_handed_over()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var number in new[] { "1-1", "2-1" }) await shop.PostingAsync(number, "awaiting_deliver", p => p.AvailableActions = "non_int_delivering");
        await using var window = shop.WindowOf(shop.Agent);
        var list = List(window, shop.Agent);
        list.WaitForElement("[data-testid=pick]", Limit);
        await list.Find("[data-testid=pick]").ClickAsync();
        await list.Find("[data-posting='2-1']").ClickAsync();
        list.WaitForState(() => !Off(list, "bulk-handover"), Limit);
        Assert.Equal("true", list.Find("[data-posting='2-1']").GetAttribute("aria-checked"));
        await list.Find("[data-posting='1-1']").ClickAsync();
        await list.Find("[data-posting='1-1']").ClickAsync();
        Assert.Equal("false", list.Find("[data-posting='1-1']").GetAttribute("aria-checked"));
        await list.Find("[data-testid=bulk-handover-do]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-result]", Limit);
        Assert.Equal(["2-1"], await shop.ReadAsync(db => db.PostingDeeds.Select(d => d.PostingNumber).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Labels_of_all_chosen_are_one_job_whose_page_opens()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var number in new[] { "1-1", "2-1" }) await LabelActionsTests.PostingAsync(shop, number);
        await using var window = shop.WindowOf(shop.Agent);
        var list = await PickAllAsync(window, shop);
        list.WaitForState(() => !Off(list, "bulk-labels"), Limit);
        await list.Find("[data-testid=bulk-labels]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-job]", Limit);
        var job = await shop.ReadAsync(db => db.LabelJobs.Include(j => j.Labels).SingleAsync(Ct));
        Assert.Equal(2, job.Labels.Count);
        Assert.EndsWith($"/orders/labels/{job.Id}", window.Services.GetRequiredService<BunitNavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_support_desk_is_not_offered_to_choose()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("1-1");
        await using var window = shop.WindowOf(shop.Support);
        var list = List(window, shop.Support);
        list.WaitForElement("[data-testid=order-row]", Limit);
        Assert.Empty(list.FindAll("[data-testid=pick], [data-testid=tracking-list]"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Never_more_than_a_thousand_at_once_and_only_with_the_right(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.WriteAsync(db =>
        {
            db.Postings.AddRange(Enumerable.Range(0, 1_100).Select(i => new Posting
            {
                StoreId = shop.Store.Id,
                PostingNumber = $"{i:D4}-1",
                Status = i % 2 == 0 ? "awaiting_packaging" : "awaiting_deliver",
                AvailableActions = i % 2 == 0 ? "ship" : "label_download,non_int_delivering",
                Items = { new PostingItem { StoreId = shop.Store.Id, Sku = 7, Quantity = 2 } },
            }));
            return Task.CompletedTask;
        });
        var queries = shop.Db.Services.GetRequiredService<PickedQueries>();
        var all = await queries.IdsAsync(shop.Agent, OrderFilter.Default, Ct);
        Assert.Equal(PickedQueries.MaxRows + 1, all.Count);
        Assert.Equal(550, (await queries.IdsAsync(shop.Agent, new OrderFilter { Tab = OrderTab.Packing }, Ct)).Count);
        var thousand = all.Take(1_000).ToList();
        Assert.Equal(new PickedAllow(500, 500, 500), await queries.AllowAsync(shop.Agent, thousand, Ct));
        Assert.Equal(PickedAllow.Nothing, await queries.AllowAsync(shop.Support, thousand, Ct));
        var found = await queries.ByIdAsync(shop.Agent, thousand, Ct);
        Assert.Equal(thousand.Order(), found.Keys.Order());
        Assert.All(found.Values, p => Assert.Equal([new Pieces(7, 2)], p.Items));
        Assert.Empty(await queries.ByIdAsync((await shop.OtherStoreAsync()).User, thousand, Ct));
        Assert.False(await queries.MayActAsync(shop.Support, Ct));
    }

    private static async Task<IRenderedComponent<OrderList>> PickAllAsync(BunitContext window, TestShop shop)
    {
        var list = List(window, shop.Agent);
        list.WaitForElement("[data-testid=pick]", Limit);
        await list.Find("[data-testid=pick]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-all]", Limit);
        await list.Find("[data-testid=bulk-all]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-pack]", Limit);
        return list;
    }

    private static bool Off(IRenderedComponent<OrderList> list, string testId) => list.Find($"[data-testid={testId}]").HasAttribute("disabled");

    private static IRenderedComponent<OrderList> List(BunitContext window, CurrentUser user) =>
        window.Render<OrderList>(p => p.Add(l => l.User, user).Add(l => l.Filter, OrderFilter.Default));
}
