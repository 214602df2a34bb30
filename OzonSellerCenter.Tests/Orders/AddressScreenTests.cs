using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>The form for another address on the page of an order.</summary>
public sealed class AddressScreenTests : IDisposable
{
    private const string Number = "0138-4821-1";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public AddressScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task It_is_changed_once_and_then_the_rule_stands_there_instead_of_the_form()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window);
        await page.Find("[data-testid=act-Address]").ClickAsync();
        page.WaitForElement("[data-testid=form-Address]", Limit);
        Assert.Contains("ул. Садовая, д. 1", page.Find("[data-testid=address-now]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Once only, before shipment.", page.Find("[data-testid=form-Address]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=do-it]").HasAttribute("disabled"));
        await page.Find("[data-testid=new-address]").InputAsync(" ул. Новая, д. 2 ");
        await page.Find("[data-testid=form-Address]").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("New address: ул. Новая, д. 2", page.Find("[data-testid=deed-under-way]").TextContent, StringComparison.Ordinal), Limit);
        await shop.WriteAsync(async db =>
        {
            (await db.OutboundCommands.SingleAsync(Ct)).Settle(shop.Now);
            db.Announce(shop.Store.Id, EventKind.Posting, Number);
        });
        page.WaitForAssertion(() => Assert.Contains("could not be told", page.Find("[data-testid=readdressed]").TextContent, StringComparison.Ordinal), Limit);
        page.WaitForAssertion(() => Assert.Contains("not valid any more", page.Find("[data-testid=label-outdated]").TextContent, StringComparison.Ordinal), Limit);

        shop.Db.Services.GetRequiredService<FakePostingFacts>().Address = new PostingAddress("ул. Новая, д. 2", 0, shop.Now, false);
        await page.Find("[data-testid=act-Address]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("once only, before shipment", page.Find("[data-testid=address-used-up]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Empty(page.FindAll("[data-testid=form-Address]"));
        Assert.NotEmpty(page.FindAll("[data-testid=label-invalid]"));
    }

    [Fact]
    public async Task What_was_open_when_a_colleague_changed_it_is_refused_with_the_rule()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window);
        await page.Find("[data-testid=act-Address]").ClickAsync();
        page.WaitForElement("[data-testid=form-Address]", Limit);
        await shop.Db.Services.GetRequiredService<ShippingActions>().AskAsync(shop.Owner, Number, new AddressWish("ул. Первая, д. 1"), Guid.NewGuid(), Ct);
        await shop.WriteAsync(async db => (await db.OutboundCommands.SingleAsync(Ct)).Settle(shop.Now));
        await page.Find("[data-testid=new-address]").InputAsync("ул. Вторая, д. 2");
        await page.Find("[data-testid=form-Address]").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("It can be changed once only, before shipment.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal(1, await shop.ReadAsync(db => db.PostingDeeds.CountAsync(Ct)));
    }

    [Theory, InlineData(Scheme.Fbs, 2), InlineData(Scheme.Rfbs, 3)]
    public async Task Where_Ozon_offers_none_the_box_says_what_to_do_instead(Scheme scheme, int ways)
    {
        await using var shop = await TestShop.OpenAsync();
        shop.Db.Services.GetRequiredService<FakePostingFacts>().Address = PostingAddress.Failed(PostingAddress.NotOffered);
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window, scheme);
        await page.Find("[data-testid=act-Address]").ClickAsync();
        page.WaitForElement("[data-testid=address-not-offered]", Limit);
        Assert.Contains("Ozon offers sellers no way", page.Find("[data-testid=address-not-offered]").TextContent, StringComparison.Ordinal);
        Assert.Equal(ways, page.FindAll("[data-testid=address-not-offered] li").Count);
        Assert.Empty(page.FindAll("[data-testid=form-Address]"));
    }

    [Fact]
    public async Task On_its_way_there_is_no_button()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window, status: "delivering");
        Assert.Empty(page.FindAll("[data-testid=act-Address]"));
    }

    private static async Task<IRenderedComponent<OrderPage>> OpenAsync(TestShop shop, BunitContext window, Scheme scheme = Scheme.Fbs, string status = "awaiting_deliver")
    {
        await shop.PostingAsync(Number, status, p => (p.Scheme, p.AvailableActions) = (scheme, "label_download,cancel"));
        var page = window.Render<OrderPage>(p => p.Add(l => l.PostingNumber, Number));
        page.WaitForState(() => page.FindAll("[data-testid=order-page]").Count == 1, Limit);
        return page;
    }
}
