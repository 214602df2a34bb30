using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

public sealed class AlertActionsTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static readonly CurrentUser Agent = new("user-1000001-Agent", "user-1000001-Agent");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Twenty_tabs_at_once_show_each_alert_once_per_person(Provider provider)
    {
        await using var test = await RaisedAsync(provider, conversations: 5);
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => test.Alerts.ClaimToastAsync(i % 2 == 0 ? test.Owner : Agent, Ct), Ct)));
        var owners = claims.Where((_, i) => i % 2 == 0).SelectMany(c => c).Select(a => a.Id).ToList();
        var agents = claims.Where((_, i) => i % 2 == 1).SelectMany(c => c).Select(a => a.Id).ToList();
        Assert.Equal((5, 5), (owners.Count, owners.Distinct().Count()));
        Assert.Equal((5, 5), (agents.Count, agents.Distinct().Count()));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Foreign_people_and_support_desks_get_nothing(Provider provider)
    {
        await using var test = await RaisedAsync(provider);
        var (_, support) = await test.Db.AddStoreAsync(role: StoreRole.Support);
        var (_, other) = await test.Db.AddStoreAsync("1000002");
        foreach (var user in new[] { support, other })
        {
            Assert.Empty(await test.Alerts.ClaimToastAsync(user, Ct));
            Assert.Empty((await test.AlertQueries.BellAsync(user, unreadOnly: false, null, 10, Ct)).Items);
            Assert.Equal(0, (await test.AlertQueries.UnreadAsync(user, Ct)).Count);
            Assert.False((await test.Alerts.MarkReadAsync(user, (await test.AlertsAsync())[0].Id, Ct)).IsDone);
        }
    }

    [Fact]
    public async Task Of_several_new_stages_of_a_clock_only_the_latest_is_shown()
    {
        await using var test = await RaisedAsync(Provider.Sqlite);
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal(60, Assert.Single(await test.Alerts.ClaimToastAsync(test.Owner, Ct)).MinutesBefore);
        Assert.Empty(await test.Alerts.ClaimToastAsync(test.Owner, Ct));
    }

    [Fact]
    public async Task What_was_answered_meanwhile_is_neither_shown_nor_counted_but_stays_in_the_history()
    {
        await using var test = await RaisedAsync(Provider.Sqlite);
        await test.SayAsync(1, MessageAuthor.Seller, test.Now, MessageState.Sent);
        Assert.Empty(await test.Alerts.ClaimToastAsync(test.Owner, Ct));
        Assert.Equal(0, (await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count);
        Assert.Single((await test.AlertQueries.BellAsync(test.Owner, unreadOnly: false, null, 10, Ct)).Items);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Read_is_read_for_one_person_and_not_for_another(Provider provider)
    {
        await using var test = await RaisedAsync(provider, conversations: 3);
        await test.Alerts.ClaimToastAsync(test.Owner, Ct);
        var first = (await test.AlertsAsync())[0].Id;
        Assert.True((await test.Alerts.MarkReadAsync(test.Owner, first, Ct)).IsDone);
        Assert.Equal(2, (await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count);
        await test.Alerts.MarkAllReadAsync(test.Owner, Ct);
        Assert.Equal(0, (await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count);
        Assert.Equal(3, (await test.AlertQueries.UnreadAsync(Agent, Ct)).Count);
        Assert.All((await test.AlertQueries.BellAsync(test.Owner, false, null, 10, Ct)).Items, a => Assert.True(a.IsRead));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_bell_pages_newest_first_without_gap_or_repetition(Provider provider)
    {
        await using var test = await RaisedAsync(provider, conversations: 7);
        var seen = new List<long>();
        AlertCursor? before = null;
        for (var more = true; more;)
        {
            var page = await test.AlertQueries.BellAsync(test.Owner, unreadOnly: true, before, 3, Ct);
            seen.AddRange(page.Items.Select(a => a.Id));
            before = new AlertCursor(page.Items[^1].RaisedAt, page.Items[^1].Id);
            more = page.HasMore;
        }

        Assert.Equal((await test.AlertsAsync()).Select(a => a.Id).OrderDescending(), seen);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_receipt_is_unique_per_alert_and_person(Provider provider)
    {
        await using var test = await RaisedAsync(provider);
        var alert = (await test.AlertsAsync())[0];
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        db.AlertReceipts.Add(new AlertReceipt { StoreId = alert.StoreId, AlertId = alert.Id, UserId = test.Owner.Id });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.CommitAsync(Ct));
    }

    /// <summary>Conversations whose first alert, two hours before the house's target, has just been raised.</summary>
    private static async Task<ClockTest> RaisedAsync(Provider provider, int conversations = 1)
    {
        var test = await ClockTest.CreateAsync(provider, Noon);
        await test.Db.AddStoreAsync(role: StoreRole.Agent);
        for (var i = 0; i < conversations; i++) await test.SayAsync(await test.AddConversationAsync($"Buyer {i}"), MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        return test;
    }
}
