using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

public sealed class DeadlineWatchTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Each_stage_is_raised_once_and_at_its_instant(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        for (var minute = 0; minute <= 245; minute += 5)
        {
            await test.Watch.RaiseAllDueAsync(Ct);
            await test.Watch.RaiseAllDueAsync(Ct);
            test.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(
            [
                (120, Noon.AddMinutes(120)),
                (60, Noon.AddMinutes(180)),
                (30, Noon.AddMinutes(210)),
                (10, Noon.AddMinutes(230)),
                (0, Noon.AddMinutes(240)),
            ],
            (await test.AlertsAsync()).Select(a => (a.MinutesBefore, a.RaisedAt)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Who_slept_over_several_stages_is_told_only_the_latest(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromMinutes(215));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal(30, Assert.Single(await test.AlertsAsync()).MinutesBefore);
        Assert.Equal(Noon.AddMinutes(230), (await test.RowsAsync(id))[0].NextAlertAt);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task After_the_answer_nothing_is_raised(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        await test.SayAsync(id, MessageAuthor.Seller, Noon.AddMinutes(1), MessageState.Sent);
        test.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await test.Watch.RaiseAllDueAsync(Ct));
        Assert.Empty(await test.AlertsAsync());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Two_watchers_at_once_raise_each_stage_once(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        for (var i = 0; i < 30; i++) await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => test.Watch.RaiseAllDueAsync(Ct), Ct)));
        var alerts = await test.AlertsAsync();
        Assert.Equal(30, alerts.Count);
        Assert.Equal(30, alerts.Select(a => a.DeadlineId).Distinct().Count());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_window_that_closes_unanswered_is_told_and_ends_every_clock(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(48));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.All(await test.RowsAsync(id), d => Assert.Equal((DeadlineState.Missed, null, (DateTime?)d.DueAt), (d.State, d.NextAlertAt, d.MissedAt)));
        Assert.Contains(await test.AlertsAsync(), a => a.Deadline.Kind == DeadlineKind.ReplyWindow && a.MinutesBefore == 0);
        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        var conversation = await db.Conversations.SingleAsync(Ct);
        Assert.Equal((null, null), (conversation.WaitingSince, conversation.DueAt));
    }

    [Fact]
    public async Task A_window_that_somebody_else_ended_first_is_told_all_the_same()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(47));
        await test.Watch.RaiseAllDueAsync(Ct);
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.RecomputeAsync(id);
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Single(await test.AlertsAsync(), a => a.Deadline.Kind == DeadlineKind.ReplyWindow && a.MinutesBefore == 0);
    }

    [Fact]
    public async Task Old_conversations_that_are_imported_late_raise_nothing()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddDays(-30));
        Assert.Equal(0, await test.Watch.RaiseAllDueAsync(Ct));
        Assert.All(await test.RowsAsync(id), d => Assert.Equal(DeadlineState.Missed, d.State));
    }

    [Fact]
    public async Task A_window_that_the_buyer_prolonged_is_told_again_before_its_new_end()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(46));
        await test.Watch.RaiseAllDueAsync(Ct);
        await test.SayAsync(id, MessageAuthor.Buyer, test.Now);
        await test.Watch.RaiseAllDueAsync(Ct);
        test.Time.Advance(TimeSpan.FromHours(46));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal(
            [(120, Noon.AddHours(48)), (120, Noon.AddHours(94))],
            (await test.AlertsAsync()).Where(a => a.Deadline.Kind == DeadlineKind.ReplyWindow).Select(a => (a.MinutesBefore, a.DueAt)));
    }

    [Fact]
    public async Task A_row_that_always_fails_does_not_silence_the_others()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var good = await test.AddConversationAsync();
        var bad = await test.AddConversationAsync();
        await test.SayAsync(bad, MessageAuthor.Buyer, Noon);
        await test.SayAsync(good, MessageAuthor.Buyer, Noon.AddMinutes(1));
        await using (var db = await test.Db.Databases.ForSystemAsync(Ct))
        {
            // An alert of the same stage and end stands already, so this one can never be written.
            var broken = await db.Deadlines.SingleAsync(d => d.Subject == ConversationClocks.SubjectOf(bad) && d.Kind == DeadlineKind.FirstAnswer, Ct);
            db.Alerts.Add(new Alert { StoreId = broken.StoreId, DeadlineId = broken.Id, MinutesBefore = 120, DueAt = broken.DueAt });
            await db.CommitAsync(Ct);
        }

        test.Time.Advance(TimeSpan.FromMinutes(121));
        Assert.Equal(1, await test.Watch.RaiseAllDueAsync(Ct));
        Assert.Equal(ConversationClocks.SubjectOf(good), (await test.AlertsAsync())[^1].Deadline.Subject);
    }

    [Fact]
    public async Task It_sleeps_to_the_next_instant_wakes_on_new_clocks_and_goes_on_after_a_restart()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        using (var first = NewWatch(test))
        {
            await first.StartAsync(Ct);
            test.Time.Advance(TimeSpan.FromHours(2));
            await HeardAsync(test, 1);

            // A clock that starts while it sleeps: the notice wakes it.
            await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, test.Now.AddHours(-2));
            await HeardAsync(test, 2);
            await first.StopAsync(Ct);
        }

        test.Time.Advance(TimeSpan.FromMinutes(65));
        using var second = NewWatch(test);
        await second.StartAsync(Ct);
        await HeardAsync(test, 4);
        await second.StopAsync(Ct);
        Assert.Equal([120, 120, 60, 60], (await test.AlertsAsync()).Select(a => a.MinutesBefore));
    }

    [Fact]
    public async Task A_changed_rule_moves_the_running_clocks_also_when_the_program_was_down()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        var actions = test.Db.Services.GetRequiredService<RuleActions>();
        Assert.True((await actions.ChangeAsync(test.Owner, test.StoreId, RuleKeys.FirstAnswer, 2, "team", Ct)).IsDone);
        var watch = test.Db.Services.GetRequiredService<RuleWatch>();
        await watch.CatchUpAsync(Ct);
        Assert.Equal(Noon.AddHours(2), (await test.RowsAsync(id))[0].DueAt);
        var events = await test.EventsAsync();
        await watch.CatchUpAsync(Ct);
        Assert.Equal(events, await test.EventsAsync());
    }

    [Fact]
    public async Task A_new_store_starts_on_its_rules_by_itself()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        using var watch = test.Db.Services.GetRequiredService<RuleWatch>();
        await watch.StartAsync(Ct);
        var (second, _) = await test.Db.AddStoreAsync("1000002");
        await using (var db = await test.Db.Databases.ForSystemAsync(Ct))
        {
            db.Announce(second.Id, EventKind.Store, "");
            await db.CommitAsync(Ct);
        }

        await ClockTest.UntilAsync(
            async () =>
            {
                await using var db = await test.Db.Databases.ForSystemAsync(Ct);
                return await db.RuleValues.CountAsync(Ct) == 2 * RuleDefaults.Ozon.Count;
            },
            "the rules of both stores");
        await watch.StopAsync(Ct);
    }

    private static DeadlineWatch NewWatch(ClockTest test) => ActivatorUtilities.CreateInstance<DeadlineWatch>(test.Db.Services);

    private static Task HeardAsync(ClockTest test, int count) =>
        ClockTest.UntilAsync(async () => (await test.AlertsAsync()).Count == count, $"{count} alerts");
}
