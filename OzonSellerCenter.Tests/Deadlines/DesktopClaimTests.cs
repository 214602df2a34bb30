using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

/// <summary>Which browser tells what outside the page, and what the log says of it.</summary>
public sealed class DesktopClaimTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_twenty_browsers_one_shows_each_alert_and_one_sounds(Provider provider)
    {
        await using var test = await RaisedAsync(provider, 5, k => (k.Desktop, k.Sound) = (true, true));
        var ids = (await test.AlertsAsync()).Select(a => a.Id).ToArray();
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => test.Alerts.ClaimDesktopAsync(test.Owner, ids, true, true, Ct), Ct)));
        Assert.Equal(ids, claims.SelectMany(c => c.Shown).Select(a => a.Id).Order());
        Assert.Single(claims, c => c.Sounds);
        Assert.Equal("Europe/Moscow", claims.Single(c => c.Shown.Count > 0).TimeZone);
    }

    [Fact]
    public async Task A_browser_without_permission_leaves_the_alert_to_another_one()
    {
        await using var test = await RaisedAsync(Provider.Sqlite, 1, k => (k.Desktop, k.Sound) = (true, true));
        var ids = (await test.AlertsAsync()).Select(a => a.Id).ToArray();
        Assert.Equal((0, true), Counted(await test.Alerts.ClaimDesktopAsync(test.Owner, ids, canShow: false, canSound: true, Ct)));
        Assert.Equal((1, false), Counted(await test.Alerts.ClaimDesktopAsync(test.Owner, ids, canShow: true, canSound: true, Ct)));
    }

    [Fact]
    public async Task What_is_not_wanted_answered_or_anothers_is_not_given_out()
    {
        await using var test = await RaisedAsync(Provider.Sqlite, 2, k => k.Desktop = true);
        var (_, stranger) = await test.Db.AddStoreAsync("1000002");
        var ids = (await test.AlertsAsync()).Select(a => a.Id).ToArray();
        Assert.Equal((0, false), Counted(await test.Alerts.ClaimDesktopAsync(stranger, ids, true, true, Ct)));
        await test.SayAsync(1, MessageAuthor.Seller, test.Now, MessageState.Sent);
        var claim = await test.Alerts.ClaimDesktopAsync(test.Owner, ids, true, true, Ct);
        Assert.Equal("conversation:2", Assert.Single(claim.Shown).Subject);
        Assert.False(claim.Sounds);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task In_quiet_hours_desktop_and_sound_are_silent_and_the_bell_records(Provider provider)
    {
        // Noon UTC and two hours: 17:00 in Moscow.
        await using var test = await RaisedAsync(
            provider, 1, k => (k.Desktop, k.Sound) = (true, true), s => (s.IsQuiet, s.QuietHours) = (true, "16:30-17:30"));
        var alert = Assert.Single(await test.AlertsAsync());
        Assert.Equal((0, false), Counted(await test.Alerts.ClaimDesktopAsync(test.Owner, [alert.Id], true, true, Ct)));
        Assert.Equal(AlertChannels.Toast, Assert.Single(await test.AlertQueries.SinceAsync(test.Owner, 0, 10, Ct)).Channels);
        Assert.Equal(1, (await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count);
        var log = (await test.AlertQueries.LogAsync(test.Owner, alert.Id, Ct))!;
        Assert.Equal((true, null, null), (log.IsQuiet, log.DesktopAt, log.SoundAt));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_log_tells_when_each_way_was_gone_and_when_it_was_read(Provider provider)
    {
        await using var test = await RaisedAsync(provider, 1, k => k.Desktop = true);
        var alert = Assert.Single(await test.AlertsAsync());
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.Alerts.ClaimDesktopAsync(test.Owner, [alert.Id], true, true, Ct);
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.Alerts.ClaimToastAsync(test.Owner, Ct);
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.Alerts.MarkReadAsync(test.Owner, alert.Id, Ct);
        Assert.Equal(
            new AlertLogEntry(
                Noon.AddHours(2), 120, AlertChannels.Toast | AlertChannels.Desktop, false, Noon.AddMinutes(122), Noon.AddMinutes(121), null, Noon.AddMinutes(123)),
            await test.AlertQueries.LogAsync(test.Owner, alert.Id, Ct));
        var (_, stranger) = await test.Db.AddStoreAsync("1000002");
        Assert.Null(await test.AlertQueries.LogAsync(stranger, alert.Id, Ct));
    }

    [Fact]
    public async Task A_client_that_never_saw_any_goes_on_from_the_newest_of_its_person()
    {
        await using var test = await RaisedAsync(Provider.Sqlite, 3, k => k.Desktop = true);
        var (_, stranger) = await test.Db.AddStoreAsync("1000002");
        Assert.Equal((await test.AlertsAsync())[^1].Id, await test.AlertQueries.NewestAsync(test.Owner, Ct));
        Assert.Equal(0, await test.AlertQueries.NewestAsync(stranger, Ct));
    }

    [Fact]
    public void Alerts_are_grouped_by_when_they_were_raised_and_counted_by_what_is_to_be_done()
    {
        AlertItem[] newestFirst = [Item(6, 1, 300, 1), Item(5, 0, 105, 1), Item(4, 30, 100, 1), Item(3, 30, 95, 2), Item(2, 120, 50, 3), Item(1, 120, 45, 4)];
        var groups = AlertGroup.Of(newestFirst);
        Assert.Equal([[6], [5, 4, 3], [2], [1]], groups.Select(g => g.Alerts.Select(a => a.Id).ToArray()));
        Assert.Equal((2, 1, true), (groups[1].Subjects, groups[1].OverdueSubjects, groups[1].IsOverdue));
        Assert.Equal("/due", groups[1].Url);
        Assert.Equal("/inbox/1", groups[0].Url);

        static AlertItem Item(long id, int before, int second, long conversation) => new(
            id, 1, before, DeadlineKind.FirstAnswer, OzonSellerCenter.Rules.RuleOwner.House, 240, $"conversation:{conversation}", "", Noon, Noon.AddHours(4),
            Noon.AddSeconds(second), false, true, false, DeadlineState.Running);
    }

    private static (int, bool) Counted(DesktopClaim claim) => (claim.Shown.Count, claim.Sounds);

    /// <summary>Conversations whose first alert has just been raised for an owner with these wishes.</summary>
    private static async Task<ClockTest> RaisedAsync(Provider provider, int count, Action<KindSettings> choose, Action<AlertSettings>? more = null)
    {
        var test = await ClockTest.CreateAsync(provider, Noon);
        await AlertSettingsTests.ChooseAsync(test, test.Owner, choose, more);
        for (var i = 0; i < count; i++) await test.SayAsync(await test.AddConversationAsync($"Buyer {i}"), MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        return test;
    }
}
