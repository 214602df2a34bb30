using System.Globalization;
using Bunit;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

/// <summary>The bell's groups and log, the joining of toasts, and the settings of alerts.</summary>
public sealed class AlertSettingsScreenTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public AlertSettingsScreenTests() => Speak("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-GB", 14, "14 conversations due within 2\u00a0h")]
    [InlineData("ru", 14, "14 разговоров: ответить в течение 2\u00a0ч")]
    [InlineData("ru", 3, "3 разговора: ответить в течение 2\u00a0ч")]
    [InlineData("ru", 21, "21 разговор: ответить в течение 2\u00a0ч")]
    [InlineData("zh-Hans", 14, "14 个会话要在 2\u00a0小时内回复")]
    public async Task Alerts_that_come_together_are_one_line_in_the_bell_that_opens(string language, int count, string headline)
    {
        Speak(language);
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        for (var i = 0; i < count; i++) await test.WroteAsync($"Buyer {i}", TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        var bell = window.Render<AlertBell>();
        await bell.Find("[data-testid=alert-bell]").ClickAsync();
        bell.WaitForState(() => bell.FindAll("li.group").Count == 1, Limit);
        Assert.Contains(headline.Replace('\u00a0', ' '), bell.Find("li.group summary").TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal(count, bell.FindAll("li.group li.unread").Count);
    }

    [Fact]
    public async Task The_bell_says_why_an_alert_was_heard_or_not()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await AlertSettingsTests.ChooseAsync(test, test.Owner, k => k.Desktop = true, s => (s.IsQuiet, s.QuietHours) = (true, "14-16"));
        await test.WroteAsync("Anna", TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var bell = window.Render<AlertBell>();
        await bell.Find("[data-testid=alert-bell]").ClickAsync();
        bell.WaitForState(() => bell.FindAll("[data-testid=alert-why]").Count == 1, Limit);
        await bell.Find("[data-testid=alert-why]").ClickAsync();
        bell.WaitForState(() => bell.FindAll("[data-testid=alert-log] li").Count == 4, Limit);
        Assert.Equal(
            [
                "Raised at 15:00, stage: 2\u00a0h", "On the page: not shown, no window of yours was in front", "On the desktop: silent, your quiet hours",
                "Sound: switched off for this kind of deadline",
            ],
            bell.FindAll("[data-testid=alert-log] li").Select(l => l.TextContent));
        await bell.Find("[data-testid=alert-why]").ClickAsync();
        Assert.Empty(bell.FindAll("[data-testid=alert-log]"));
    }

    [Fact]
    public async Task What_comes_in_quick_succession_joins_the_toast_that_stands()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var toasts = window.Render<AlertToasts>();
        await test.WroteAsync("Anna", TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        toasts.WaitForState(() => toasts.Markup.Contains("Anna", StringComparison.Ordinal), Limit);
        test.Time.Advance(TimeSpan.FromSeconds(5));
        await test.WroteAsync("Boris", TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        toasts.WaitForState(() => toasts.Markup.Contains("2 conversations due within", StringComparison.Ordinal), Limit);
        var toast = Assert.Single(toasts.FindAll("[data-testid=alert-toast]"));
        Assert.Equal("2", toast.GetAttribute("data-count"));
        Assert.Equal("/due", toast.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_choice_is_saved_and_starts_what_tells_alerts_outside_the_page_in_every_window()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var other = AlertScreens.WindowOf(test, test.Owner);
        var desktop = other.Render<DesktopAlerts>();
        Assert.Empty(other.JSInterop.Invocations["import"]);

        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var form = window.Render<AlertSettingsForm>(p => p.Add(f => f.Zones, [("Asia/Shanghai", "Шанхай")]));
        form.WaitForState(() => form.FindAll("[data-testid=desktop-FirstAnswer]").Count == 1, Limit);
        form.Find("[data-testid=desktop-FirstAnswer]").Change(true);
        form.Find("#more-FirstAnswer").Change("45");
        await form.Find("form").SubmitAsync();
        form.WaitForState(() => form.Markup.Contains("Saved.", StringComparison.Ordinal), Limit);
        await ClockTest.UntilAsync(() => IsCalledAsync("start"), "the script in the other window");

        form.Find("[data-testid=desktop-FirstAnswer]").Change(false);
        await form.Find("form").SubmitAsync();
        await ClockTest.UntilAsync(() => IsCalledAsync("stop"), "its end there");
        Assert.Equal("45", (await AlertSettingsTests.SettingsAsync(test, test.Owner)).Kinds.Single(k => k.Kind == DeadlineKind.FirstAnswer).More);

        // On the window's own thread, for it notes calls meanwhile.
        Task<bool> IsCalledAsync(string script) => desktop.InvokeAsync(() => other.JSInterop.Invocations.Any(i => i.Identifier == script));
    }

    [Fact]
    public async Task What_makes_no_sense_is_said_beside_the_field_and_nothing_is_saved()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var form = window.Render<AlertSettingsForm>(p => p.Add(f => f.Zones, []));
        form.WaitForState(() => form.FindAll("#more-FirstAnswer").Count == 1, Limit);
        form.Find("#more-FirstAnswer").Change("soon");
        await form.Find("form").SubmitAsync();
        Assert.Contains("whole minutes", form.Find("#more-FirstAnswer-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("", (await AlertSettingsTests.SettingsAsync(test, test.Owner)).Kinds[0].More);
    }

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    private static void Speak(string language) => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
}
