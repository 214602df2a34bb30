using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OzonSellerCenter.Background;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Conversations put off, and how they come back.</summary>
public sealed class SnoozeTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public async Task With_nothing_to_bring_back_no_turn_to_write_is_taken()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        await using var writing = await db.Database.BeginTransactionAsync(Ct);
        Assert.Equal(0, await shop.Db.Services.GetRequiredService<SnoozeActions>().WakeDueAsync(Ct).WaitAsync(TimeSpan.FromSeconds(5), Ct));
    }

    /// <summary>Local time in the shop; what is offered, in local time.</summary>
    [Theory]
    [InlineData("2026-11-24 15:00", "Europe/Moscow", "SnoozeHour 24 16:00, SnoozeEvening 24 18:00, SnoozeTomorrow 25 09:00, SnoozeMonday 30 09:00")]
    [InlineData("2026-11-24 16:59", "Europe/Moscow", "SnoozeHour 24 17:59, SnoozeEvening 24 18:00, SnoozeTomorrow 25 09:00, SnoozeMonday 30 09:00")]
    [InlineData("2026-11-24 17:00", "Europe/Moscow", "SnoozeHour 24 18:00, SnoozeTomorrow 25 09:00, SnoozeMonday 30 09:00")]
    [InlineData("2026-11-29 10:00", "Europe/Moscow", "SnoozeHour 29 11:00, SnoozeEvening 29 18:00, SnoozeTomorrow 30 09:00")]
    [InlineData("2026-11-30 10:00", "Asia/Vladivostok", "SnoozeHour 30 11:00, SnoozeEvening 30 18:00, SnoozeTomorrow 01 09:00, SnoozeMonday 07 09:00")]
    [InlineData("2026-10-24 23:30", "Europe/Berlin", "SnoozeHour 25 00:30, SnoozeTomorrow 25 09:00, SnoozeMonday 26 09:00")]
    public void Times_are_offered_by_the_shops_clock(string local, string zone, string offered)
    {
        var shop = ShopTime.In(zone);
        var now = shop.Utc(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(offered, string.Join(", ", SnoozeTimes.At(shop, now).Select(t => $"{t.Key} {shop.Local(t.Until):dd HH:mm}")));
    }

    [Fact]
    public void A_time_that_the_clock_jumps_over_is_an_hour_later() =>
        Assert.Equal(new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc), ShopTime.In("Europe/Berlin").Utc(new DateTime(2026, 3, 29, 2, 30, 0)));

    [Theory, MemberData(nameof(Providers))]
    public async Task A_snoozed_conversation_leaves_list_and_counts_and_stands_in_its_own_filter(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var snoozed = await shop.ConversationAsync(c => (c.DueAt, c.WaitingSince, c.Unread) = (shop.Now.AddHours(1), shop.Now, 1));
        var other = await shop.ConversationAsync();
        Assert.True((await Snoozes(shop).SnoozeAsync(shop.Agent, snoozed.Id, shop.Now.AddHours(3), false, Ct)).IsDone);
        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            Assert.Equal([other.Id], await IdsAsync(shop, InboxFilter.Default with { Sort = sort }));
            var row = Assert.Single((await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Sort = sort, Snoozed = true }, null, Ct)).Rows);
            Assert.Equal((snoozed.Id, true, shop.Now.AddHours(3)), (row.Id, row.IsSnoozed, row.SnoozedUntil!.Value));
        }

        Assert.Empty(await IdsAsync(shop, InboxFilter.Default with { Unread = true }));
        Assert.Empty(await IdsAsync(shop, InboxFilter.Default with { Waiting = true }));
        Assert.Equal(InboxCounts.None, await shop.Inbox.CountsAsync(shop.Agent, InboxFilter.Default, Ct));
        Assert.Equal("conversation.snooze", await shop.ReadAsync(db => db.AuditEntries.Select(a => a.Action).SingleAsync(Ct)));

        Assert.True((await Snoozes(shop).WakeAsync(shop.Owner, snoozed.Id, Ct)).IsDone);
        Assert.Equal([snoozed.Id, other.Id], await IdsAsync(shop, InboxFilter.Default));
        Assert.Equal([DeedKind.Snoozed, DeedKind.Woken], await shop.ReadAsync(db => db.Deeds.OrderBy(d => d.Id).Select(d => d.Kind).ToListAsync(Ct)));
    }

    [Fact]
    public async Task What_is_past_too_far_not_ones_own_or_only_read_is_not_snoozed()
    {
        await using var shop = await TestShop.OpenAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var id = (await shop.ConversationAsync()).Id;
        Assert.Equal("SnoozeInPast", (await Snoozes(shop).SnoozeAsync(shop.Agent, id, shop.Now, false, Ct)).Refusal?.Key);
        Assert.Equal("SnoozeTooFar", (await Snoozes(shop).SnoozeAsync(shop.Agent, id, shop.Now.AddDays(366), false, Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await Snoozes(shop).SnoozeAsync(shop.Support, id, shop.Now.AddDays(1), false, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Snoozes(shop).SnoozeAsync(stranger, id, shop.Now.AddDays(1), false, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Snoozes(shop).WakeAsync(stranger, id, Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task It_stops_no_clock_and_passes_the_end_of_one_of_Ozons_only_when_told_to(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        var actions = Snoozes(test);
        var before = await test.RowsAsync(id);

        // The house's target of four hours may be passed, Ozon's 24 h may not.
        Assert.True((await actions.SnoozeAsync(test.Owner, id, Noon.AddHours(20), false, Ct)).IsDone);
        foreach (var until in new DateTime?[] { Noon.AddHours(24), Noon.AddDays(3), null })
        {
            var refusal = (await actions.SnoozeAsync(test.Owner, id, until, false, Ct)).Refusal;
            Assert.Equal(("SnoozePastOzon", Noon.AddHours(24)), (refusal?.Key, refusal?.Args[0]));
        }

        Assert.True((await actions.SnoozeAsync(test.Owner, id, Noon.AddDays(3), true, Ct)).IsDone);
        test.Time.Advance(TimeSpan.FromHours(4));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Contains(await test.AlertsAsync(), a => a.MinutesBefore == 0);
        Assert.Equal(before.Select(d => (d.Kind, d.DueAt)), (await test.RowsAsync(id)).Select(d => (d.Kind, d.DueAt)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_new_message_of_the_buyer_brings_it_back_also_one_that_was_written_before_and_came_after(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddMinutes(-10));
        await Snoozes(test).SnoozeAsync(test.Owner, id, Noon.AddHours(5), false, Ct);

        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddMinutes(-20));
        await test.SayAsync(id, MessageAuthor.Seller, Noon.AddMinutes(1), MessageState.Sent);
        Assert.NotNull((await OneAsync(test)).SnoozedAt);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddSeconds(-1));
        var conversation = await OneAsync(test);
        Assert.Equal((null, null), (conversation.SnoozedAt, conversation.SnoozedUntil));
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        var deed = await db.Deeds.OrderByDescending(d => d.Id).FirstAsync(Ct);
        Assert.Equal((DeedKind.Woken, DeedReason.Heard, null), (deed.Kind, deed.Reason, deed.By));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Everything_whose_time_is_over_comes_back_once_however_many_look(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        for (var i = 0; i < 130; i++) await shop.ConversationAsync(c => (c.SnoozedAt, c.SnoozedUntil) = (shop.Now.AddHours(-1), shop.Now.AddMinutes(-1)));
        var later = await shop.ConversationAsync(c => (c.SnoozedAt, c.SnoozedUntil) = (shop.Now, shop.Now.AddMinutes(1)));
        await shop.ConversationAsync(c => c.SnoozedAt = shop.Now);
        var woken = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Snoozes(shop).WakeDueAsync(Ct), Ct)));
        Assert.Equal(130, woken.Sum());
        Assert.Equal(130, await shop.ReadAsync(db => db.Deeds.CountAsync(d => d.Reason == DeedReason.TimeOver, Ct)));
        Assert.Equal(later.SnoozedUntil, await Snoozes(shop).NextAtAsync(Ct));
    }

    [Fact]
    public async Task The_watch_sleeps_to_the_next_instant_wakes_on_a_new_snooze_and_makes_up_for_a_stop()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon, services => services.AddSingleton<SnoozeActions>());
        var (first, second) = (await test.AddConversationAsync(), await test.AddConversationAsync());
        using (var watch = NewWatch(test))
        {
            await watch.StartAsync(Ct);
            await Snoozes(test).SnoozeAsync(test.Owner, first, Noon.AddMinutes(30), false, Ct);
            await Snoozes(test).SnoozeAsync(test.Owner, second, Noon.AddHours(30), false, Ct);
            await ClockTest.UntilAsync(async () => (await OneAsync(test, first)).SnoozedAt is not null, "the snooze");
            test.Time.Advance(TimeSpan.FromMinutes(30));
            await ClockTest.UntilAsync(async () => (await OneAsync(test, first)).SnoozedAt is null, "the first to come back");
            Assert.NotNull((await OneAsync(test, second)).SnoozedAt);
            await watch.StopAsync(Ct);
        }

        test.Time.Advance(TimeSpan.FromHours(40));
        using var again = NewWatch(test);
        await again.StartAsync(Ct);
        await ClockTest.UntilAsync(async () => (await OneAsync(test, second)).SnoozedAt is null, "the second to come back");
        await again.StopAsync(Ct);
    }

    [Fact]
    public async Task The_list_of_the_snoozed_and_the_next_to_come_back_are_read_off_their_own_indexes()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        await Snoozes(shop).NextAtAsync(Ct);
        Assert.Contains("IX_Conversations_SnoozedUntil", plans.Seen[^1].Plan, StringComparison.Ordinal);
        plans.Seen.Clear();
        await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Snoozed = true }, null, Ct);
        var lists = plans.Seen.Where(p => p.Sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lists.Count);
        Assert.All(lists, p => Assert.Contains("IX_Conversations_Snoozed ", p.Plan, StringComparison.Ordinal));
    }

    private static SnoozeActions Snoozes(TestShop shop) => shop.Db.Services.GetRequiredService<SnoozeActions>();

    private static SnoozeActions Snoozes(ClockTest test) => new(test.Db.Databases, test.Time);

    private static SnoozeWatch NewWatch(ClockTest test) => new(Snoozes(test), test.Db.Feed, test.Time, NullLogger<SnoozeWatch>.Instance);

    private static async Task<Conversation> OneAsync(ClockTest test, long? id = null)
    {
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        return await db.Conversations.AsNoTracking().SingleAsync(c => id == null || c.Id == id, Ct);
    }

    private static async Task<long[]> IdsAsync(TestShop shop, InboxFilter filter) =>
        [.. (await shop.Inbox.ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.Id)];
}
