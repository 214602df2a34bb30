using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>Every screen, light and dark, wide and on a phone: usable for everybody, quiet, and asking nobody else.</summary>
[Trait("Needs", "Browser")]
public sealed class ScreenTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    private static readonly string[] Pages =
        ["/inbox", "/inbox/first", "/inbox?q=djpdhfn", "/due", "/orders", "/orders/tracking", "/orders/unpaid", "/returns", "/refunds", "/disputes", "/disputes/help", "/support", "/support?queue=cases", "/support/figures", "/returns/policy", "/insights/refunds", "/insights/refunds?by=week", "/settings/store", "/settings/team", "/settings/proactive", "/settings/alerts", "/settings/keys", "/settings/profile"];

    public static TheoryData<bool, int> Looks => new() { { false, 1280 }, { true, 1280 }, { false, 360 }, { true, 360 } };

    [Theory, MemberData(nameof(Looks))]
    public async Task No_screen_has_a_serious_barrier(bool dark, int width)
    {
        await using var window = await browser.OpenAsync(app, width: width, dark: dark);
        var look = $"{(dark ? "dark" : "light")}-{width}";
        await window.Page.GotoAsync("/sign-in");
        var barriers = await BarriersAsync(window, "/sign-in", look);
        await window.SignInAsync("owner@demo.test");
        var first = await FirstConversationAsync(window);
        foreach (var page in Pages)
        {
            var path = page.Replace("first", first, StringComparison.Ordinal);
            await window.GoAsync(path);
            barriers.AddRange(await BarriersAsync(window, path, look));
        }

        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        window.AssertClean();
    }

    [Fact]
    public async Task Nothing_sticks_out_sideways_on_a_phone()
    {
        await using var window = await browser.OpenAsync(app, width: 360);
        await window.SignInAsync("owner@demo.test");
        var first = await FirstConversationAsync(window);
        foreach (var page in Pages)
        {
            await window.GoAsync(page.Replace("first", first, StringComparison.Ordinal));
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"), $"{page} is wider than the phone");
        }
    }

    internal static async Task<string> FirstConversationAsync(Window window)
    {
        var row = window.Find("conversation-row").First;
        await Assertions.Expect(row).ToBeVisibleAsync();
        return (await row.GetAttributeAsync("data-conversation-id"))!;
    }

    private static async Task<List<string>> BarriersAsync(Window window, string path, string look)
    {
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await window.ShootAsync($"{path.Trim('/').Replace('/', '-')}-{look}");
        var result = await window.Page.RunAxe();
        return [.. result.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{path} {look}: {v.Id} ({v.Impact}) {n.Html}"))];
    }
}
