using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>A return and its money the way people go: from the shop's page to the money, with everybody who has a say in it.</summary>
[Trait("Needs", "Browser")]
public sealed class RefundStoryTests(Browser browser)
{
    /// <summary>Roubles; above it a second person has to agree.</summary>
    private const decimal ReviewLimit = 3000;

    private const string Broken = "4";
    private const long Reject = -1;
    private const long Compensate = 1020;
    private const long TakeBack = 2001;
    private const long RefundAndLeave = 2003;
    private const long Receive = 2004;
    private const long Refund = 2005;

    /// <summary>A decision has three days; two hours before their end the first alert is due.</summary>
    private static readonly TimeSpan UntilAlert = TimeSpan.FromHours(70) + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LastMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BeforeAsking = TimeSpan.FromDays(5);

    [Fact]
    public async Task Asked_with_a_photo_a_part_declined_then_all_of_it_reviewed_by_somebody_else_and_paid()
    {
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await agent.SignInAsync();

        // By then the clocks of the demo's own requests have run out.
        await app.Sandbox.AdvanceAsync(BeforeAsking);
        await app.KnowsReturnsAsync(TimeProvider.System.GetUtcNow().UtcDateTime + BeforeAsking - TimeSpan.FromHours(1));
        var bought = await FindAsync(app, buyer, price => price > ReviewLimit);
        var before = await FiguresAsync(agent, bought.Sku);
        var asked = await Storefront.AskBackAsync(buyer, bought.Number, Broken, "Не включается, сбоку трещина.");

        await RefundSteps.OpenAsync(agent, asked);
        await TellsEverythingAsync(agent);

        // What else falls due until then is told before, and not in the same toast, which names what ends first.
        await app.Sandbox.AdvanceAsync(UntilAlert - LastMinutes);
        await app.ToldAsync(TimeProvider.System.GetUtcNow().UtcDateTime + BeforeAsking + UntilAlert - LastMinutes);
        await app.Sandbox.AdvanceAsync(LastMinutes);
        await Assertions.Expect(agent.Find("alert-toast").Filter(new() { HasText = asked.Number }).First).ToBeVisibleAsync();

        // Ozon takes messages for 48 hours after the buyer's last one only.
        await app.Sandbox.BuyerWritesAsync("Здравствуйте! Что решили по возврату?", postingNumber: asked.PostingNumber);

        await agent.Find($"act-{Compensate}").ClickAsync();
        await RefundSteps.FillAsync(agent, amount: "500");
        await RefundSteps.HandInAsync(agent);
        await app.Sandbox.AdvanceAsync(RefundSteps.Leaves);
        await RefundSteps.StandsAsync(agent, "Отправлен");
        await Storefront.StandsAsync(buyer, asked, "Продавец предлагает часть цены");
        await Assertions.Expect(buyer.Find("return-offer")).ToContainTextAsync("500");
        await buyer.Find("return-refuse").ClickAsync();
        await RefundSteps.StandsAsync(agent, "Не состоялся");

        await RefundSteps.OpenAsync(agent, asked);
        await agent.Find($"act-{RefundAndLeave}").ClickAsync();
        await RefundSteps.FillAsync(agent);
        await RefundSteps.HandInAsync(agent);
        await RefundSteps.StandsAsync(agent, "Ждёт проверки");
        var refund = new Uri(agent.Page.Url).AbsolutePath;
        await SomebodyElseApprovesAsync(app, agent, refund);
        await agent.GoAsync(refund);
        await RefundSteps.StandsAsync(agent, "Отправлен");
        await app.Sandbox.ReturnActAsync(asked.Id, "pay");
        await RefundSteps.StandsAsync(agent, "Выплачен");

        await Storefront.StandsAsync(buyer, asked, "Деньги возвращены");
        await Assertions.Expect(buyer.Find("refund-row")).ToContainTextAsync("Деньги поступили");
        await Storefront.IsToldAsync(buyer, asked.PostingNumber, "предлагаем компенсацию", "Мы согласовали возврат денег", "возвращены");
        var after = await FiguresAsync(agent, bought.Sku);
        Assert.Equal(before.Requests + 1, after.Requests);
        Assert.True(after.Refunded >= before.Refunded + bought.Price, $"{before.Refunded} and then {after.Refunded}, with {bought.Price} paid");
        agent.AssertClean();
        buyer.AssertClean();
    }

