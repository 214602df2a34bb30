using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>A right taken away is felt in open tabs, in time.</summary>
[Trait("Needs", "Browser")]
public sealed class RightsTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    private const double Limit = 2000;

    [Fact]
    public async Task Who_is_removed_from_the_team_loses_the_open_conversations_within_two_seconds()
    {
        await using var agent = await browser.OpenAsync(app);
        await using var owner = await browser.OpenAsync(app);
        await agent.SignInAsync();
        await agent.Find("conversation-row").First.ClickAsync();
        await Assertions.Expect(agent.Find("message").First).ToBeVisibleAsync();
        await Assertions.Expect(agent.Find("composer")).ToBeVisibleAsync();
        await owner.SignInAsync("owner@demo.test", "/settings/team");
        await owner.Page.Locator("[data-testid=member][data-email='agent@demo.test']").GetByTestId("member-remove").ClickAsync();
        var confirm = owner.Page.Locator(".mud-dialog .btn.danger");
        await Assertions.Expect(confirm).ToBeVisibleAsync();

        await agent.Page.EvaluateAsync(WatchForNothing);
        await owner.Page.EvaluateAsync(NoteThePress);
        await confirm.ClickAsync();
        var gone = await agent.Page.EvaluateAsync<double>("window.gone");
        var pressed = await owner.Page.EvaluateAsync<double>("window.pressed");
        TestContext.Current.TestOutputHelper?.WriteLine($"from the owner's press to nothing in the agent's tab: {gone - pressed:0} ms");
        Assert.InRange(gone - pressed, 0, Limit);

        // Nothing of the conversation is left beside it either, and a fresh look shows no more.
        await Assertions.Expect(agent.Find("composer")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Page.Locator(".pane-ctx section")).ToHaveCountAsync(0);
        await agent.GoAsync("/inbox");
        await Assertions.Expect(agent.Find("conversation-row")).ToHaveCountAsync(0);
        await Assertions.Expect(owner.Page.Locator("[data-testid=member][data-email='agent@demo.test']")).ToHaveCountAsync(0);
        Assert.Empty(agent.Complaints);
        Assert.Empty(owner.Complaints);
        Assert.Empty(app.Errors());
    }

    [Fact]
    public async Task Who_signs_out_in_one_tab_is_out_in_all_within_two_seconds()
    {
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("support@demo.test");
        await Assertions.Expect(window.Find("conversation-row").First).ToBeVisibleAsync();
        var other = await window.OpenTabAsync("/settings/profile");
        await Assertions.Expect(other.GetByTestId("session").First).ToBeVisibleAsync();

        var left = window.Page.WaitForURLAsync("**/sign-in?*");
        var pressed = await other.EvaluateAsync<double>("Date.now()");
        await other.GotoAsync("/sign-out");
        await other.GetByTestId("sign-out-submit").Or(other.GetByTestId("sign-in-submit")).First.WaitForAsync();
        if (await other.GetByTestId("sign-out-submit").CountAsync() > 0)
        {
            pressed = await other.EvaluateAsync<double>("Date.now()");
            await other.GetByTestId("sign-out-submit").ClickAsync();
        }

        await left;
        var gone = await window.Page.EvaluateAsync<double>("performance.timeOrigin");
        TestContext.Current.TestOutputHelper?.WriteLine($"from the press to the sign-in page of the other tab: {gone - pressed:0} ms");
        Assert.InRange(gone - pressed, 0, Limit);
    }

    /// <summary>Notes the moment from which no row, no message and no reply box is in the page.</summary>
    private const string WatchForNothing =
        """
        () => { window.gone = new Promise(done => {
          const look = () => { if (!document.querySelector('[data-testid=conversation-row], [data-testid=message], [data-testid=composer], .pane-ctx section'))
            { watch.disconnect(); done(Date.now()); } };
          const watch = new MutationObserver(look);
          watch.observe(document.body, { childList: true, subtree: true });
          look();
        }); }
        """;

    private const string NoteThePress = "() => document.addEventListener('click', () => { window.pressed = Date.now(); }, { capture: true, once: true })";
}
