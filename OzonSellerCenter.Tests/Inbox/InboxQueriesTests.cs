using CsCheck;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class InboxQueriesTests
{
    private static readonly string?[] Whose = [null, InboxFilter.Me, InboxFilter.Nobody, "5f1c & = #"];
    private static readonly string?[] Tags = [null, "брак", "два слова & 100 %", "急+"];

    private static readonly Gen<InboxFilter> Filters = Gen.Select(
        Gen.Enum<InboxTab>(), Gen.Int[0, 15], Gen.Enum<OrderStage>().Nullable(), Gen.Int[1, 100_000].Nullable(), Gen.Enum<InboxSort>(), Gen.Enum<InboxBand>().Nullable(),
        Gen.Int[0, 3].Select(i => Whose[i]), Gen.Int[0, 3].Select(i => Tags[i]))
        .Select((tab, flags, order, store, sort, from, assignee, tag) => new InboxFilter
        {
            Tab = tab,
            Unread = (flags & 1) != 0,
            Waiting = (flags & 2) != 0,
            Overdue = (flags & 4) != 0,
            Snoozed = (flags & 8) != 0,
            Order = order,
            Store = store,
            Sort = sort,
            From = from,
            Assignee = assignee,
            Tag = tag,
        });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public void A_filter_comes_back_out_of_its_address() =>
        Filters.Sample(filter => InboxFilter.Parse(filter.ToQuery()) == filter);

    [Theory]
    [InlineData("?tab=nonsense&order=7&store=-1&sort=&from=%00&unknown=1")]
    [InlineData("")]
    [InlineData("?store=99999999999999999999")]
    [InlineData("?tab=1&assignee=&tag=")]
    public void Unknown_words_in_an_address_are_ignored(string query) => Assert.Equal(InboxFilter.Default, InboxFilter.Parse(query));

    [Theory, MemberData(nameof(Providers))]
    public async Task The_list_shows_what_ends_first_then_the_rest_newest_first(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var later = await shop.ConversationAsync(c => c.DueAt = shop.Now.AddHours(3));
        var old = await shop.ConversationAsync(c => c.LastAt = shop.Now.AddDays(-2));
        var overdue = await shop.ConversationAsync(c => c.DueAt = shop.Now.AddMinutes(-8));
        var fresh = await shop.ConversationAsync(c => c.LastAt = shop.Now.AddDays(-1));
        await shop.ConversationAsync(kind: ConversationKind.Notice);

        Assert.Equal([overdue.Id, later.Id, fresh.Id, old.Id], await IdsAsync(shop, InboxFilter.Default));
        Assert.Equal([overdue.Id], await IdsAsync(shop, InboxFilter.Default with { Overdue = true }));
        Assert.Equal([later.Id, fresh.Id, old.Id], await IdsAsync(shop, InboxFilter.Default with { From = InboxBand.Later }));
        Assert.Single(await IdsAsync(shop, InboxFilter.Default with { Tab = InboxTab.Ozon }));
        Assert.Equal([later.Id, overdue.Id], (await IdsAsync(shop, InboxFilter.Default with { Sort = InboxSort.Newest }))[..2].Order());
        var counts = await shop.Inbox.CountsAsync(shop.Agent, InboxFilter.Default, Ct);
        Assert.Equal((1, 0, 0, 1, 2), (counts.Overdue, counts.Urgent, counts.Soon, counts.Later, counts.BuyersDue));
        Assert.Equal(new InboxCounters(0, 1), await shop.Inbox.CountersAsync(shop.Agent, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Filters_narrow_by_reading_waiting_order_and_store(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("0138-4821-1", "awaiting_packaging");
        var toShip = await shop.ConversationAsync(c => c.PostingNumber = "0138-4821-1");
        var unread = await shop.ConversationAsync(c => c.Unread = 2);
        var waiting = await shop.ConversationAsync(c => (c.WaitingSince, c.DueAt) = (shop.Now, shop.Now.AddHours(4)));
        Assert.Equal([toShip.Id], await IdsAsync(shop, InboxFilter.Default with { Order = OrderStage.ToShip }));
        Assert.Equal([unread.Id], await IdsAsync(shop, InboxFilter.Default with { Unread = true }));
        Assert.Equal([waiting.Id], await IdsAsync(shop, InboxFilter.Default with { Waiting = true }));
        Assert.Equal(3, (await IdsAsync(shop, InboxFilter.Default with { Store = shop.Store.Id })).Length);
        Assert.Empty(await IdsAsync(shop, InboxFilter.Default with { Store = shop.Store.Id + 1 }));
        var row = (await shop.Inbox.RowsAsync(shop.Agent, InboxFilter.Default, [toShip.Id, unread.Id], Ct)).Single(r => r.Id == toShip.Id);
        Assert.Equal("awaiting_packaging", row.PostingStatus);
        Assert.Empty(await shop.Inbox.RowsAsync(shop.Agent, InboxFilter.Default with { Unread = true }, [toShip.Id], Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Pages_over_two_stores_give_every_row_once_in_order(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (second, _) = await shop.Db.AddStoreAsync("1000002", StoreRole.Agent, shop.Agent.Id);
        var random = new Random(7);
        await shop.WriteAsync(db =>
        {
            for (var i = 0; i < 300; i++)
            {
                db.Conversations.Add(new Conversation
                {
                    StoreId = random.Next(2) == 0 ? shop.Store.Id : second.Id,
                    OzonChatId = $"p{i}",
                    Kind = ConversationKind.Buyer,

                    // Few distinct instants, so that keys collide.
                    DueAt = random.Next(3) == 0 ? null : shop.Now.AddMinutes(random.Next(20)),
                    LastAt = shop.Now.AddMinutes(-random.Next(20)),
                    WaitingSince = random.Next(3) == 0 ? shop.Now.AddMinutes(-random.Next(20)) : null,
                    Unread = random.Next(3),
                });
            }

            return Task.CompletedTask;
        });
        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            var rows = await AllAsync(shop, InboxFilter.Default with { Sort = sort }, 7);
            Assert.Equal(300, rows.Select(r => r.Id).Distinct().Count());
            Assert.Equal(300, rows.Count);
            Assert.Equal(rows.Order(new InboxOrder(sort)).Select(r => r.Id), rows.Select(r => r.Id));
        }
    }

    [Fact]
    public async Task While_rows_move_those_that_stand_still_are_given_exactly_once()
    {
        await using var shop = await TestShop.OpenAsync();
        var random = new Random(11);
        await shop.WriteAsync(db =>
        {
            for (var i = 0; i < 200; i++)
            {
                db.Conversations.Add(new Conversation
                {
                    StoreId = shop.Store.Id,
                    OzonChatId = $"p{i}",
                    Kind = ConversationKind.Buyer,
                    DueAt = random.Next(2) == 0 ? null : shop.Now.AddMinutes(random.Next(600)),
                    LastAt = shop.Now.AddMinutes(-random.Next(600)),
                });
            }

            return Task.CompletedTask;
        });
        var still = await shop.ReadAsync(db => db.Conversations.Where(c => c.Id % 2 == 0).Select(c => c.Id).ToListAsync(Ct));

        var rows = await AllAsync(shop, InboxFilter.Default, 10, () => shop.WriteAsync(async db =>
        {
            var moved = await db.Conversations.Where(c => c.Id % 2 == 1).OrderBy(c => c.Id).Skip(random.Next(90)).Take(5).ToListAsync(Ct);
            foreach (var one in moved) (one.DueAt, one.LastAt) = (random.Next(2) == 0 ? null : shop.Now.AddMinutes(random.Next(600)), shop.Now.AddMinutes(-random.Next(600)));
        }));

        Assert.All(still, id => Assert.Single(rows, r => r.Id == id));
    }

    [Fact]
    public async Task Each_page_is_read_off_its_index_without_sorting()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        var now = shop.Now;
        var due = new InboxRow { Id = 7, StoreId = shop.Store.Id, Kind = ConversationKind.Buyer, Preview = "", LastAuthor = MessageAuthor.Buyer, LastAt = now, DueAt = now };
        var notDue = due with { DueAt = null };
        foreach (var (filter, after, index) in new (InboxFilter, InboxRow?, string)[]
        {
            (InboxFilter.Default with { Overdue = true }, null, "IX_Conversations_Due"),
            (InboxFilter.Default with { Overdue = true }, due, "IX_Conversations_Due"),
            (InboxFilter.Default, notDue, "IX_Conversations_NotDue"),
            (InboxFilter.Default with { Waiting = true }, notDue, "IX_Conversations_WaitingNotDue"),
            (InboxFilter.Default with { Sort = InboxSort.Newest }, null, "IX_Conversations_Newest"),
            (InboxFilter.Default with { Sort = InboxSort.Newest }, due, "IX_Conversations_Newest"),
            (InboxFilter.Default with { Sort = InboxSort.Waiting, Waiting = true }, null, "IX_Conversations_Waiting"),
            (InboxFilter.Default with { Sort = InboxSort.Waiting, Waiting = true }, due with { WaitingSince = now }, "IX_Conversations_Waiting"),
            (InboxFilter.Default with { Sort = InboxSort.Waiting }, due, "IX_Conversations_Newest"),
            (InboxFilter.Default with { Sort = InboxSort.Unread, Unread = true }, null, "IX_Conversations_UnreadNewest"),
            (InboxFilter.Default with { Sort = InboxSort.Unread, Unread = true }, due with { Unread = 1 }, "IX_Conversations_UnreadNewest"),
            (InboxFilter.Default with { Sort = InboxSort.Unread }, due, "IX_Conversations_Newest"),
        })
        {
            plans.Seen.Clear();
            await shop.Inbox.ListAsync(shop.Agent, filter, after, Ct);
            var (sql, plan) = plans.Seen[^1];
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("OFFSET", sql, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unread_counts_and_bands_touch_only_their_own_rows()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        await shop.Inbox.CountsAsync(shop.Agent, InboxFilter.Default, Ct);
        await shop.Inbox.CountersAsync(shop.Agent, Ct);
        await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Unread = true }, null, Ct);
        var used = plans.Seen.Where(s => s.Sql.Contains("\"Conversations\"", StringComparison.Ordinal)).SelectMany(s => s.Plan.Split('\n'))
            .Where(step => step.Contains("IX_Conversations", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, step => Assert.True(
            step.Contains("IX_Conversations_Due", StringComparison.Ordinal) || step.Contains("IX_Conversations_Unread", StringComparison.Ordinal), step));
    }

    private static async Task<long[]> IdsAsync(TestShop shop, InboxFilter filter) =>
        [.. (await shop.Inbox.ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.Id)];

    private static async Task<List<InboxRow>> AllAsync(TestShop shop, InboxFilter filter, int size, Func<Task>? between = null)
    {
        var rows = new List<InboxRow>();
        InboxRows page;
        do
        {
            page = await shop.Inbox.ListAsync(shop.Agent, filter, rows.LastOrDefault(), Ct, size);
            rows.AddRange(page.Rows);
            Assert.True(rows.Count < 10_000, "the pages do not end");
            if (between is not null) await between();
        }
        while (page.HasMore);
        return rows;
    }
}
