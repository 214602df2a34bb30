using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

public sealed class OrderScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public OrderScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task The_list_shows_what_was_bought_for_how_much_where_it_goes_and_by_when_it_ships()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1", "awaiting_packaging", p => (p.InProcessAt, p.ShipBy, p.City) = (shop.Now.AddHours(-3), shop.Now.AddHours(5), "Казань"));
        await shop.PostingAsync("0138-4821-2", "cancelled", p => (p.InProcessAt, p.CancelledAt) = (shop.Now.AddDays(-3), shop.Now.AddDays(-2)));
        await using var window = shop.WindowOf(shop.Agent);
        var list = List(window, shop);
        list.WaitForState(() => NumbersIn(list).SequenceEqual(["0138-4821-1", "0138-4821-2"]), Limit);
        var row = list.Find("[data-posting='0138-4821-1']");
        Assert.Equal("/orders/0138-4821-1", row.GetAttribute("href"));
        foreach (var words in new[] { "0138-4821-1", "Awaiting packing", "Чайник стеклянный", "2\u00a0490\u00a0₽", "FBS", "Казань" })
        {
            Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        }

        Assert.NotNull(row.QuerySelector("due-chip[data-testid=countdown]"));
        Assert.Null(list.Find("[data-posting='0138-4821-2']").QuerySelector("due-chip"));
        list.WaitForAssertion(() => Assert.Equal(["1", "1"], list.FindAll(".tabs .c").Select(c => c.TextContent)), Limit);
        Assert.Equal("/orders/export?tab=packing&format=csv", List(window, shop, new() { Tab = OrderTab.Packing }).Find("[data-testid=order-csv]").GetAttribute("href"));
    }

    [Fact]
    public async Task A_changed_posting_changes_in_its_place_and_a_new_one_waits_for_a_press()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("1-1", "awaiting_packaging", p => p.InProcessAt = shop.Now.AddHours(-2));
        await shop.PostingAsync("2-1", "awaiting_packaging", p => p.InProcessAt = shop.Now.AddHours(-1));
        await using var window = shop.WindowOf(shop.Agent);
        var list = List(window, shop, new() { Tab = OrderTab.Packing });
        list.WaitForState(() => NumbersIn(list).SequenceEqual(["2-1", "1-1"]), Limit);

        await ChangeAsync(shop, "2-1", p => p.Status = "awaiting_deliver");
        list.WaitForAssertion(() => Assert.Equal("1 change, show", list.Find(".new-pill button").TextContent), Limit);
        Assert.Equal(["2-1", "1-1"], NumbersIn(list));
        Assert.Contains("Awaiting shipment", list.Find("[data-posting='2-1']").TextContent, StringComparison.Ordinal);

        await shop.PostingAsync("3-1", "awaiting_packaging", p => p.InProcessAt = shop.Now);
        await ChangeAsync(shop, "3-1", p => p.City = "Казань");
        list.WaitForAssertion(() => Assert.Equal("2 changes, show", list.Find(".new-pill button").TextContent), Limit);
        await list.Find(".new-pill button").ClickAsync();
        list.WaitForState(() => NumbersIn(list).SequenceEqual(["3-1", "1-1"]), Limit);
        Assert.Empty(list.FindAll(".new-pill"));
    }

    [Fact]
    public async Task An_empty_list_says_why_and_what_leads_out_and_fills_by_itself()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var list = List(window, shop);
        list.WaitForAssertion(() => Assert.Contains("No orders yet.", list.Find(".state").TextContent, StringComparison.Ordinal), Limit);
        var late = List(window, shop, new() { Late = true });
        late.WaitForAssertion(() => Assert.Equal("/orders", late.Find(".state a").GetAttribute("href")), Limit);
        var narrow = List(window, shop, new() { Text = "ab" });
        narrow.WaitForAssertion(() => Assert.Contains("at least 3 characters", narrow.Find(".state").TextContent, StringComparison.Ordinal), Limit);

        await shop.PostingAsync("1-1", change: p => p.InProcessAt = shop.Now);
        await ChangeAsync(shop, "1-1", p => p.City = "Казань");
        list.WaitForState(() => NumbersIn(list).SequenceEqual(["1-1"]), Limit);
        Assert.NotEmpty(late.FindAll(".state"));
    }

    [Fact]
    public async Task The_page_shows_items_money_dates_conversations_others_of_the_order_and_the_policy()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1", "delivering", p =>
        {
            (p.InProcessAt, p.DeliveringAt, p.TrackingNumber, p.Carrier, p.Warehouse) = (shop.Now.AddDays(-2), shop.Now.AddDays(-1), "RB123456785CN", "Почта России", "Тула");
            p.Items.Add(new PostingItem { StoreId = shop.Store.Id, Sku = 2, OfferId = "BL-E27", Name = "Лампа", Quantity = 2, Price = 19_000 });
            p.Total = 287_000;
        });
        await shop.PostingAsync("0138-4821-2", "awaiting_deliver");
        await shop.WriteAsync(async db => (await db.Stores.SingleAsync(s => s.Id == shop.Store.Id, Ct)).ReturnPolicy = "Возврат 15 дней");
        var conversation = await shop.ConversationAsync(c => (c.OrderNumber, c.Preview) = ("0138-4821", "Где заказ?"));
        await shop.ConversationAsync(c => c.OrderNumber = "0999-0000");
        await using var window = shop.WindowOf(shop.Agent);
        foreach (var aside in shop.Db.Services.GetServices<OrderAside>().Where(a => window.Services.All(known => !Equals(known.ImplementationInstance, a)))) window.Services.AddSingleton(aside);
        var page = Page(window, "0138-4821-1");
        page.WaitForState(() => page.FindAll("[data-testid=order-talk]").Count == 1, Limit);

        Assert.Equal(2, page.FindAll("[data-testid=order-item]").Count);
        Assert.Equal("2\u00a0870\u00a0₽", page.Find("[data-testid=order-total]").TextContent);
        Assert.Equal("RB123456785CN", page.Find("[data-testid=order-tracking]").TextContent);
        Assert.Equal(["Handed over for delivery", "Taken into work"], page.FindAll("[aria-labelledby=order-times] .tl li b").Select(b => b.TextContent));
        Assert.Equal($"/inbox/{conversation.Id}", page.Find("[data-testid=order-talk]").GetAttribute("href"));
        Assert.Equal("/orders/0138-4821-2", page.Find("[data-testid=order-other]").GetAttribute("href"));
        foreach (var words in new[] { "Возврат 15 дней", "Тула", "Почта России", "On the way", "2 products, 3 pieces" }) Assert.Contains(words, page.Markup, StringComparison.Ordinal);

        await ChangeAsync(shop, "0138-4821-1", p => (p.Status, p.DeliveredAt) = ("delivered", shop.Now));
        page.WaitForAssertion(() => Assert.Equal("Delivered", page.Find("[data-testid=order-status]").TextContent), Limit);
        Assert.Equal(3, page.FindAll("[aria-labelledby=order-times] .tl li").Count);
    }

    [Fact]
    public async Task A_late_parcel_says_why_in_the_list_and_on_its_page()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("1-1", "delivering", p => (p.InProcessAt, p.MovedAt, p.LateAt) = (shop.Now.AddDays(-9), shop.Now.AddDays(-5), shop.Now.AddDays(-1)));
        await shop.PostingAsync("2-1", "delivering", p => (p.InProcessAt, p.DeliveringAt, p.DeliverBy, p.LateAt) = (shop.Now.AddDays(-3), shop.Now.AddDays(-2), shop.Now, shop.Now));
        await shop.PostingAsync("3-1", "delivering", p => (p.InProcessAt, p.DeliveringAt, p.LateAt) = (shop.Now.AddDays(-3), shop.Now.AddDays(-1), shop.Now.AddDays(1)));
        await using var window = shop.WindowOf(shop.Agent);
        var list = List(window, shop, new() { Late = true });
        list.WaitForState(() => NumbersIn(list).SequenceEqual(["1-1", "2-1"]), Limit);
        Assert.Equal(["no movement since 19\u00a0November", "promised by 24\u00a0November"], list.FindAll("[data-testid=late-parcel]").Select(l => l.TextContent));
        var (late, fine) = (Page(window, "2-1"), Page(window, "3-1"));
        late.WaitForAssertion(() => Assert.Contains("promised by 24\u00a0November", late.Find("[data-testid=late-parcel]").TextContent, StringComparison.Ordinal), Limit);
        fine.WaitForState(() => fine.FindAll(".tl li").Count == 2, Limit);
        Assert.Empty(fine.FindAll("[data-testid=late-parcel]"));
    }

    [Fact]
    public async Task A_number_of_others_is_shown_like_one_that_never_was()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1");
        var (_, stranger) = await shop.OtherStoreAsync();
        await using var window = shop.WindowOf(stranger);
        var (foreign, unknown) = (Page(window, "0138-4821-1"), Page(window, "0000-0000-1"));
        foreach (var page in new[] { foreign, unknown }) page.WaitForState(() => page.FindAll("[data-testid=order-missing]").Count == 1, Limit);
        Assert.Equal(unknown.Markup.Replace("0000-0000-1", "", StringComparison.Ordinal), foreign.Markup.Replace("0138-4821-1", "", StringComparison.Ordinal));
    }

    private static IRenderedComponent<OrderList> List(BunitContext window, TestShop shop, OrderFilter? filter = null) =>
        window.Render<OrderList>(p => p.Add(l => l.User, shop.Agent).Add(l => l.Filter, filter ?? OrderFilter.Default));

    private static IRenderedComponent<OrderPage> Page(BunitContext window, string number) => window.Render<OrderPage>(p => p.Add(l => l.PostingNumber, number));

    private static string?[] NumbersIn(IRenderedComponent<OrderList> list) => [.. list.FindAll("[data-testid=order-row]").Select(r => r.GetAttribute("data-posting"))];

    /// <summary>As the intake writes it: row and event in one commit.</summary>
    private static Task ChangeAsync(TestShop shop, string number, Action<Posting> change) => shop.WriteAsync(async db =>
    {
        change(await db.Postings.SingleAsync(p => p.PostingNumber == number, Ct));
        db.Announce(shop.Store.Id, EventKind.Posting, number);
    });
}
