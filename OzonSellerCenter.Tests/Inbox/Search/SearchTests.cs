using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Search;

/// <summary>What is found, on both databases.</summary>
public sealed class SearchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_message_is_found_by_every_form_spelling_and_beginning_of_its_words(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var tree = await SaidAsync(shop, "Здравствуйте! Новогодняя ёлка пришла с трещинами, прошу оформить ВОЗВРАТ.");
        var hello = await SaidAsync(shop, "Привет, hello! Обмен возможен?");
        var size = await SaidAsync(shop, "Размер не подошёл, верните деньги за USB-C");
        foreach (var (query, expected) in new (string, Conversation)[]
        {
            ("возвраты", tree), ("возвратом", tree), ("ТРЕЩИНА", tree), ("елку", tree), ("ёлки", tree), ("новогодние елки", tree),
            ("оформили возвраты", tree), ("ghbdtn", hello), ("руддщ", hello), ("j,vty", hello), ("ghbd", hello),
            ("\"не подошёл\"", size), ("\"вернуть деньги\"", size), ("разм", size), ("usb-c", size), ("верните де", size), ("гыи-с", size),
            ("\"размер не подошел, верни деньги", size), ("деньги размер", size),
        })
        {
            Assert.True((await shop.FindAsync(query)).SequenceEqual([expected.Id]), $"«{query}» does not find «{expected.OzonChatId}» alone");
        }

        foreach (var query in new[] { "возврата нет", "\"деньги верните\"", "\"подошёл не\"", "зврат", "размер возврат", "USB-A", "трещ " })
        {
            Assert.True((await shop.FindAsync(query)).Length == 0, $"«{query}» finds something");
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Numbers_are_found_by_any_fragment_and_messages_by_product_and_buyer(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("0138-4821-1", change: p => p.TrackingNumber = "RB123456785CN");
        await shop.PostingAsync("0138-4821-2", change: p => p.Items[0].Name = "Лампа настольная");
        var order = await SaidAsync(shop, "Когда приедет?", c => (c.OrderNumber, c.PostingNumber, c.BuyerName) = ("0138-4821", "0138-4821-1", "Ирина Котова"));
        await SaidAsync(shop, "Пришло!", c => c.OrderNumber = "0999-1111");
        foreach (var query in new[]
        {
            "0138-4821-1", "0138-4821-2", "4821", "138", "8-48", "21-1", "01384821", "RB1234", "6785", "785cn", "кИ123", "KT-170", "313766", "чайник", "чайники стеклянные", "лампу",
            "Ирина", "котовой", "bhbyf", "order:4821", "order:785CN", "Ирина чайник приедет", "4821 приедет", "rjnjdf 4821",
        })
        {
            Assert.True((await shop.FindAsync(query)).SequenceEqual([order.Id]), $"«{query}» does not find the order");
        }

        foreach (var query in new[] { "4821-3", "order:0139", "Ирина пришло", "4822", "чайник 0999" })
        {
            Assert.True((await shop.FindAsync(query)).Length == 0, $"«{query}» finds something");
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Filters_in_the_query_and_in_the_address_narrow_the_results(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (second, _) = await shop.Db.AddStoreAsync("1000002", StoreRole.Agent, shop.Agent.Id);
        var read = await SaidAsync(shop, "Вопрос о доставке", c => c.DueAt = shop.Now.AddHours(1));
        await shop.MessageAsync(read, "Ответ о доставке", MessageAuthor.Seller);
        await shop.Actions.MarkReadAsync(shop.Agent, read.Id, Ct);
        var late = await SaidAsync(shop, "Где доставка?", c => (c.DueAt, c.WaitingSince) = (shop.Now.AddHours(-1), shop.Now.AddHours(-2)));
        var support = await shop.ConversationAsync(store: second, kind: ConversationKind.Support);
        await shop.MessageAsync(support, "Доставка приостановлена", MessageAuthor.Support);
        Assert.Equal([support.Id, late.Id, read.Id], await shop.FindAsync("доставка"));
        Assert.Equal([late.Id, read.Id], await shop.FindAsync("доставка from:buyer"));
        Assert.Equal([read.Id], await shop.FindAsync("from:seller"));
        Assert.Equal([support.Id], await shop.FindAsync("from:support"));
        Assert.Equal([late.Id], await shop.FindAsync("overdue доставка"));
        Assert.Equal([support.Id], await shop.FindAsync($"store:{second.ClientId}"));
        Assert.Equal([support.Id], await shop.FindAsync("store:\"STORE 1000002\" доставка"));
        Assert.Equal([late.Id], await shop.FindAsync("unread from:buyer"));
        Assert.Equal([late.Id], await shop.FindAsync("доставка", filter: InboxFilter.Default with { Waiting = true }));
        Assert.Equal([support.Id], await shop.FindAsync("доставка", filter: InboxFilter.Default with { Store = second.Id }));
        Assert.Empty(await shop.FindAsync("overdue вопрос"));
        Assert.Empty(await shop.FindAsync("store:nowhere"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_colleagues_look_after_tagged_or_put_off_is_found_by_that(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var mine = await SaidAsync(shop, "Где доставка?", c => c.AssigneeId = shop.Agent.Id);
        var off = await SaidAsync(shop, "Доставка не пришла", c => (c.SnoozedAt, c.AssigneeId) = (shop.Now, shop.Owner.Id));
        var tags = shop.Db.Services.GetRequiredService<TagActions>();
        Assert.True((await tags.AddAsync(shop.Agent, mine.Id, "Срочно", Ct)).IsDone);
        Assert.True((await tags.AddAsync(shop.Agent, off.Id, "VIP клиент", Ct)).IsDone);
        Assert.Equal([off.Id, mine.Id], await shop.FindAsync("доставка"));
        Assert.Equal([mine.Id], await shop.FindAsync("tag:срочно"));
        Assert.Equal([off.Id], await shop.FindAsync("tag:\"vip клиент\" доставка"));
        Assert.Equal([mine.Id], await shop.FindAsync("доставка", filter: InboxFilter.Default with { Tag = "срочно" }));
        Assert.Equal([off.Id], await shop.FindAsync("доставка", filter: InboxFilter.Default with { Snoozed = true }));
        Assert.Equal([mine.Id], await shop.FindAsync("доставка assigned:me"));
        Assert.Equal([off.Id], await shop.FindAsync($"доставка assigned:\"{shop.Owner.Name}\""));
        Assert.Equal([mine.Id], await shop.FindAsync("доставка", filter: InboxFilter.Default with { Assignee = InboxFilter.Me }));
        foreach (var nothing in new[] { "tag:никакая", "tag:срочно не", "доставка assigned:none", "доставка assigned:nobody", "tag:срочно tag:\"vip клиент\"" })
        {
            Assert.True((await shop.FindAsync(nothing)).Length == 0, $"«{nothing}» finds something");
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Nothing_of_a_foreign_store_is_ever_found(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (other, stranger) = await shop.OtherStoreAsync();
        await shop.PostingAsync("0138-4821-1", change: p => p.TrackingNumber = "RB123456785CN");
        var ours = await SaidAsync(shop, "Тайный возврат", c => (c.OrderNumber, c.PostingNumber, c.BuyerName) = ("0138-4821", "0138-4821-1", "Ирина"));
        var theirs = await SaidAsync(shop, "Чужой возврат", c => c.OrderNumber = "0777-0001", other);
        string[] queries =
            ["возврат", "тайн", "Ирина", "чайник", "4821", "order:4821", "RB123", "from:buyer", "unread", $"store:{shop.Store.ClientId}", $"\"@s{shop.Store.Id}\"", $"@c{ours.Id}"];
        foreach (var query in queries) Assert.DoesNotContain(ours.Id, await shop.FindAsync(query, stranger));
        Assert.Equal([theirs.Id], await shop.FindAsync("возврат", stranger));
        Assert.Equal([ours.Id], await shop.FindAsync("возврат"));
        Assert.Empty(await shop.FindAsync("возврат", stranger, InboxFilter.Default with { Store = shop.Store.Id }));
        Assert.Empty(await shop.FindAsync("возврат", new CurrentUser("nobody", "nobody")));
        Assert.Empty(await shop.Inbox.ByIdAsync(stranger, [ours.Id], Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Pages_give_each_conversation_at_its_newest_message_newest_first(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var random = new Random(5);
        var newest = new Dictionary<long, DateTime>();
        await shop.WriteAsync(async db =>
        {
            for (var i = 0; i < 60; i++)
            {
                var conversation = new Conversation { StoreId = shop.Store.Id, OzonChatId = $"p{i}", Kind = ConversationKind.Buyer };
                db.Conversations.Add(conversation);
                await db.SaveChangesAsync(Ct);

                // Written in no order, as an import does.
                var times = Enumerable.Range(0, 4).Select(_ => shop.Now.AddMinutes(-random.Next(100_000))).ToList();
                newest.Add(conversation.Id, times.Max());
                db.Messages.AddRange(times.Select(at => new Message { StoreId = shop.Store.Id, ConversationId = conversation.Id, Author = MessageAuthor.Buyer, Text = "Возврат", SentAt = at }));
            }
        });
        var found = new List<SearchHit>();
        long? next = null;
        do
        {
            var page = await shop.Search.FindAsync(shop.Agent, InboxFilter.Default with { Query = "возвраты" }, next, Ct, 7);
            Assert.True(page.Hits.Count <= 7);
            found.AddRange(page.Hits.Where(h => !found.Exists(f => f.Row.Id == h.Row.Id)));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(newest.OrderByDescending(n => n.Value).ThenByDescending(n => n.Key).Select(n => n.Value), found.Select(h => h.SentAt));
        Assert.Equal(newest.Keys.Order(), found.Select(h => h.Row.Id).Order());
    }

    [Fact]
    public async Task A_result_shows_what_was_found_and_where()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1", change: p => p.TrackingNumber = "RB123456785CN");
        await SaidAsync(
            shop,
            "Здравствуйте! Очень длинное вступление, которое никому не нужно.\nНо вот: размер не подошёл мне совсем.",
            c => (c.OrderNumber, c.PostingNumber, c.BuyerName) = ("0138-4821", "0138-4821-1", "Ирина"));
        var text = await PageAsync("\"не подошел\"");
        Assert.StartsWith("…", text.Hits[0].Line, StringComparison.Ordinal);
        Assert.Null(text.Hits[0].Found);
        Assert.Equal(["не подошёл"], Found(text.Marks.In(text.Hits[0].Line)));
        var tracking = await PageAsync("785cn");
        Assert.Equal(new SearchFound("Found_Tracking", "RB123456785CN", true), tracking.Hits[0].Found);
        Assert.Equal(["785CN"], Found(tracking.Marks.InNumber("RB123456785CN")));
        Assert.Equal(new SearchFound("Found_Product", "Чайник стеклянный, 1,7 л", false), (await PageAsync("чайника")).Hits[0].Found);
        var posting = await PageAsync("84821");
        Assert.Null(posting.Hits[0].Found);
        Assert.Equal(["8-4821"], Found(posting.Marks.InNumber("0138-4821-1")));
        Assert.Equal(["Ирина"], Found((await PageAsync("ирин")).Marks.In("Ирина")));
        Assert.Empty(text.OtherLayout);
        Assert.Equal(["размер"], (await PageAsync("hfpvth")).OtherLayout);

        Task<SearchPage> PageAsync(string query) => shop.Search.FindAsync(shop.Agent, InboxFilter.Default with { Query = query }, null, Ct);

        static IEnumerable<string> Found(IEnumerable<MarkedPiece> pieces) => pieces.Where(p => p.IsFound).Select(p => p.Text);
    }

    [Fact]
    public async Task No_step_of_a_search_reads_a_table_from_end_to_end()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync();
        for (var i = 0; i < 5; i++) await SaidAsync(shop, $"Возврат {i}", c => (c.OrderNumber, c.Sku) = ("0138-4821", 148_313_766));
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        foreach (var query in new[] { "возвр", "\"возврат 1\"", "4821 чайник", "order:4821", "overdue возврат", "unread", "from:buyer", "store:1000001 возв" })
        {
            plans.Seen.Clear();
            await shop.FindAsync(query);
            Assert.NotEmpty(plans.Seen);
            foreach (var (sql, plan) in plans.Seen)
            {
                var scans = plan.Split('\n').Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE INDEX", StringComparison.Ordinal)
                    && !step.Contains("SearchRebuild", StringComparison.Ordinal));
                Assert.True(!scans.Any(), $"{query}\n{sql}\n{plan}");
                Assert.DoesNotContain("OFFSET", sql, StringComparison.Ordinal);
            }

            // Newest first comes from the index itself, not from sorting all that was found.
            var texts = plans.Seen.Where(s => s.Sql.Contains("FROM \"SearchTexts\"", StringComparison.Ordinal)).ToList();
            Assert.All(texts, s => Assert.DoesNotContain("TEMP B-TREE", s.Plan, StringComparison.Ordinal));
        }
    }

    private static async Task<Conversation> SaidAsync(TestShop shop, string text, Action<Conversation>? change = null, Store? store = null)
    {
        var conversation = await shop.ConversationAsync(change, store);
        await shop.MessageAsync(conversation, text);
        return conversation;
    }
}
