using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>From the inbox to a sent answer without a mouse.</summary>
[Trait("Needs", "Browser")]
public sealed class KeyboardTests(Browser browser)
{
    /// <summary>More presses of Tab than this to reach a thing is no way for anybody.</summary>
    private const int MaxTabs = 60;

    [Fact]
    public async Task An_answer_is_written_and_sent_with_the_keyboard_alone()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await app.Sandbox.BuyerWritesAsync("Есть ли такой же белый?");
        await agent.Page.GotoAsync("/sign-in");
        await TabToAsync(agent, "sign-in-email");
        await agent.Page.Keyboard.TypeAsync("agent@demo.test");
        await TabToAsync(agent, "sign-in-password");
        await agent.Page.Keyboard.TypeAsync("Demo-Pass-2026");
        await agent.Page.Keyboard.PressAsync("Enter");
        await agent.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await agent.GoAsync("/inbox?sort=newest");
        await Assertions.Expect(agent.Find("conversation-row").Filter(new() { HasText = "такой же белый" })).ToBeVisibleAsync();

        await TabToAsync(agent, "conversation-row");
        for (var i = 0; i < MaxTabs && !await FocusHasTextAsync(agent, "такой же белый"); i++) await agent.Page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await FocusHasTextAsync(agent, "такой же белый"), "the arrow keys do not reach the conversation");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "такой же белый" })).ToBeVisibleAsync();

        // On a slow machine the box is there before it can send.
        await Assertions.Expect(agent.Find("send")).ToBeEnabledAsync();
        await TabToAsync(agent, "composer");
        await agent.Page.Keyboard.TypeAsync("Да, белый есть в наличии.");
        await agent.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "белый есть в наличии" })).ToBeVisibleAsync();
        agent.AssertClean();
    }

    /// <summary>Presses Tab until the focus is on a thing; each stop on the way has to be visible.</summary>
    private static async Task TabToAsync(Window window, string testId)
    {
        for (var i = 0; i < MaxTabs; i++)
        {
            if (await window.Page.EvaluateAsync<bool>("id => !!document.activeElement?.closest(`[data-testid=${id}]`)", testId)) return;
            await window.Page.Keyboard.PressAsync("Tab");
            Assert.True(await window.Page.EvaluateAsync<bool>(FocusIsVisible), $"an invisible stop on the way to {testId}");
        }

        Assert.Fail($"{testId} is not reached within {MaxTabs} presses of Tab");
    }

    private static Task<bool> FocusHasTextAsync(Window window, string text) =>
        window.Page.EvaluateAsync<bool>("text => !!document.activeElement?.closest('[data-testid=conversation-row]')?.textContent.includes(text)", text);

    private const string FocusIsVisible =
        """
        () => { const e = document.activeElement; if (!e || e === document.body) return true;
          const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0; }
        """;
}
