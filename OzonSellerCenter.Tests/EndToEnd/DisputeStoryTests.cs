using Microsoft.Playwright;
using OzonSellerCenter.Disputes;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The three complaints of the seed, from the buyer's words to their end.</summary>
[Trait("Needs", "Browser")]
public sealed class DisputeStoryTests(Browser browser)
{
    private const string Account =
        "Товар упакован и передан перевозчику в день заказа, видео упаковки приложено. Покупатель жалуется в четвёртый раз, фото недостатка не прислал, на вопросы не ответил.";

    private const string Reasons =
        "На видео упаковки товар цел и исправен, фото недостатка покупатель не приложил. Три прежние жалобы закончились тем же. Оснований вернуть деньги нет.";

    [Fact]
    public async Task Said_to_be_not_as_described_shown_the_listing_and_taken_back()
    {
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var bought = (await app.Sandbox.DeliveredAsync())[^1];
        var page = await DisputeSteps.ComplainAsync(buyer, bought.Number, "not_as_described", "Товар не такой, как на фото и в описании.");

        // Ozon takes messages for 48 hours after the buyer's last one only.
        await app.Sandbox.BuyerWritesAsync("Здравствуйте! Товар не соответствует описанию.", postingNumber: bought.Number);

        await DisputeSteps.OpenAsync(agent, bought.Number);
        await Assertions.Expect(agent.Find("claim")).ToContainTextAsync("не такой, как на фото");
        await Assertions.Expect(agent.Find("dispute-clock").Locator("due-chip")).ToBeVisibleAsync();
        await DisputeSteps.CollectAsync(agent, bought.Number);

        // The buyer's picture beside the listing's, once both have been fetched from Ozon.
        await Sandbox.Wait.ForAsync(async () =>
        {
            if (await agent.Find("compare").CountAsync() > 0) return true;
            await agent.Find("collect").ClickAsync();
            return false;
        }, 90);
        await agent.Find("compare").ClickAsync();
        await Assertions.Expect(agent.Find("photo-compare").Locator("img").First).ToBeVisibleAsync();
        await DisputeSteps.ShowProofAsync(agent);
        await Storefront.IsToldAsync(buyer, bought.Number, "Мы сверили товар");

        await buyer.Page.GotoAsync(page);
        await buyer.Find("complaint-withdraw").ClickAsync();
        await DisputeSteps.StandsAsync(agent, DisputeState.Closed);
        await Assertions.Expect(agent.Find("dispute-clock")).ToHaveCountAsync(0);
        agent.AssertClean();
        buyer.AssertClean();
    }

    [Fact]
    public async Task Complained_of_quality_once_more_and_decided_for_the_shop_by_somebody_else()
    {
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var desk = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var bought = (await app.Sandbox.DeliveredAsync())[^1];
        await app.Sandbox.BuyerComplainsAsync(bought.Number, "quality", "Опять брак, верните деньги!", (long)(bought.Price * 100), "serial");
        await DisputeSteps.OpenAsync(agent, bought.Number);
        await DisputeSteps.CollectAsync(agent, bought.Number);

        // Too short is refused in place; what was typed stays.
        await agent.Find("account-text").FillAsync("Коротко.");
        await agent.Find("account-submit").ClickAsync();
        await Assertions.Expect(agent.Find("account-error")).ToBeVisibleAsync();
        await agent.Find("account-text").FillAsync(Account);
        await agent.Find("account-submit").ClickAsync();
        await DisputeSteps.StandsAsync(agent, DisputeState.Submitted);
        var id = new Uri(agent.Page.Url).Segments[^1];

        await desk.SignInAsync("support@demo.test", $"/support?queue=cases&case={id}");
        await Assertions.Expect(desk.Find("case-account")).ToContainTextAsync("видео упаковки");
        await desk.Find("case-take").ClickAsync();
        await desk.Find($"verdict-{DisputeOutcome.Seller}").CheckAsync();
        await desk.Find("verdict-reasons").FillAsync(Reasons);
        await desk.Find("decision-next").ClickAsync();
        await desk.Find("decision-confirm").ClickAsync();
        await Assertions.Expect(desk.Find("case-outcome")).ToBeVisibleAsync();

        await DisputeSteps.StandsAsync(agent, DisputeState.Decided);
        await Assertions.Expect(agent.Find("reasons")).ToContainTextAsync("Оснований вернуть деньги нет");

        // Nobody appeals: the case ends by itself, and no money has gone.
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(5) + TimeSpan.FromMinutes(1));
        await DisputeSteps.StandsAsync(agent, DisputeState.Closed);
        Assert.Empty(await app.RowsAsync("sandbox.db", $"""SELECT "Id" FROM "BuyerRefunds" WHERE "PostingNumber" = '{bought.Number}'"""));
        agent.AssertClean();
        desk.AssertClean();
    }

    [Fact]
    public async Task Said_not_to_have_come_shown_the_tracking_and_taken_back_by_itself()
    {
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var bought = (await app.Sandbox.DeliveredAsync())[^1];
        await app.Sandbox.BuyerWritesAsync("Здравствуйте! Посылка не пришла.", postingNumber: bought.Number);
        await app.Sandbox.BuyerComplainsAsync(bought.Number, "delivery", "Ничего не получал, верните деньги.", (long)(bought.Price * 100), "false_claim");
        await DisputeSteps.OpenAsync(agent, bought.Number);
        await DisputeSteps.CollectAsync(agent, bought.Number);
        await DisputeSteps.ShowProofAsync(agent);

        // A buyer who knows better gives in when he reads the tracking.
        await DisputeSteps.StandsAsync(agent, DisputeState.Closed);
        await Assertions.Expect(agent.Find("case-timeline")).ToContainTextAsync("претензий нет");
        agent.AssertClean();
    }
}
