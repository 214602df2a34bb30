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

    [Fact]
    public async Task What_was_typed_into_a_box_without_its_script_outlives_the_page()
    {
        await using var window = await browser.OpenAsync(app);
        await (await AttachAsync(window, serverText: "", times: 0)).PressSequentiallyAsync("Зав");
        await (await AttachAsync(window, serverText: "", times: 0)).PressSequentiallyAsync("тра");
        var box = await AttachAsync(window, serverText: "Добрый день!");
        await Assertions.Expect(box).ToHaveValueAsync("Добрый день!\nЗав\nтра");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "saved");

        // Taken over once: the next page has it as its draft and nothing twice.
        box = await AttachAsync(window, serverText: "");
        await Assertions.Expect(box).ToHaveValueAsync("Добрый день!\nЗав\nтра");
    }

    [Fact]
    public async Task Words_typed_before_the_script_never_push_out_the_draft_that_only_this_browser_has()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "", down: true);
        await box.FillAsync("Нигде больше");
        await Assertions.Expect(window.Page.Locator("#root")).ToHaveAttributeAsync("data-draft", "local");
        var key = await window.Page.EvaluateAsync<string>("box.sendKey()");
        await (await AttachAsync(window, serverText: "", times: 0)).FillAsync("и это");

        box = await AttachAsync(window, serverText: "", down: true);
        await Assertions.Expect(box).ToHaveValueAsync("Нигде больше\nи это");
        Assert.Equal(key, await window.Page.EvaluateAsync<string>("box.sendKey()"));
    }

    [Fact]
    public async Task The_script_takes_over_what_stands_in_the_box_not_an_older_copy_of_it()
    {
        await using var window = await browser.OpenAsync(app);
        var box = await AttachAsync(window, serverText: "", times: 0);
        await box.PressSequentiallyAsync("Завтра");
        await box.PressAsync("Backspace");
        await window.Page.EvaluateAsync("attachBox()");
        await box.PressSequentiallyAsync("ом");
        await Assertions.Expect(box).ToHaveValueAsync("Завтром");

        box = await AttachAsync(window, serverText: "", down: true);
        await Assertions.Expect(box).ToHaveValueAsync("Завтром");
    }

    [Fact]
    public async Task Words_no_script_took_over_are_kept_when_old_drafts_are_forgotten()
    {
        await using var window = await browser.OpenAsync(app);
        await (await AttachAsync(window, serverText: "", times: 0)).FillAsync("Завтра");
        await window.Page.EvaluateAsync("script => import(script).then(drafts => drafts.tidy('u8'))", ScriptUrl);
        await Assertions.Expect(await AttachAsync(window, serverText: "")).ToHaveValueAsync("Завтра");
    }

    private string ScriptUrl => new Uri(app.Address, "/assets/js/drafts.js").ToString();

    private async Task<ILocator> AttachAsync(Window window, string serverText, bool down = false, int times = 1, string typedEarly = "")
    {
        await window.Page.GotoAsync("/sign-in");
        await window.Page.EvaluateAsync("""
            async ([script, text, down, times, early]) => {
                window.down = down;
                window.calls = [];
                const dotnet = { async invokeMethodAsync(name, ...args) { if (window.down) throw new Error('no line'); window.calls.push(name + ':' + args.join(':')); } };
                document.getElementById('main').innerHTML = '<div id="root"><textarea data-box data-draft-key="u7:42" data-testid="composer"></textarea><span data-count></span></div>';
                document.querySelector('[data-box]').value = early;
                const drafts = await import(script);
                window.attachBox = () => (window.box = drafts.attach(document.getElementById('root'), dotnet, { key: 'u7:42', text, savedAt: 1, pause: 300 }));
                for (let i = 0; i < times; i++) attachBox();
            }
            """, new object[] { ScriptUrl, serverText, down, times, typedEarly });
        return window.Find("composer");
    }

    private static Task<string[]> CallsAsync(Window window) => window.Page.EvaluateAsync<string[]>("window.calls");
}
