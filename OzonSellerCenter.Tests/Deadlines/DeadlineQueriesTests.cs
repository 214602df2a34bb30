using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

public sealed class DeadlineQueriesTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Everything_due_comes_by_time_over_all_stores_and_pages_without_gap(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var (second, _) = await test.Db.AddStoreAsync("1000002", userId: test.Owner.Id);
        for (var i = 0; i < 4; i++)
        {
            var id = await test.AddConversationAsync(storeId: i % 2 == 0 ? test.StoreId : second.Id);
            await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddMinutes(-i % 3));
        }

        var queries = Queries(test);
        var seen = new List<DueItem>();
        DueCursor? after = null;
        for (var more = true; more;)
        {
            var page = await queries.DueAsync(test.Owner, null, after, 5, Ct);
            seen.AddRange(page.Items);
            after = new DueCursor(page.Items[^1].DueAt, page.Items[^1].Id);
            more = page.HasMore;
        }

        Assert.Equal(12, seen.Select(d => d.Id).Distinct().Count());
        Assert.Equal(seen.OrderBy(d => d.DueAt).ThenBy(d => d.Id).Select(d => d.Id), seen.Select(d => d.Id));
        Assert.All((await queries.DueAsync(test.Owner, second.Id, null, 50, Ct)).Items, d => Assert.Equal(second.Id, d.StoreId));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Counters_put_each_clock_in_one_band_and_end_exactly_at_the_limits(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        foreach (var minutesLeft in new[] { -5, 0, 30, 31, 120, 121 })
        {
            await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon.AddMinutes(minutesLeft - 240));
        }

        // Each conversation has the 24 h clock and the window as well: far away, so "later".
        Assert.Equal(new DueCounters(Overdue: 2, Urgent: 1, Soon: 2, Later: 13, TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)), await Queries(test).CountersAsync(test.Owner, null, Ct));
    }

    [Fact]
    public async Task Foreign_stores_show_nothing()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var (_, other) = await test.Db.AddStoreAsync("1000002");
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        Assert.Empty((await Queries(test).DueAsync(other, null, null, 10, Ct)).Items);
        Assert.Empty((await Queries(test).DueAsync(other, test.StoreId, null, 10, Ct)).Items);
        Assert.Equal(0, (await Queries(test).CountersAsync(other, null, Ct)).All);
        Assert.Empty(await Queries(test).TrackAsync(other, ConversationClocks.SubjectOf(id), Ct));
    }

    [Fact]
    public async Task The_track_shows_the_latest_clock_of_each_kind_in_the_order_in_which_they_end()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon.AddHours(2));
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        await test.SayAsync(id, MessageAuthor.Seller, Noon.AddHours(1), MessageState.Sent);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddHours(2));
        var track = await Queries(test).TrackAsync(test.Owner, ConversationClocks.SubjectOf(id), Ct);
        Assert.Equal(
            [(DeadlineKind.FirstAnswer, 4m), (DeadlineKind.AnswerIn24Hours, 24m), (DeadlineKind.ReplyWindow, 48m)],
            track.Select(c => (c.Kind, c.Rule.Value)));
        Assert.All(track, c => Assert.Equal((Noon.AddHours(2), DeadlineState.Running), (c.StartedAt, c.State)));
    }

    [Fact]
    public async Task Lists_counters_and_the_watch_read_their_own_index_and_never_the_table()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await test.SayAsync(await test.AddConversationAsync(), MessageAuthor.Buyer, Noon);
        using var plans = await QueryPlans.WatchAsync(test.Db);
        var page = await Queries(test).DueAsync(test.Owner, null, null, 50, Ct);
        await Queries(test).DueAsync(test.Owner, null, new DueCursor(page.Items[0].DueAt, page.Items[0].Id), 50, Ct);
        await Queries(test).CountersAsync(test.Owner, null, Ct);
        await using (var db = await test.Db.Databases.ForSystemAsync(Ct))
        {
            await AlertRaising.NextAtAsync(db, Ct);
            await test.Db.Services.GetRequiredService<AlertRaising>().DueAsync(db, 200, Ct);
        }

        var ours = plans.Seen.Where(p => p.Sql.Contains("\"Deadlines\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, ours.Count);
        Assert.All(ours, p => Assert.Contains("USING", p.Plan, StringComparison.Ordinal));
        Assert.All(ours, p => Assert.DoesNotContain("TEMP B-TREE", p.Plan, StringComparison.Ordinal));
        Assert.All(ours.Take(6), p => Assert.Contains("IX_Deadlines_StoreId_DueAt_Id", p.Plan, StringComparison.Ordinal));
        Assert.All(ours.Skip(6), p => Assert.Contains("IX_Deadlines_NextAlertAt", p.Plan, StringComparison.Ordinal));
    }

    private static DeadlineQueries Queries(ClockTest test) => test.Db.Services.GetRequiredService<DeadlineQueries>();
}
