using System.Globalization;
using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>Several people at work in one inbox, and one whose line is cut for a while.</summary>
[Trait("Needs", "Browser")]
public sealed class TeamTests(Browser browser)
{
    [Fact]
    public async Task Two_open_one_conversation_see_each_other_and_of_two_answers_the_second_is_stopped_with_the_first_shown()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var owner = await browser.OpenAsync(app);
        var said = await app.Sandbox.BuyerWritesAsync("Когда привезут торшер?");
        await agent.SignInAsync();
        await owner.SignInAsync("owner@demo.test");
        foreach (var window in new[] { agent, owner })
        {
            await window.GoAsync("/inbox?sort=newest");
            await window.Find("conversation-row").Filter(new() { HasText = "привезут торшер" }).ClickAsync();
            await Assertions.Expect(window.Find("send")).ToBeEnabledAsync();
        }

        await Assertions.Expect(agent.Find("presence")).ToContainTextAsync("смотрит");
        await Assertions.Expect(owner.Find("presence")).ToContainTextAsync("смотрит");
        await owner.Find("composer").ClickAsync();
        await owner.Page.Keyboard.TypeAsync("Привезут в пятницу.");
        await Assertions.Expect(agent.Find("presence")).ToContainTextAsync("печатает");
        await agent.Find("composer").ClickAsync();
        await agent.Page.Keyboard.TypeAsync("Уже едет, будет завтра.");

        // Both have begun before either has sent, as the server knows by their drafts.
        await Assertions.Expect(owner.Find("presence")).ToContainTextAsync("печатает");
        await Assertions.Expect(owner.Page.Locator("[data-draft]:visible").First).ToHaveAttributeAsync("data-draft", "saved");
        await Assertions.Expect(agent.Page.Locator("[data-draft]:visible").First).ToHaveAttributeAsync("data-draft", "saved");
        await agent.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(owner.Find("message").Filter(new() { HasText = "будет завтра" })).ToBeVisibleAsync();
        await owner.Page.Keyboard.PressAsync("Control+Enter");

        await Assertions.Expect(owner.Find("send-refused")).ToContainTextAsync("ответил коллега");
        await Assertions.Expect(owner.Find("message").Filter(new() { HasText = "будет завтра" })).ToBeInViewportAsync();
        await Assertions.Expect(owner.Find("composer")).ToHaveValueAsync("Привезут в пятницу.");
        await app.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(11));
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "будет завтра" })).ToHaveAttributeAsync("data-state", "sent");
        Assert.Equal(["Когда привезут торшер?", "Уже едет, будет завтра."], (await app.Sandbox.ChatAsync(said.ChatId)).Select(m => m.Text));

        // Whose window is closed is not shown any longer.
        await owner.Page.CloseAsync();
        await Assertions.Expect(agent.Find("presence")).Not.ToContainTextAsync("смотрит");
        Assert.Empty(app.Errors());
    }

    [Fact]
    public async Task Fifty_messages_that_came_while_the_line_was_cut_are_there_once_in_order_and_the_draft_is_kept()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var line = await Line.OfAsync(agent);
        var said = await app.Sandbox.BuyerWritesAsync("Сообщение 000");
        await agent.GoAsync("/inbox?sort=newest");
        await agent.Find("conversation-row").Filter(new() { HasText = "Сообщение 000" }).ClickAsync();
        await Assertions.Expect(agent.Find("send")).ToBeEnabledAsync();
        await agent.Find("composer").ClickAsync();
        await agent.Page.Keyboard.TypeAsync("Сейчас уточню у склада");

        await line.CutAsync();
        await Assertions.Expect(agent.Find("connection-badge").First).ToHaveAttributeAsync("state", "offline");
        var names = Enumerable.Range(0, 51).Select(i => $"Сообщение {i.ToString("D3", CultureInfo.InvariantCulture)}").ToList();
        foreach (var name in names.Skip(1)) await app.Sandbox.BuyerWritesAsync(name, said.ChatId);
        await agent.Page.Keyboard.TypeAsync(" и отвечу");
        line.Mend();

        await agent.BecomesLiveAsync();
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "Сообщение 050" })).ToBeVisibleAsync();
        await agent.Find("message-list").EvaluateAsync("log => (log.scrollTop = 0)");
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "Сообщение 000" })).ToHaveCountAsync(1);
        var shown = (await agent.Find("message").Locator(".bub").AllInnerTextsAsync()).Select(t => t.Trim()).Where(t => t.StartsWith("Сообщение", StringComparison.Ordinal));
        Assert.Equal(names, shown);
        await Assertions.Expect(agent.Find("composer")).ToHaveValueAsync("Сейчас уточню у склада и отвечу");
        Assert.Empty(app.Errors());
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_view_is_kept_seen_by_its_name_and_chosen_again(int width)
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app, width: width);
        await agent.SignInAsync(path: "/inbox?unread=1");
        await agent.Find("views").ClickAsync();
        await agent.Find("view-name").FillAsync("Новые за смену");
        await agent.Find("view-save").ClickAsync();
        var name = agent.Find("view").GetByText("Новые за смену");
        await Assertions.Expect(name).ToBeVisibleAsync();
        Assert.True(await name.EvaluateAsync<bool>("e => e.scrollWidth <= e.clientWidth"), "the name of the view is cut");
        await agent.Page.Keyboard.PressAsync("Escape");
        await agent.GoAsync("/inbox");
        await agent.Find("views").ClickAsync();
        await name.ClickAsync();
        await Assertions.Expect(agent.Find("views")).ToContainTextAsync("Новые за смену");
        await agent.Page.WaitForURLAsync("**/inbox?unread=1");
        agent.AssertClean();
    }
}
