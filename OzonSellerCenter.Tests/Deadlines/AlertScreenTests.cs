using System.Globalization;
using Bunit;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

public sealed class AlertScreenTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public AlertScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bell_counts_lists_and_marks_as_read_and_an_answer_empties_it()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var bell = window.Render<AlertBell>();
        Assert.Equal("Alerts, nothing new", bell.Find("[data-testid=alert-bell]").GetAttribute("aria-label"));

        var first = await test.WroteAsync("Anna", TimeSpan.FromHours(2));
        await test.WroteAsync("Boris", TimeSpan.FromHours(3));
        await test.Watch.RaiseAllDueAsync(Ct);
        bell.WaitForAssertion(() => Assert.Equal("Alerts, 2 new", bell.Find("[data-testid=alert-bell]").GetAttribute("aria-label")), Limit);

        await bell.Find("[data-testid=alert-bell]").ClickAsync();
        bell.WaitForState(() => bell.FindAll("li.unread").Count == 2, Limit);
        Assert.Contains("Boris: answer by 16:00", bell.Markup, StringComparison.Ordinal);
        Assert.Equal($"/inbox/{first}", bell.FindAll("li a").Single(a => a.TextContent.Contains("Anna", StringComparison.Ordinal)).GetAttribute("href"));

        await test.SayAsync(first, MessageAuthor.Seller, test.Now, MessageState.Sent);
        bell.WaitForState(() => bell.FindAll("li.unread").Count == 1, Limit);
        await bell.FindAll("button").Single(b => b.TextContent == "Mark all read").ClickAsync();
        bell.WaitForState(() => bell.FindAll("li").Count == 0, Limit);
        Assert.Contains("Nothing unread", bell.Markup, StringComparison.Ordinal);
        await bell.FindAll("button").Single(b => b.TextContent == "All").ClickAsync();
        bell.WaitForState(() => bell.FindAll("li").Count == 2, Limit);
    }

    [Fact]
    public async Task A_toast_comes_once_per_person_with_the_most_urgent_first_and_goes_when_hidden()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var one = AlertScreens.WindowOf(test, test.Owner);
        await using var two = AlertScreens.WindowOf(test, test.Owner);
        var (left, right) = (one.Render<AlertToasts>(), two.Render<AlertToasts>());
        await test.WroteAsync("Anna", TimeSpan.FromHours(2));
        await test.WroteAsync("Boris", TimeSpan.FromHours(4));
        await test.WroteAsync("Clara", TimeSpan.FromHours(3));
        await test.Watch.RaiseAllDueAsync(Ct);
        await ClockTest.UntilAsync(() => Task.FromResult(Toasts(left) + Toasts(right) > 0), "a toast in one of the windows");
        Assert.Equal(1, Toasts(left) + Toasts(right));
        var shown = Toasts(left) == 1 ? left : right;
        var toast = shown.Find("[data-testid=alert-toast]");
        Assert.Equal("alert", toast.GetAttribute("role"));
        Assert.Contains("3 conversations due within 2\u00a0h, 1 of them overdue", toast.TextContent, StringComparison.Ordinal);
        Assert.Contains("Boris: answer was due at 15:00", toast.TextContent, StringComparison.Ordinal);

        await shown.Find("button[aria-label='Hide this alert']").ClickAsync();
        shown.WaitForState(() => Toasts(shown) == 0, Limit);
        Assert.Empty(await test.Alerts.ClaimToastAsync(test.Owner, Ct));
    }

    [Fact]
    public async Task No_more_than_two_toasts_stand_at_once()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var toasts = window.Render<AlertToasts>();
        foreach (var buyer in new[] { "Anna", "Boris", "Clara" })
        {
            await test.WroteAsync(buyer, TimeSpan.FromHours(2));
            await test.Watch.RaiseAllDueAsync(Ct);
            toasts.WaitForState(() => toasts.Markup.Contains(buyer, StringComparison.Ordinal), Limit);
            test.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, Toasts(toasts));
        Assert.DoesNotContain("Anna", toasts.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tab_in_the_background_leaves_the_toast_to_the_one_in_front()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var toasts = window.Render<AlertToasts>();
        await toasts.InvokeAsync(() => toasts.Instance.OnVisibleAsync(false));
        await test.WroteAsync("Anna", TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        await toasts.InvokeAsync(() => toasts.Instance.OnVisibleAsync(true));
        toasts.WaitForState(() => Toasts(toasts) == 1, Limit);
    }

    [Fact]
    public async Task The_page_of_what_is_due_puts_clocks_in_bands_and_follows_changes()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var page = window.Render<DuePage>();
        page.WaitForState(() => page.Markup.Contains("Nobody waits for an answer.", StringComparison.Ordinal), Limit);

        var late = await test.WroteAsync("Anna", TimeSpan.FromHours(5));
        await test.WroteAsync("Boris", TimeSpan.FromMinutes(220));
        await test.WroteAsync("Clara", TimeSpan.FromMinutes(150));
        page.WaitForState(() => page.FindAll(".due").Count == 9, Limit);
        Assert.Equal(
            ["Late: 1", "Within 30\u00a0min: 1", "Within 2\u00a0h: 1", "Later: 6"], page.FindAll("h2").Select(h => h.TextContent));
        var first = page.FindAll(".due")[0];
        Assert.Equal($"/inbox/{late}", first.GetAttribute("href"));
        Assert.Contains("first answer, 4\u00a0h", first.TextContent, StringComparison.Ordinal);

        await test.SayAsync(late, MessageAuthor.Seller, test.Now, MessageState.Sent);
        page.WaitForState(() => page.FindAll(".due").Count == 6, Limit);
    }

    [Fact]
    public async Task The_track_shows_whose_clock_each_is_and_explains_it_on_demand()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var window = AlertScreens.WindowOf(test, test.Owner);
        var id = await test.WroteAsync("Anna", TimeSpan.FromHours(1));
        var track = window.Render<TimeTrack>(p => p
            .Add(t => t.Subject, ConversationClocks.SubjectOf(id))
            .Add(t => t.Why, ct => test.Clocks.WhyAsync(test.Owner, id, ct)));
        track.WaitForState(() => track.FindAll(".lab").Count == 3, Limit);
        Assert.Equal(["House", "Ozon", "Ozon"], track.FindAll(".who").Select(w => w.TextContent));
        Assert.Contains("48\u00a0h window", track.Markup, StringComparison.Ordinal);

        await track.Find("button[data-command=why]").ClickAsync();
        track.WaitForState(() => track.FindAll(".why-time li").Count == 6, Limit);
        Assert.Contains("rating_replied_dialogs_ratio", track.Find(".why-time").TextContent, StringComparison.Ordinal);
        Assert.Contains("first answer, ends at 18:00", track.Find(".why-time").TextContent, StringComparison.Ordinal);

        await test.SayAsync(id, MessageAuthor.Seller, test.Now, MessageState.Sent);
        track.WaitForState(() => track.FindAll("due-chip").All(c => c.GetAttribute("state") == "met"), Limit);
    }

    [Fact]
    public async Task Foreign_people_see_no_track_and_no_reckoning()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var (_, other) = await test.Db.AddStoreAsync("1000002");
        await using var window = AlertScreens.WindowOf(test, other);
        var id = await test.WroteAsync("Anna", TimeSpan.FromHours(1));
        Assert.Equal("", window.Render<TimeTrack>(p => p.Add(t => t.Subject, ConversationClocks.SubjectOf(id))).Markup.Trim());
        Assert.Empty(await test.Clocks.WhyAsync(other, id, Ct));
    }

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    private static int Toasts(IRenderedComponent<AlertToasts> toasts) => toasts.FindAll("[data-testid=alert-toast]").Count;
}