    [Fact]
    public async Task Rejected_with_Ozons_reason_and_words_that_the_buyer_reads()
    {
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var bought = await FindAsync(app, buyer, _ => true);
        var asked = await Storefront.AskBackAsync(buyer, bought.Number, Broken, "Есть царапина.");
        await RefundSteps.OpenAsync(agent, asked);

        // Without a reason and words nothing leaves.
        await agent.Find($"act-{Reject}").ClickAsync();
        await agent.Find("do-it").ClickAsync();
        await Assertions.Expect(agent.Find("return-acting").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await agent.Find("rejection").First.CheckAsync();
        await agent.Find("decision-comment").FillAsync("На фото следы использования, товарный вид нарушен");
        await agent.Find("do-it").ClickAsync();
        await RefundSteps.LeaveAsync(app, agent, Reject);

        await Storefront.StandsAsync(buyer, asked, "Продавец отказал в возврате");
        await Assertions.Expect(buyer.Find("return-seller-comment")).ToContainTextAsync("На фото следы использования");
        await Storefront.IsToldAsync(buyer, asked.PostingNumber, "мы не можем принять возврат", "На фото следы использования, товарный вид нарушен");
        agent.AssertClean();
        buyer.AssertClean();
    }

    [Fact]
    public async Task Taken_back_sent_received_inspected_and_refunded_with_the_postage()
    {
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var bought = await FindAsync(app, buyer, price => price < ReviewLimit - 500);
        var asked = await Storefront.AskBackAsync(buyer, bought.Number, Broken, "Не работает, готов отправить обратно.");

        // Ozon takes messages for 48 hours after the buyer's last one only.
        await app.Sandbox.BuyerWritesAsync("Здравствуйте! Заявку на возврат оформил.", postingNumber: asked.PostingNumber);
        await RefundSteps.OpenAsync(agent, asked);
        await RefundSteps.DecideAsync(app, agent, TakeBack);

        await Storefront.StandsAsync(buyer, asked, "Возврат одобрен. Отправьте товар");
        await buyer.Find("return-track").FillAsync("80082912345678");
        await buyer.Find("return-postage").FillAsync("350,50");
        await buyer.Find("return-send").ClickAsync();
        await Assertions.Expect(buyer.Find("return-state")).ToContainTextAsync("Товар едет к продавцу");
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        await app.Sandbox.BuyerWritesAsync("Здравствуйте! Посылка уже у вас?", postingNumber: asked.PostingNumber);
        await RefundSteps.DecideAsync(app, agent, Receive);

        await agent.Find("condition").SelectOptionAsync($"{(int)OzonSellerCenter.Returns.Inspections.GoodsCondition.Damaged}");
        await agent.Find("value").FillAsync("0");
        await agent.Find("words").FillAsync("Корпус треснул, не включается.");
        await agent.Find("inspect").ClickAsync();
        await Assertions.Expect(agent.Find("inspected")).ToContainTextAsync("Корпус треснул");

        await agent.Find($"act-{Refund}").ClickAsync();
        await RefundSteps.FillAsync(agent, postage: "350,50");
        await Assertions.Expect(agent.Find("refund-sum")).ToContainTextAsync(",50");
        await RefundSteps.HandInAsync(agent);
        await Assertions.Expect(agent.Find("refund-take-back")).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(RefundSteps.Leaves);
        await RefundSteps.StandsAsync(agent, "Отправлен");

        // The sandbox's bank takes an hour.
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(61));
        await RefundSteps.StandsAsync(agent, "Выплачен");
        await Storefront.StandsAsync(buyer, asked, "Деньги возвращены");
        await Assertions.Expect(buyer.Find("refund-row")).ToContainTextAsync("из них пересылка 350,50");
        await Storefront.IsToldAsync(buyer, asked.PostingNumber, "Мы согласовали возврат товара", "Проверим его", "Мы согласовали возврат денег", "возвращены");
        agent.AssertClean();
        buyer.AssertClean();
    }

    private static async Task TellsEverythingAsync(Window agent)
    {
        await Assertions.Expect(agent.Find("return-ask")).ToContainTextAsync("Товар с браком, не работает");
        await Assertions.Expect(agent.Find("buyer-comment")).ToHaveTextAsync("Не включается, сбоку трещина.");
        await Assertions.Expect(agent.Find("policy-verdict")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Find("return-silence").Locator("due-chip")).ToBeVisibleAsync();

        // The picture has come from Ozon, and the browser could draw it.
        var photo = agent.Find("buyer-photos").Locator("img");
        await Assertions.Expect(photo).ToBeVisibleAsync();
        await Sandbox.Wait.ForAsync(() => photo.EvaluateAsync<bool>("p => p.complete && p.naturalWidth > 0"));
    }

    private async Task SomebodyElseApprovesAsync(SellerApp app, Window agent, string refund)
    {
        await agent.GoAsync("/support");
        await Assertions.Expect(agent.Find("support-not-for-you")).ToBeVisibleAsync();
        await using var desk = await browser.OpenAsync(app);
        await desk.SignInAsync("support@demo.test", "/support");
        await desk.Page.Locator($"[data-testid=review-row][data-refund='{refund.Split('/')[^1]}']").ClickAsync();
        await Assertions.Expect(desk.Find("review-panel")).ToContainTextAsync("Не включается, сбоку трещина.");
        await desk.Find("review-take").ClickAsync();
        await Assertions.Expect(desk.Find("review-state")).ToHaveTextAsync("На проверке");
        await desk.Find("review-approve").ClickAsync();
        await Assertions.Expect(desk.Find("review-state")).ToHaveTextAsync(new Regex("Одобрен|Отправлен"));
        desk.AssertClean();
    }

    /// <summary>The newest delivered order of such a price for which nobody has asked anything back yet.</summary>
    private static async Task<SandboxControl.Delivered> FindAsync(SellerApp app, Window buyer, Func<decimal, bool> suits)
    {
        foreach (var order in (await app.Sandbox.DeliveredAsync()).Reverse().Where(o => suits(o.Price)))
        {
            await buyer.Page.GotoAsync($"/sandbox/shop/orders/{order.Number}");
            if (await buyer.Find("return-open").CountAsync() > 0) return order;
        }

        throw new InvalidOperationException("The demo shop has delivered no such order.");
    }

    /// <summary>Of a product: requests, and roubles that went back.</summary>
    private static async Task<(int Requests, decimal Refunded)> FiguresAsync(Window person, string sku)
    {
        await person.GoAsync("/insights/refunds?by=product&days=365");
        await Assertions.Expect(person.Find("insight-line").First).ToBeVisibleAsync();
        var cells = person.Page.Locator($"[data-testid=insight-line][data-line='{sku}'] td");
        if (await cells.CountAsync() == 0) return (0, 0);
        return ((int)Roubles(await cells.Nth(2).InnerTextAsync()), Roubles(await cells.Last.InnerTextAsync()));
    }

    private static decimal Roubles(string text) =>
        Regex.Replace(text, @"[^\d,]", "") is { Length: > 0 } digits ? decimal.Parse(digits, System.Globalization.CultureInfo.GetCultureInfo("ru")) : 0;
}
