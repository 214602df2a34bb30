using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Deadlines;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Stores;

public sealed class StoreHoursScreenTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public StoreHoursScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hours_are_off_until_the_owner_sets_them_and_come_back_as_they_were_understood()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = WindowOf(test);
        var card = window.Render<StoreHours>(p => p.Add(c => c.StoreId, test.StoreId));
        Assert.Contains("counts as always working", card.Markup, StringComparison.Ordinal);
        Assert.Contains("answered by 19:00", card.Find("[data-testid=hours-preview]").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("#hours-0"));

        card.Find("[data-testid=hours-on]").Change(true);
        Assert.Equal(
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            card.FindAll(".week label").Select(l => l.TextContent));
        card.Find("#hours-1").Change("9-13, 12-16");
        card.Find("#hours-new-day").Change("2026-11-25");
        await card.FindAll("button").Single(b => b.TextContent == "Add the day").ClickAsync();
        Assert.Contains("25 November 2026", card.Find("[data-testid=hours-exception]").TextContent, StringComparison.Ordinal);
        await card.Find("form").SubmitAsync();

        // 15:00 on Tuesday in Moscow: an hour left, Wednesday is closed.
        Assert.Contains("answered by 26\u00a0November, 12:00", card.Find("[data-testid=hours-preview]").TextContent, StringComparison.Ordinal);
        Assert.Equal("09:00–16:00", card.Find("#hours-1").GetAttribute("value"));
        Assert.Contains("Saved.", card.Markup, StringComparison.Ordinal);

        test.Time.Advance(TimeSpan.FromSeconds(1));
        await card.Find("button[aria-label='Remove Wednesday, 25 November 2026']").ClickAsync();
        await card.Find("form").SubmitAsync();
        Assert.Contains("answered by 25\u00a0November, 12:00", card.Find("[data-testid=hours-preview]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_said_beside_its_day_and_nothing_is_saved()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = WindowOf(test);
        var card = window.Render<StoreHours>(p => p.Add(c => c.StoreId, test.StoreId));
        card.Find("[data-testid=hours-on]").Change(true);
        card.Find("#hours-2").Change("9-9");
        card.Find("#hours-4").Change("nine to five");
        await card.Find("form").SubmitAsync();
        Assert.Equal("true", card.Find("#hours-2").GetAttribute("aria-invalid"));
        Assert.Contains("Start and end are the same", card.Find("#hours-2-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("09:00–18:00", card.Find("#hours-4-error").TextContent, StringComparison.Ordinal);
        Assert.Same(HouseTime.Always, (await test.Db.Services.GetRequiredService<Rulebook>().ForAsync(test.StoreId, Ct)).HouseTimeAt(Noon));
    }

    [Fact]
    public async Task Moving_the_clocks_to_new_hours_is_no_line_among_the_data_of_the_store()
    {
        await using var window = new BunitContext();
        window.Services.AddLocalization();
        window.Services.AddSingleton<TimeProvider>(TimeProvider.System);
        SyncLine[] lines = [new("rules", null, 0, null, null, null, null), new("chats", Noon, 5, 5, Noon, null, null)];
        var list = window.Render<SyncLines>(p => p.Add(l => l.Lines, lines));
        Assert.Single(list.FindAll("[data-testid=sync-line]"));
        Assert.Empty(window.Render<SyncLines>(p => p.Add(l => l.Lines, lines[..1])).Markup.Trim());
    }

    [Fact]
    public async Task Clocks_are_paused_with_a_reason_and_go_on_again()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = WindowOf(test);
        var card = window.Render<StorePauses>(p => p.Add(c => c.StoreId, test.StoreId));
        await card.Find("form").SubmitAsync();
        Assert.Contains("Give a reason", card.Find("#pause-error").TextContent, StringComparison.Ordinal);
        card.Find("#pause-until").Change("2026-11-25T09:00:00");
        card.Find("#pause-reason").Change("stocktaking");
        await card.Find("form").SubmitAsync();
        Assert.Contains("15:00 – 25 November, 09:00: stocktaking", card.Find("[data-testid=clock-pause]").TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
        await card.Find("[data-testid=clock-pause] button").ClickAsync();
        Assert.Contains("Our clocks are running.", card.Markup, StringComparison.Ordinal);
    }

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    private static BunitContext WindowOf(ClockTest test)
    {
        var window = AlertScreens.WindowOf(test, test.Owner);
        window.Services.AddSingleton(test.Db.Services.GetRequiredService<WorkingHoursQueries>());
        window.Services.AddSingleton(test.Db.Services.GetRequiredService<WorkingHoursActions>());
        return window;
    }
}
