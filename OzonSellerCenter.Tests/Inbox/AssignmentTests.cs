using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Who looks after a conversation, by hand.</summary>
public sealed class AssignmentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_conversation_goes_from_hand_to_hand_and_each_step_is_written_down(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();

        Assert.True((await Actions(shop).AssignAsync(shop.Owner, conversation.Id, shop.Agent.Id, Ct)).IsDone);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await Actions(shop).AssignAsync(shop.Agent, conversation.Id, null, Ct)).IsDone);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await Actions(shop).AssignAsync(shop.Agent, conversation.Id, shop.Agent.Id, Ct)).IsDone);

        var (head, page, _) = (await shop.Conversations.OpenAsync(shop.Support, conversation.Id, Ct))!.Value;
        Assert.Equal(shop.Agent.Id, head.AssigneeId);
        Assert.Equal(
            [
                (DeedKind.Assigned, shop.Owner.Id, shop.Agent.Id), (DeedKind.Unassigned, shop.Agent.Id, shop.Agent.Id),
                (DeedKind.Assigned, shop.Agent.Id, shop.Agent.Id),
            ],
            page.Asides.Deeds.OrderBy(d => d.At).Select(d => (d.Kind, d.By, d.PersonId)));
        var audit = await shop.ReadAsync(db => db.AuditEntries.OrderBy(a => a.Id).ToListAsync(Ct));
        Assert.Equal(3, audit.Count);
        Assert.All(audit, a => Assert.Equal(("conversation.assign", $"conversation:{conversation.Id}"), (a.Action, a.Subject)));
        Assert.Equal($"nobody -> {shop.Agent.Id}; ByHand", audit[0].Details);
        Assert.Equal(3, await shop.ReadAsync(db => db.StoreEvents.CountAsync(e => e.Kind == EventKind.Conversation, Ct)));
    }

    [Fact]
    public async Task What_is_so_already_writes_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.AssigneeId = shop.Agent.Id);
        Assert.True((await Actions(shop).AssignAsync(shop.Owner, conversation.Id, shop.Agent.Id, Ct)).IsDone);
        Assert.Equal(0, await shop.ReadAsync(db => db.Deeds.CountAsync(Ct)));
        Assert.Equal(0, await shop.ReadAsync(db => db.AuditEntries.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Only_people_who_answer_in_the_store_can_have_it(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var conversation = await shop.ConversationAsync();
        foreach (var person in new[] { shop.Support.Id, stranger.Id, "nobody-at-all" })
        {
            Assert.Equal("NotAssignable", (await Actions(shop).AssignAsync(shop.Owner, conversation.Id, person, Ct)).Refusal?.Key);
        }

        await shop.WriteAsync(async db => (await db.Users.SingleAsync(u => u.Id == shop.Agent.Id, Ct)).DisabledAt = shop.Now);
        Assert.Equal("NotAssignable", (await Actions(shop).AssignAsync(shop.Owner, conversation.Id, shop.Agent.Id, Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_support_desk_and_strangers_assign_nothing(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var conversation = await shop.ConversationAsync();
        Assert.Equal("SupportReadsOnly", (await Actions(shop).AssignAsync(shop.Support, conversation.Id, shop.Agent.Id, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(shop).AssignAsync(stranger, conversation.Id, stranger.Id, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(shop).AssignAsync(shop.Agent, 999_999, shop.Agent.Id, Ct)).Refusal?.Key);
        Assert.Null(await shop.ReadAsync(db => db.Conversations.Select(c => c.AssigneeId).SingleAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Mine_nobodys_and_a_colleagues_are_filters_of_the_list(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var mine = await shop.ConversationAsync(c => c.AssigneeId = shop.Agent.Id);
        var due = await shop.ConversationAsync(c => (c.AssigneeId, c.DueAt) = (shop.Agent.Id, shop.Now.AddHours(1)));
        var owners = await shop.ConversationAsync(c => c.AssigneeId = shop.Owner.Id);
        var nobodys = await shop.ConversationAsync();
        Assert.Equal([due.Id, mine.Id], await IdsAsync(shop, InboxFilter.Me));
        Assert.Equal([owners.Id], await IdsAsync(shop, shop.Owner.Id));
        Assert.Equal([nobodys.Id], await IdsAsync(shop, InboxFilter.Nobody));
        Assert.Empty(await IdsAsync(shop, "somebody"));
        Assert.Equal([due.Id], (await shop.Inbox.RowsAsync(shop.Agent, Whose(InboxFilter.Me), [due.Id, owners.Id], Ct)).Select(r => r.Id));
        Assert.Equal(shop.Agent.Id, (await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default, null, Ct)).Rows[0].AssigneeId);
    }

    [Fact]
    public async Task Whose_conversations_is_read_off_an_index_in_order()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        foreach (var assignee in new[] { InboxFilter.Me, InboxFilter.Nobody, shop.Owner.Id })
        {
            plans.Seen.Clear();
            await shop.Inbox.ListAsync(shop.Agent, Whose(assignee), null, Ct);
            await shop.Inbox.ListAsync(shop.Agent, Whose(assignee) with { Sort = InboxSort.Newest }, null, Ct);
            var lists = plans.Seen.Where(p => p.Sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
            Assert.Equal(3, lists.Count);
            Assert.Contains("IX_Conversations_AssigneeDue", lists[0].Plan, StringComparison.Ordinal);
            Assert.All(lists.Skip(1), p => Assert.Contains("IX_Conversations_AssigneeNewest", p.Plan, StringComparison.Ordinal));
            Assert.All(lists, p => Assert.DoesNotContain("TEMP B-TREE", p.Plan, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_filter_by_deadline_that_has_passed_holds_under_every_sort()
    {
        await using var shop = await TestShop.OpenAsync();
        var overdue = await shop.ConversationAsync(c => c.DueAt = shop.Now.AddMinutes(-1));
        await shop.ConversationAsync(c => c.DueAt = shop.Now.AddMinutes(1));
        await shop.ConversationAsync();
        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            var filter = InboxFilter.Default with { Overdue = true, Sort = sort };
            Assert.Equal([overdue.Id], (await shop.Inbox.ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.Id));
        }
    }

    [Fact]
    public async Task Colleagues_are_those_of_ones_own_stores()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.OtherStoreAsync();
        var colleagues = await shop.Db.Services.GetRequiredService<ColleagueQueries>().OfAsync(shop.Support, Ct);
        Assert.Equal([shop.Agent.Id, shop.Owner.Id, shop.Support.Id], colleagues.Select(c => c.UserId).Order());
        Assert.Equal([shop.Agent.Id, shop.Owner.Id], colleagues.Where(c => c.Answers).Select(c => c.UserId).Order());
    }

    private static InboxFilter Whose(string assignee) => InboxFilter.Default with { Assignee = assignee };

    private static AssignmentActions Actions(TestShop shop) => shop.Db.Services.GetRequiredService<AssignmentActions>();

    private static async Task<long[]> IdsAsync(TestShop shop, string assignee) =>
        [.. (await shop.Inbox.ListAsync(shop.Agent, Whose(assignee), null, Ct)).Rows.Select(r => r.Id)];
}
