using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>An order the way people go: from the shop's page to the archive.</summary>
[Trait("Needs", "Browser")]
public sealed class OrderStoryTests(Browser browser)
{
    private const string Tracking = "RB123456785CN";

    [Fact]
    public async Task Bought_packed_in_two_labelled_numbered_told_delivered_rated_and_found_in_the_archive()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var seller = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await seller.SignInAsync("owner@demo.test", "/settings/proactive");
        foreach (var told in new[] { "Shipped", "Delivered" }) await SwitchOnAsync(seller, told);
        await seller.GoAsync("/orders?sort=newest");
        await Assertions.Expect(seller.Find("order-row").First).ToBeVisibleAsync();

        var order = await Storefront.BuyAsync(buyer, pieces: 2, address: "ул. Баумана, д. 7, кв. 12");
        var number = $"{order}-1";
        var row = seller.Page.Locator($"[data-testid=order-row][data-posting='{number}']");

        // It comes by itself: at once, or behind "changes, show", which stands there for others as well while the demo is read in.
        var changes = seller.Page.Locator(".new-pill button");
        await Sandbox.Wait.ForAsync(async () =>
        {
            if (await row.CountAsync() > 0) return true;
            if (await changes.CountAsync() > 0) await changes.ClickAsync();
            return false;
        }, 60);
        await Assertions.Expect(row.Locator("due-chip")).ToBeVisibleAsync();
        await row.ClickAsync();

        await PackAsync(seller, parcels: 2);
        await Assertions.Expect(seller.Find("order-other")).ToHaveCountAsync(1);
        await LabelAsync(app, seller);
        await seller.Find("act-Tracking").ClickAsync();
        await seller.Find("tracking-number").FillAsync(Tracking);
        await seller.Find("do-it").ClickAsync();
        await Assertions.Expect(seller.Find("order-tracking")).ToHaveTextAsync(Tracking);
        await seller.Find("act-HandOver").ClickAsync();
        await Assertions.Expect(seller.Find("order-status")).ToHaveTextAsync("В пути");

        // He is told before he asks, by itself and once.
        await SeesAsync(buyer, number, Tracking);
        await seller.Find("act-LastMile").ClickAsync();
        await Assertions.Expect(seller.Find("act-LastMile")).ToHaveCountAsync(0);
        await seller.Find("act-Delivered").ClickAsync();
        await Assertions.Expect(seller.Find("act-Delivered")).ToHaveCountAsync(0);
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        await Assertions.Expect(seller.Find("order-status")).ToHaveTextAsync("Доставлен");
        Assert.Equal(1, await buyer.Find("storefront-message-list").GetByText(Tracking).CountAsync());

