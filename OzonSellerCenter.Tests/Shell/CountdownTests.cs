using Microsoft.Playwright;
using OzonSellerCenter.Tests.EndToEnd;

namespace OzonSellerCenter.Tests.Shell;

/// <summary>The browser's clocks: words, steps of urgency and shapes in the three languages.</summary>
[Trait("Needs", "Browser")]
public sealed class CountdownTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;

    [Theory]
    [InlineData("ru", 67 * Hour, "calm", "2~д~19~ч")]
    [InlineData("ru", 2 * Hour + 1, "calm", "2~ч")]
    [InlineData("ru", 2 * Hour - 1, "soon", "1~ч~59~мин")]
    [InlineData("ru", 30 * Minute, "urgent", "30~мин")]
    [InlineData("ru", 59, "urgent", "<~1~мин")]
    [InlineData("ru", -42 * Minute, "over", "просрочка~42~мин")]
    [InlineData("en", 102 * Minute, "soon", "1~h~42")]
    [InlineData("en", 65 * Minute, "soon", "1~h~05")]
    [InlineData("en", -42 * Minute, "over", "42~min~late")]
    [InlineData("zh-Hans", 200 * Minute, "calm", "3~小时~20~分")]
    [InlineData("zh-Hans", -42 * Minute, "over", "超时~42~分")]
    public async Task A_clock_says_how_much_is_left(string language, int secondsLeft, string step, string words)
    {
        await using var window = await OpenAsync(language);
        await AddAsync(window, $"due='${{now + {secondsLeft} * 1000}}' start='${{now - 14400000}}'");
        var chip = window.Page.Locator("due-chip");
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", step);
        Assert.Equal(words.Replace('~', '\u00a0'), await chip.TextContentAsync());
    }

    [Theory, InlineData("met", "met", "вовремя"), InlineData("late", "late", "с опозданием"), InlineData("paused", "paused", "пауза"), InlineData("closed", "shut", "окно закрыто")]
    public async Task A_clock_that_stands_says_why(string state, string step, string words)
    {
        await using var window = await OpenAsync("ru");
        await AddAsync(window, $"due='${{now}}' state='{state}'");
        await Assertions.Expect(window.Page.Locator("due-chip")).ToHaveAttributeAsync("data-step", step);
        await Assertions.Expect(window.Page.Locator("due-chip")).ToHaveTextAsync(words);
    }

    [Fact]
    public async Task A_clock_turns_by_itself_when_the_servers_clock_moves_on()
    {
        await using var window = await OpenAsync("ru");
        await AddAsync(window, "due='${now + 3600000}' start='${now}' about='первый ответ'");
        var chip = window.Page.Locator("due-chip");
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "soon");
        await MoveAsync(window, 45);
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "urgent");
        await Assertions.Expect(chip).ToHaveAttributeAsync("aria-label", "первый ответ: осталось 15\u00a0мин");
        await MoveAsync(window, 20);
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "over");
        await MoveAsync(window, -65);
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "soon");
    }

    [Fact]
    public async Task A_clock_of_ours_shows_that_it_stands_and_runs_on_by_itself()
    {
        await using var window = await OpenAsync("ru");
        await AddAsync(window, "due='${now + 7200000}' start='${now}' stands='${now - 1}-${now + 1800000} ${now + 5400000}-${now + 6000000}'");
        var chip = window.Page.Locator("due-chip");
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "paused");
        await MoveAsync(window, 31);
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "soon");
        await MoveAsync(window, 61);
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "paused");
        await MoveAsync(window, 10);
        await Assertions.Expect(chip).ToHaveAttributeAsync("data-step", "urgent");
    }

    [Fact]
    public async Task Seconds_run_only_where_they_are_asked_for_and_only_at_the_end()
    {
        await using var window = await OpenAsync("ru");
        await AddAsync(window, "due='${now + 581000}' start='${now}' seconds");
        await Assertions.Expect(window.Page.Locator("due-chip")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^9:4[01]$"));
    }

    private async Task<Window> OpenAsync(string language)
    {
        var window = await browser.OpenAsync(app);
        await window.Page.GotoAsync("/sign-in");
        var script = new Uri(app.Address, "/assets/js/due-chip.js");
        // Time stands still, so that a slow machine reads the same minute.
        await window.Page.EvaluateAsync("([lang, script]) => { document.documentElement.lang = lang; const at = Date.now(); Date.now = () => at; return import(script); }",
            new[] { language, script.ToString() });
        return window;
    }

    private static async Task AddAsync(Window window, string attributes) =>
        await window.Page.EvaluateAsync($"() => {{ const now = q.serverNow(); document.getElementById('main').innerHTML = `<due-chip {attributes}></due-chip>`; }}");

    private static async Task MoveAsync(Window window, int minutes) =>
        await window.Page.EvaluateAsync("minutes => q.setServerTime(q.serverNow() + minutes * 60000)", minutes);
}
