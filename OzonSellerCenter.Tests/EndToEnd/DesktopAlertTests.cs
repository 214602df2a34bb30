using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>Notifications outside the page, as a person has them: asked for once, one for each stage however many tabs are open, also while the
/// page's line to the server is down.</summary>
[Trait("Needs", "Browser"), Trait("Kind", "Long")]
public sealed partial class DesktopAlertTests(Browser browser)
{
    [Fact]
    public async Task A_notification_comes_while_the_circuit_is_cut_once_over_two_tabs_and_leads_to_the_conversation()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        var cut = await PrepareAsync(app, agent);
        await SwitchOnAsync(agent);
        var second = await agent.Page.Context.NewPageAsync();
        await second.GotoAsync("/inbox");
        await Assertions.Expect(second.GetByTestId("connection-badge").First).ToHaveAttributeAsync("state", "live");
        await agent.GoAsync("/inbox?sort=newest");
        await app.Sandbox.BuyerWritesAsync("Жду ответа весь день");
        await Assertions.Expect(agent.Find("conversation-row").Filter(new() { HasText = "весь день" })).ToBeVisibleAsync();

        await ForgetAsync(agent.Page, second);
        await cut.CutAsync();
        await Assertions.Expect(agent.Find("connection-badge").First).ToHaveAttributeAsync("state", "offline");
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(121));
        await ToldAsync(1);
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(60));
        var told = await ToldAsync(2);
        Assert.All(told, title => Assert.Contains("ответить до", title, StringComparison.Ordinal));

        // Pressed while the page has no circuit: the page is loaded anew, and by then it is back.
        var leader = (await Titles(second)).Count > 0 ? second : agent.Page;
        Assert.Equal(2, (await Titles(leader)).Count);
        cut.Mend();
        await leader.EvaluateAsync("window.notices.at(-1).onclick()");
        await Assertions.Expect(leader.GetByTestId("message").Filter(new() { HasText = "весь день" })).ToBeVisibleAsync();

        async Task<List<string>> NoticesAsync() => [.. await Titles(agent.Page), .. await Titles(second)];

        async Task<List<string>> ToldAsync(int count)
        {
            await Sandbox.Wait.ForAsync(async () => (await NoticesAsync()).Count >= count);
            return await NoticesAsync();
        }
    }

    [Fact]
    public async Task Fourteen_alerts_at_once_are_one_notification_and_one_toast()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await PrepareAsync(app, agent);
        await SwitchOnAsync(agent);
        await agent.GoAsync("/inbox?sort=newest");
        for (var i = 0; i < 14; i++) await app.Sandbox.BuyerWritesAsync($"Вопрос {i}");
        await Assertions.Expect(agent.Find("conversation-row").Filter(new() { HasText = "Вопрос 13" })).ToBeVisibleAsync();
        await ForgetAsync(agent.Page);
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(121));
        await Sandbox.Wait.ForAsync(async () => (await Titles(agent.Page)).Count > 0);
        Assert.Matches(Many(), Assert.Single(await Titles(agent.Page)));
        await Assertions.Expect(agent.Find("alert-toast")).ToHaveCountAsync(1);
        await Assertions.Expect(agent.Find("alert-toast")).ToHaveTextAsync(Many());
    }

    private static async Task ForgetAsync(params IPage[] pages)
    {
        foreach (var page in pages) await page.EvaluateAsync("() => { window.notices.length = 0; }");
    }

    /// <summary>Permission as the person gave it, and a list of the notifications instead of the system's own. What the shop starts with is
    /// imported and, four days on, has said all it has to say: only the test's own messages have clocks that speak.</summary>
    private static async Task<Line> PrepareAsync(SellerApp app, Window window)
    {
        await window.Page.Context.GrantPermissionsAsync(["notifications"]);
        await window.Page.Context.AddInitScriptAsync(
            """
            window.notices = [];
            const Real = window.Notification;
            window.Notification = class {
              constructor(title, options) { Object.assign(this, options, { title }); window.notices.push(this); }
              static get permission() { return Real.permission; }
              static requestPermission() { return Real.requestPermission(); }
              close() {}
            };
            """);
        await window.SignInAsync(path: "/settings/store");
        await Assertions.Expect(window.Find("sync-line").Filter(new() { HasText = "актуально на" })).ToHaveCountAsync(2);
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(4));
        await Assertions.Expect(window.Find("alert-bell")).ToHaveAttributeAsync("aria-label", new Regex("[1-9]"));
        var line = await Line.OfAsync(window);
        await window.GoAsync("/settings/alerts");
        return line;
    }

    private static async Task SwitchOnAsync(Window window)
    {
        await Assertions.Expect(window.Find("alert-permission")).ToHaveAttributeAsync("data-state", "granted");
        await window.Find("desktop-FirstAnswer").CheckAsync();
        await window.Find("save-alert-settings").ClickAsync();
        await Assertions.Expect(window.Find("alert-settings").GetByRole(AriaRole.Status)).ToContainTextAsync("Сохранено");
    }

    private static async Task<List<string>> Titles(IPage page) => [.. await page.EvaluateAsync<string[]>("(window.notices ?? []).map(n => n.title)")];

    [GeneratedRegex(@"\b14 разговоров: ответить в течение")]
    private static partial Regex Many();
}
