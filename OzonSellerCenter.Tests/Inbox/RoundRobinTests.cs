using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Conversations given out in turn.</summary>
public sealed class RoundRobinTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public void Turns_go_round_nobody_gets_more_than_his_share_and_nobody_more_than_he_may_have() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 8], Gen.Int[0, 60]).Sample((people, max, conversations) =>
        {
            var takers = Enumerable.Range(0, people).Select(i => new TurnTaker($"p{i}", null, 0)).ToList();
            for (var i = 0; i < conversations; i++)
            {
                if (RoundRobin.Next(takers, max) is not { } next) break;
                takers[takers.IndexOf(next)] = next with { GivenAt = DateTime.UnixEpoch.AddSeconds(i), Open = next.Open + 1 };
            }

            Assert.All(takers, t => Assert.InRange(t.Open, 0, max));
            Assert.InRange(takers.Max(t => t.Open) - takers.Min(t => t.Open), 0, 1);
            Assert.Equal(Math.Min(conversations, people * max), takers.Sum(t => t.Open));
        });

    [Theory, MemberData(nameof(Providers))]
    public async Task Off_by_default_and_once_on_what_ends_first_is_given_first_with_the_reason(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var later = await WaitingAsync(shop, hours: 3);
        var first = await WaitingAsync(shop, hours: 1);
        await shop.ConversationAsync();
        await Turns(shop).GiveOutAsync(shop.Store.Id, Ct);
        Assert.Equal(0, await shop.ReadAsync(db => db.Deeds.CountAsync(Ct)));

        await SwitchOnAsync(shop, 1);
        await Turns(shop).GiveOutAsync(shop.Store.Id, Ct);

        var deeds = await shop.ReadAsync(db => db.Deeds.OrderBy(d => d.Id).ToListAsync(Ct));
        Assert.Equal([first.Id, later.Id], deeds.Select(d => d.ConversationId));
        Assert.Equal([shop.Agent.Id, shop.Owner.Id], deeds.Select(d => d.PersonId).Order());
        Assert.All(deeds, d => Assert.Equal((DeedReason.RoundRobin, null, new Turn(0, 1, 2)), (d.Reason, d.By, d.Turn)));
        var audit = await shop.ReadAsync(db => db.AuditEntries.Where(a => a.Action == "conversation.assign").ToListAsync(Ct));
        Assert.All(audit, a => Assert.EndsWith("RoundRobin: open 0 of 1, available 2", a.Details, StringComparison.Ordinal));
        Assert.Equal(2, await shop.ReadAsync(db => db.Conversations.CountAsync(c => c.AssigneeId != null, Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Who_is_away_full_or_reads_only_gets_nothing_and_what_is_left_over_goes_to_who_has_room_again(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await SwitchOnAsync(shop, 2);
        await AwayAsync(shop, shop.Owner, true);
        for (var i = 0; i < 3; i++) await WaitingAsync(shop, hours: i + 1);
        await Turns(shop).GiveOutAsync(shop.Store.Id, Ct);
        Assert.Equal([(shop.Agent.Id, 2)], await OpenAsync(shop));

        // He answers one: there is room for the third.
        await shop.WriteAsync(async db =>
        {
            var answered = await db.Conversations.FirstAsync(c => c.AssigneeId == shop.Agent.Id, Ct);
            (answered.WaitingSince, answered.DueAt) = (null, null);
        });
        await Turns(shop).GiveOutAsync(shop.Store.Id, Ct);
        Assert.Equal([(shop.Agent.Id, 2)], await OpenAsync(shop));

        // The owner comes back.
        await WaitingAsync(shop, hours: 5);
        await AwayAsync(shop, shop.Owner, false);
        await Turns(shop).GiveOutAsync(shop.Store.Id, Ct);
        Assert.Equal([(shop.Agent.Id, 2), (shop.Owner.Id, 1)], await OpenAsync(shop));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Several_who_give_out_at_once_give_each_conversation_once_and_nobody_more_than_he_may_have(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await SwitchOnAsync(shop, 4);
        for (var i = 0; i < 12; i++) await WaitingAsync(shop, hours: i + 1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Turns(shop).GiveOutAsync(shop.Store.Id, Ct), Ct)));
        Assert.Equal([(shop.Agent.Id, 4), (shop.Owner.Id, 4)], await OpenAsync(shop));
        Assert.Equal(8, await shop.ReadAsync(db => db.Deeds.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_was_with_somebody_who_left_is_free_again(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var open = await WaitingAsync(shop, 1, c => c.AssigneeId = shop.Agent.Id);
        await shop.ConversationAsync(c => c.AssigneeId = shop.Agent.Id);
        var kept = await WaitingAsync(shop, 2, c => c.AssigneeId = shop.Owner.Id);
        await shop.WriteAsync(async db => db.Memberships.Remove(await db.Memberships.SingleAsync(m => m.UserId == shop.Agent.Id, Ct)));

        await Turns(shop).ReleaseAsync(shop.Store.Id, Ct);

        Assert.Equal([kept.Id], await shop.ReadAsync(db => db.Conversations.Where(c => c.AssigneeId != null).Select(c => c.Id).ToListAsync(Ct)));
        var deed = await shop.ReadAsync(db => db.Deeds.SingleAsync(Ct));
        Assert.Equal((open.Id, DeedKind.Unassigned, DeedReason.PersonLeft, shop.Agent.Id), (deed.ConversationId, deed.Kind, deed.Reason, deed.PersonId));
    }

    [Fact]
    public async Task Owners_set_it_each_says_of_himself_whether_he_is_there()
    {
        await using var shop = await TestShop.OpenAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var actions = Settings(shop);
        Assert.Equal("OwnersOnly", (await actions.SetAsync(shop.Agent, shop.Store.Id, true, 5, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetAsync(stranger, shop.Store.Id, true, 5, Ct)).Refusal?.Key);
        Assert.Equal("MaxOpenRange", (await actions.SetAsync(shop.Owner, shop.Store.Id, true, 0, Ct)).Refusal?.Key);
        Assert.Equal("MaxOpenRange", (await actions.SetAsync(shop.Owner, shop.Store.Id, true, 1001, Ct)).Refusal?.Key);
        Assert.True((await actions.SetAsync(shop.Owner, shop.Store.Id, true, 5, Ct)).IsDone);

        Assert.True((await actions.SetAwayAsync(shop.Agent, shop.Store.Id, shop.Agent.Id, true, Ct)).IsDone);
        Assert.True((await actions.SetAwayAsync(shop.Owner, shop.Store.Id, shop.Agent.Id, false, Ct)).IsDone);
        Assert.Equal("OwnersOnly", (await actions.SetAwayAsync(shop.Agent, shop.Store.Id, shop.Owner.Id, true, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetAwayAsync(shop.Support, shop.Store.Id, shop.Support.Id, true, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetAwayAsync(stranger, shop.Store.Id, shop.Agent.Id, true, Ct)).Refusal?.Key);
        Assert.Equal(
            ["store.round-robin", "member.available", "member.available"],
            await shop.ReadAsync(db => db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Ct)));
    }

    [Fact]
    public async Task What_is_left_over_and_what_each_has_open_is_read_off_small_indexes()
    {
        await using var shop = await TestShop.OpenAsync();
        await SwitchOnAsync(shop, 1);
        await WaitingAsync(shop, 1);
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        await Turns(shop).GiveOutAsync(shop.Store.Id, Ct);
        var ours = plans.Seen.Where(p => p.Sql.Contains("FROM \"Conversations\"", StringComparison.Ordinal) && p.Sql.StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ours);
        Assert.All(ours, p => Assert.True(
            p.Plan.Contains("IX_Conversations_AssigneeDue", StringComparison.Ordinal) || p.Plan.Contains("IX_Conversations_Open", StringComparison.Ordinal), p.Plan));
    }

    private static RoundRobin Turns(TestShop shop) => shop.Db.Services.GetRequiredService<RoundRobin>();

    private static RoundRobinActions Settings(TestShop shop) => new(shop.Db.Databases, shop.Clock);

    private static async Task SwitchOnAsync(TestShop shop, int max) =>
        Assert.True((await Settings(shop).SetAsync(shop.Owner, shop.Store.Id, on: true, max, Ct)).IsDone);

    private static async Task AwayAsync(TestShop shop, CurrentUser person, bool away) =>
        Assert.True((await Settings(shop).SetAwayAsync(person, shop.Store.Id, person.Id, away, Ct)).IsDone);

    private static Task<Conversation> WaitingAsync(TestShop shop, int hours, Action<Conversation>? change = null) => shop.ConversationAsync(c =>
    {
        (c.WaitingSince, c.DueAt) = (shop.Now, shop.Now.AddHours(hours));
        change?.Invoke(c);
    });

    private static async Task<List<(string, int)>> OpenAsync(TestShop shop) =>
        [.. (await shop.ReadAsync(db => db.Conversations.Where(c => c.AssigneeId != null && c.WaitingSince != null).Select(c => c.AssigneeId!).ToListAsync(Ct)))
            .CountBy(id => id).Select(c => (c.Key, c.Value)).Order()];
}
