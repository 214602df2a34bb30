using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>From the slash to the message that was sought, in a real browser.</summary>
[Trait("Needs", "Browser")]
public sealed class SearchTests(Browser browser)
{
    [Fact]
    public async Task A_message_is_found_in_the_wrong_layout_and_opened_with_the_keyboard_alone()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await app.Sandbox.BuyerWritesAsync("Привет! Гирлянда мигает через раз, это брак?");
        for (var i = 0; i < 3; i++) await app.Sandbox.BuyerWritesAsync($"Вопрос номер {i}");
        await agent.SignInAsync();
        await agent.GoAsync("/inbox?sort=newest");

        // While the demo is still read in, what was written later may be there earlier.
        foreach (var words in new[] { "Вопрос номер 2", "мигает через раз" })
            await Assertions.Expect(agent.Find("conversation-row").Filter(new() { HasText = words }).First).ToBeVisibleAsync();

        await agent.Page.Keyboard.PressAsync("Slash");
        await Assertions.Expect(agent.Find("search-box")).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync("ubhkzylf");
        await agent.Page.Keyboard.PressAsync("Enter");
        var row = agent.Find("search-results").GetByTestId("conversation-row").Filter(new() { HasText = "мигает через раз" });
        await Assertions.Expect(row.Locator("mark")).ToHaveTextAsync("Гирлянда");
        await Assertions.Expect(agent.Page.GetByText("Найдено и в другой раскладке: гирлянда")).ToBeVisibleAsync();

        // The focus has left the box, so that j is a key and no letter.
        for (var i = 0; i < 10 && !await row.EvaluateAsync<bool>("e => e === document.activeElement"); i++) await agent.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(row).ToBeFocusedAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Page.Locator(".msg.found")).ToContainTextAsync("мигает через раз");
        await Assertions.Expect(agent.Page.Locator(".msg.found")).ToBeInViewportAsync();
        await Assertions.Expect(agent.Find("search-results")).ToBeVisibleAsync();

        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Закрыть поиск" }).ClickAsync();
        await Assertions.Expect(agent.Find("conversation-list")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Find("search-box")).ToHaveValueAsync("");
        agent.AssertClean();
    }

    [Fact]
    public async Task On_a_phone_the_box_is_a_sign_that_takes_the_bar_when_it_is_pressed()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app, width: 360);
        await agent.SignInAsync();
        var box = agent.Find("search-box");
        Assert.InRange((await box.BoundingBoxAsync())!.Width, 24, 48);
        await box.ClickAsync();
        Assert.InRange((await box.BoundingBoxAsync())!.Width, 300, 360);
        await box.FillAsync("order:11");
        await box.PressAsync("Enter");
        await Assertions.Expect(agent.Page.GetByText("нужно не меньше 3 знаков")).ToBeVisibleAsync();
        Assert.Equal(0, await agent.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        agent.AssertClean();
    }
}
