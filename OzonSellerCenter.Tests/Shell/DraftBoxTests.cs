using Microsoft.Playwright;
using OzonSellerCenter.Tests.EndToEnd;

namespace OzonSellerCenter.Tests.Shell;

/// <summary>The reply box's script alone, with a stand-in for the server: what is typed is never lost and never sent twice.</summary>
[Trait("Needs", "Browser")]
public sealed class DraftBoxTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    [Fact]
    public async Task What_was_typed_outlives_the_page_even_when_the_server_never_heard_of_it()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "", down: true);
        await box.PressSequentiallyAsync("Здравствуйте");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "local");
        var key = await window.Page.EvaluateAsync<string>("box.sendKey()");

        box = await AttachAsync(window, serverText: "", down: true);
        await Assertions.Expect(box).ToHaveValueAsync("Здравствуйте");
        Assert.Equal(key, await window.Page.EvaluateAsync<string>("box.sendKey()"));
    }

    [Fact]
    public async Task The_server_hears_of_it_once_after_a_pause_not_at_every_key()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "");
        await box.PressSequentiallyAsync("Добрый день");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "saved");
        Assert.Equal(["SaveDraftAsync:Добрый день"], await CallsAsync(window));
    }

    [Fact]
    public async Task Without_a_line_it_waits_and_goes_to_the_server_when_the_line_is_back()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "", down: true);
        await box.FillAsync("Ответ");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "local");
        await window.Page.EvaluateAsync("() => { window.down = false; dispatchEvent(new Event('q:online')); }");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "saved");
    }

    [Fact]
    public async Task The_text_stays_until_the_server_has_it_and_a_repeated_send_has_the_same_key()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "Готово");
        await box.PressAsync("Control+Enter");
        await box.PressAsync("Control+Enter");
        await Assertions.Expect(box).ToHaveValueAsync("Готово");
        var sent = (await CallsAsync(window)).Where(c => c.StartsWith("SendAsync", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, sent.Count);
        Assert.Equal(sent[0], sent[1]);

        await window.Page.EvaluateAsync("box.clear('Готово')");
        await Assertions.Expect(box).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_box_that_is_attached_again_sends_once()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "Готово", times: 3);
        await box.PressAsync("Control+Enter");
        Assert.Single(await CallsAsync(window), c => c.StartsWith("SendAsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_a_thousand_characters_are_not_sent()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "");
        await box.FillAsync(new string('а', 950));
        await Assertions.Expect(window.Page.Locator("[data-count]")).ToHaveClassAsync("soon");
        await box.FillAsync(new string('а', 1001));
        await Assertions.Expect(window.Page.Locator("[data-count]")).ToHaveClassAsync("over");
        await box.PressAsync("Control+Enter");
        Assert.DoesNotContain(await CallsAsync(window), c => c.StartsWith("SendAsync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_before_the_script_was_there_stays_behind_the_draft()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "Добрый день!", typedEarly: "Проверим");
        await Assertions.Expect(box).ToHaveValueAsync("Добрый день!\nПроверим");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "saved");
        Assert.Equal(["SaveDraftAsync:Добрый день!\nПроверим"], await CallsAsync(window));
    }

    private async Task<ILocator> AttachAsync(Window window, string serverText, bool down = false, int times = 1, string typedEarly = "")
    {
        await window.Page.GotoAsync("/sign-in");
        await window.Page.EvaluateAsync("""
            async ([script, text, down, times, early]) => {
                window.down = down;
                window.calls = [];
                const dotnet = { async invokeMethodAsync(name, ...args) { if (window.down) throw new Error('no line'); window.calls.push(name + ':' + args.join(':')); } };
                document.getElementById('main').innerHTML = '<div id="root"><textarea data-box data-testid="composer"></textarea><span data-count></span></div>';
                document.querySelector('[data-box]').value = early;
                const drafts = await import(script);
                for (let i = 0; i < times; i++) {
                    window.box = drafts.attach(document.getElementById('root'), dotnet, { key: 'u7:42', text, savedAt: 1, pause: 300 });
                }
            }
            """, new object[] { new Uri(app.Address, "/assets/js/drafts.js").ToString(), serverText, down, times, typedEarly });
        return window.Find("composer");
    }

    private static Task<string[]> CallsAsync(Window window) => window.Page.EvaluateAsync<string[]>("window.calls");
}