        await Storefront.RateAsync(buyer, number, "Дошло целым, спасибо!");
        await seller.GoAsync("/orders?tab=delivered");
        await seller.Find("order-search").FillAsync(order[3..9]);
        await seller.Find("order-search").PressAsync("Enter");
        await Assertions.Expect(row).ToBeVisibleAsync();
        seller.AssertClean();
        buyer.AssertClean();
    }

    [Fact]
    public async Task An_address_is_changed_once_the_buyer_is_told_and_the_second_time_the_rule_is_named()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var seller = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await seller.SignInAsync();
        var number = $"{await Storefront.BuyAsync(buyer, pieces: 1, address: "ул. Баумана, д. 7, кв. 12")}-1";
        await Sandbox.Wait.ForAsync(async () =>
        {
            await seller.GoAsync($"/orders/{number}");
            return await seller.Find("order-page").Or(seller.Find("order-missing")).First.GetAttributeAsync("data-testid") == "order-page";
        }, 60);
        await seller.Find("act-Address").ClickAsync();
        await seller.Find("new-address").FillAsync("ул. Пушкина, д. 3, кв. 40");
        await seller.Find("do-it").ClickAsync();
        await Assertions.Expect(seller.Find("take-back")).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(11));
        await Assertions.Expect(seller.Find("readdressed")).ToHaveAttributeAsync("data-told", "Yes");
        await SeesAsync(buyer, number, "ул. Пушкина, д. 3, кв. 40");
        await Assertions.Expect(buyer.Find("order-address")).ToContainTextAsync("Пушкина");

        await seller.Find("act-Address").ClickAsync();
        await Assertions.Expect(seller.Find("address-used-up")).ToBeVisibleAsync();
        await Assertions.Expect(seller.Find("new-address")).ToHaveCountAsync(0);
        seller.AssertClean();
        buyer.AssertClean();
    }

    [Fact]
    public async Task An_unpaid_order_is_reminded_with_one_press_and_paid()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var seller = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await seller.SignInAsync();
        var order = await Storefront.BuyAsync(buyer, pieces: 1, address: "ул. Баумана, д. 7, кв. 12", payment: "later");
        await seller.GoAsync("/orders/unpaid");

        // Ozon pushes nothing of them; the list is looked at every two minutes.
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(3));
        var row = seller.Find("unpaid-order").Filter(new() { HasText = order });
        await Assertions.Expect(row.Locator("due-chip")).ToBeVisibleAsync();
        await row.GetByTestId("remind").ClickAsync();
        await Assertions.Expect(row.GetByTestId("reminded")).ToBeVisibleAsync();
        await Assertions.Expect(row.GetByTestId("remind")).ToHaveCountAsync(0);
        await buyer.Page.GotoAsync($"/sandbox/shop/orders/{order}");
        await Assertions.Expect(buyer.Find("order-reminder")).ToBeVisibleAsync();
        await buyer.Find("order-pay").ClickAsync();
        await Assertions.Expect(buyer.Find("order-status").First).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(3));
        await Assertions.Expect(row).ToHaveCountAsync(0);
        seller.AssertClean();
        buyer.AssertClean();
    }

    private static async Task SwitchOnAsync(Window owner, string told)
    {
        await owner.Find($"proactive-{told}-on").CheckAsync();
        await owner.Find($"proactive-{told}-save").ClickAsync();
        await Assertions.Expect(owner.Find($"proactive-{told}").GetByRole(AriaRole.Status).First).Not.ToBeEmptyAsync();
    }

    private static async Task PackAsync(Window seller, int parcels)
    {
        await seller.Find("act-Pack").ClickAsync();
        await Assertions.Expect(seller.Find("in-stock").First).ToBeVisibleAsync();
        foreach (var line in await seller.Find("in-stock").AllAsync()) await line.CheckAsync();
        await seller.Find("packages").FillAsync($"{parcels}");
        await seller.Find("packages").PressAsync("Tab");
        await Assertions.Expect(seller.Find("pieces")).ToHaveCountAsync(parcels);
        await seller.Find("do-it").ClickAsync();
        await Assertions.Expect(seller.Find("order-status")).ToHaveTextAsync("Ожидает отгрузки");
    }

    /// <summary>Just packed, Ozon has no label yet; the page says when it asks again.</summary>
    private static async Task LabelAsync(SellerApp app, Window seller)
    {
        await seller.Find("label-make").ClickAsync();
        await Assertions.Expect(seller.Find("label-job")).ToBeVisibleAsync();
        await Assertions.Expect(seller.Find("label-next").Or(seller.Find("label-file")).First).ToBeVisibleAsync();
        if (await seller.Find("label-file").CountAsync() == 0) await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Assertions.Expect(seller.Find("label-file").First).ToBeVisibleAsync();
        if (await seller.Find("label-frame").CountAsync() == 0) await seller.Find("label-preview").First.ClickAsync();
        var source = await seller.Find("label-frame").GetAttributeAsync("src");
        var pdf = await seller.Page.APIRequest.GetAsync(source!);
        Assert.Equal("application/pdf", pdf.Headers["content-type"]);
    }

    private static async Task SeesAsync(Window buyer, string number, string text)
    {
        await Assertions.Expect(buyer.Page.Locator("body")).ToBeVisibleAsync();
        await Sandbox.Wait.ForAsync(async () =>
        {
            await buyer.Page.GotoAsync($"/sandbox/shop/orders/{number}");
            return await buyer.Page.GetByText(text).CountAsync() > 0 && await buyer.Find("storefront-message-list").GetByText(text).CountAsync() > 0;
        }, 60);
    }
}
