using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

/// <summary>What each person wants, and what he is told for it.</summary>
public sealed class AlertSettingsTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_stage_of_ones_own_comes_at_its_instant_once_and_to_nobody_else(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var (_, agent) = await test.Db.AddStoreAsync(role: StoreRole.Agent);
        await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        await ChooseAsync(test, agent, k => k.More = "45, 180");
        await test.Watch.AdvanceAsync(test.StoreId, Ct);
        var (owners, agents) = (new List<(int, DateTime)>(), new List<(int, DateTime)>());
        for (var minute = 0; minute <= 245; minute += 5)
        {
            // Twice, as a second node or a restart would.
            await test.Watch.RaiseAllDueAsync(Ct);
            await test.Watch.AdvanceAsync(null, Ct);
            await test.Watch.RaiseAllDueAsync(Ct);
            owners.AddRange((await test.Alerts.ClaimToastAsync(test.Owner, Ct)).Select(a => (a.MinutesBefore, a.RaisedAt)));
            agents.AddRange((await test.Alerts.ClaimToastAsync(agent, Ct)).Select(a => (a.MinutesBefore, a.RaisedAt)));
            test.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(new[] { 120, 60, 30, 10, 0 }.Select(m => (m, Noon.AddMinutes(240 - m))), owners);
        Assert.Equal(new[] { 180, 120, 60, 45, 30, 10, 0 }.Select(m => (m, Noon.AddMinutes(240 - m))), agents);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_stage_that_one_does_not_want_is_told_to_the_others_only(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var (_, agent) = await test.Db.AddStoreAsync(role: StoreRole.Agent);
        await ChooseAsync(test, agent, k => k.Chosen.Remove(120));
        await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal((1, 0), ((await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count, (await test.AlertQueries.UnreadAsync(agent, Ct)).Count));
        Assert.Empty(await test.Alerts.ClaimToastAsync(agent, Ct));

        // The history of the store shows it, and says why he did not hear it.
        var alert = Assert.Single((await test.AlertQueries.BellAsync(agent, unreadOnly: false, null, 10, Ct)).Items);
        Assert.True(alert.IsRead);
        Assert.Null((await test.AlertQueries.LogAsync(agent, alert.Id, Ct))!.Channels);
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal(1, (await test.AlertQueries.UnreadAsync(agent, Ct)).Count);
    }

    [Fact]
    public async Task Who_slept_over_his_stage_is_told_where_he_stands_though_the_last_stage_was_anothers()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var (_, agent) = await test.Db.AddStoreAsync(role: StoreRole.Agent);
        await ChooseAsync(test, agent, k => k.More = "45");
        await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromMinutes(200));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal(45, Assert.Single(await test.Alerts.ClaimToastAsync(test.Owner, Ct)).MinutesBefore);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_chosen_stage_holds_for_running_clocks_and_one_that_has_passed_is_not_made_up_for(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromMinutes(190));
        await test.Watch.RaiseAllDueAsync(Ct);
        await ChooseAsync(test, test.Owner, k => k.More = "55, 45");
        await test.Watch.AdvanceAsync(test.StoreId, Ct);
        Assert.Equal(Noon.AddMinutes(195), (await test.RowsAsync(id))[0].NextAlertAt);
        await test.RecomputeAsync(id);
        Assert.Equal(Noon.AddMinutes(195), (await test.RowsAsync(id))[0].NextAlertAt);
        Assert.Equal(0, await test.Watch.RaiseAllDueAsync(Ct));

        // Given up again: the clock speaks next at the usual stage.
        await ChooseAsync(test, test.Owner, k => k.More = "");
        test.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(0, await test.Watch.RaiseAllDueAsync(Ct));
        Assert.Equal(Noon.AddMinutes(210), (await test.RowsAsync(id))[0].NextAlertAt);
    }

    [Fact]
    public async Task The_running_watch_takes_up_a_choice_by_itself()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        await test.Watch.StartAsync(Ct);
        await ChooseAsync(test, test.Owner, k => k.More = "200");
        await ClockTest.UntilAsync(async () => (await test.RowsAsync(1))[0].NextAlertAt == Noon.AddMinutes(40), "the new stage planned");
        test.Time.Advance(TimeSpan.FromMinutes(40));
        await ClockTest.UntilAsync(async () => (await test.AlertsAsync()).Count == 1, "the alert of the new stage");
        await test.Watch.StopAsync(Ct);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Settings_come_back_as_they_were_kept_and_following_the_store_stays_following(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var before = await SettingsAsync(test, test.Owner);
        Assert.Equal([120, 60, 30, 10, 0], before.Offered);
        Assert.All(before.Kinds, k => Assert.Equal(AlertChannels.Toast, k.Channels));
        await ChooseAsync(test, test.Owner, k =>
        {
            k.More = "5, 45";
            k.Chosen.Remove(60);
            (k.Toast, k.Desktop, k.Sound) = (false, true, true);
        }, s => (s.IsQuiet, s.QuietHours, s.QuietZone) = (true, "21:30-7", "Asia/Shanghai"));
        var after = await SettingsAsync(test, test.Owner);
        var kind = after.Kinds.Single(k => k.Kind == DeadlineKind.FirstAnswer);
        Assert.Equal(("45, 5", AlertChannels.Desktop | AlertChannels.Sound), (kind.More, kind.Channels));
        Assert.Equal([120, 30, 10, 0], kind.Chosen.OrderDescending());
        Assert.Equal((true, "21:30–07:00", "Asia/Shanghai"), (after.IsQuiet, after.QuietHours, after.QuietZone));
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        var others = await db.AlertPreferences.Where(p => p.Kind != DeadlineKind.FirstAnswer).Select(p => p.Stages).ToListAsync(Ct);
        Assert.Equal(Enum.GetValues<DeadlineKind>().Length - 1, others.Count);
        Assert.All(others, Assert.Null);
        Assert.Equal(1, await db.StoreEvents.CountAsync(e => e.Kind == EventKind.AlertSettings && e.Subject == test.Owner.Id, Ct));
    }

    [Theory]
    [InlineData("0", "StagesMalformed")]
    [InlineData("10081", "StagesMalformed")]
    [InlineData("ten", "StagesMalformed")]
    [InlineData("1 2 3 4 5 6 7", "StagesMalformed")]
    [InlineData("99999999999", "StagesMalformed")]
    public void Stages_that_make_no_sense_are_refused(string more, string refusal)
    {
        var settings = new AlertSettings { Kinds = [new KindSettings { Kind = DeadlineKind.FirstAnswer, More = more }] };
        Assert.Equal(refusal, settings.Check()["FirstAnswer"]?.Key);
    }

    [Theory]
    [InlineData("22:00-08:00", "", null)]
    [InlineData("", "", "QuietMalformed")]
    [InlineData("22-8, 12-13", "", "QuietMalformed")]
    [InlineData("8-8", "", "QuietMalformed")]
    [InlineData("22-8", "Nowhere/Land", "QuietZoneUnknown")]
    public void Quiet_hours_are_one_stretch_in_a_zone_that_exists(string hours, string zone, string? refusal) =>
        Assert.Equal(refusal, new AlertSettings { IsQuiet = true, QuietHours = hours, QuietZone = zone }.Check()["Quiet"]?.Key);

    [Theory]
    [InlineData("Europe/Moscow", 18, false)]
    [InlineData("Europe/Moscow", 19, true)]
    [InlineData("Europe/Moscow", 4, true)]
    [InlineData("Europe/Moscow", 5, false)]
    [InlineData("Asia/Shanghai", 14, true)]
    [InlineData("Asia/Shanghai", 0, false)]
    public void Quiet_hours_are_meant_by_the_persons_clock_and_go_past_midnight(string zone, int utcHour, bool quiet)
    {
        var hours = new AlertQuietHours { UserId = "a", From = 22 * 60, Until = 32 * 60 };
        var person = new PersonWishes("a", new Dictionary<DeadlineKind, AlertPreference>(), hours, TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(quiet, person.IsQuietAt(new DateTime(2026, 11, 24, utcHour, 0, 0, DateTimeKind.Utc)));
    }

    internal static Task<AlertSettings> SettingsAsync(ClockTest test, CurrentUser user) =>
        test.Db.Services.GetRequiredService<AlertSettingsQueries>().OfAsync(user, Ct);

    /// <summary>The person changes what he wants of the house's target.</summary>
    internal static async Task ChooseAsync(ClockTest test, CurrentUser user, Action<KindSettings> choose, Action<AlertSettings>? more = null)
    {
        var settings = await SettingsAsync(test, user);
        choose(settings.Kinds.Single(k => k.Kind == DeadlineKind.FirstAnswer));
        more?.Invoke(settings);
        Assert.True((await test.Db.Services.GetRequiredService<AlertSettingsActions>().SaveAsync(user, settings, Ct)).IsDone);
    }
}
