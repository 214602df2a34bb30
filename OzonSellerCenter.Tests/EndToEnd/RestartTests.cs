using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The server dies while somebody is at work; nothing typed is lost and nothing is sent twice.</summary>
[Trait("Needs", "Browser")]
public sealed class RestartTests(Browser browser)
{
    [Fact]
    public async Task A_draft_survives_a_killed_server_and_is_sent_once()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        var said = await app.Sandbox.BuyerWritesAsync("Лампа мигает, что делать?");
        await agent.SignInAsync();
        await agent.GoAsync("/inbox?sort=newest");
        await agent.Find("conversation-row").Filter(new() { HasText = "Лампа мигает" }).ClickAsync();
        var composer = agent.Find("composer");
        await composer.ClickAsync();
        await agent.Page.Keyboard.TypeAsync("Пришлите, пожалуйста, короткое видео — заменим лампу.");

        // At once: on a busy machine the box's script is not attached yet, and the browser holds the words all the same.
        await app.KillAsync();
        await Assertions.Expect(agent.Find("connection-badge").First).ToHaveAttributeAsync("state", NotLive);
        await app.StartAsync();

        // No hand on the page: it comes back by itself, with what was typed.
        await agent.BecomesLiveAsync();
        await Assertions.Expect(agent.Find("composer")).ToHaveValueAsync("Пришлите, пожалуйста, короткое видео — заменим лампу.");
        await agent.Find("send").ClickAsync();
        await Assertions.Expect(agent.Find("undo-send")).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(11));
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "короткое видео" })).ToHaveAttributeAsync("data-state", Delivered);
        Assert.Single(await app.Sandbox.ChatAsync(said.ChatId), m => m.Text.Contains("короткое видео", StringComparison.Ordinal));
        Assert.Empty(app.Errors());
    }

    private static readonly System.Text.RegularExpressions.Regex NotLive = new("^(?!live$)");
    private static readonly System.Text.RegularExpressions.Regex Delivered = new("^(sent|read)$", System.Text.RegularExpressions.RegexOptions.IgnoreCase);
}
