using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Tags of conversations.</summary>
public sealed class TagTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory]
    [InlineData("  брак ", "брак")]
    [InlineData("два   слова", "два слова")]
    [InlineData("а,б", "а б")]
    [InlineData("\u202Eкарб\u200B", "карб")]
    [InlineData("строка\nвторая", "строка вторая")]
    [InlineData(" , ", "")]
    [InlineData("急", "急")]
    public void A_name_loses_what_does_not_show(string given, string kept) => Assert.Equal(kept, Tag.Clean(given));

    [Theory, MemberData(nameof(Providers))]
    public async Task A_tag_is_made_by_its_first_use_shown_on_the_row_and_a_filter(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (first, second) = (await shop.ConversationAsync(), await shop.ConversationAsync(c => c.DueAt = shop.Now));
        await shop.ConversationAsync();
        Assert.True((await Tags(shop).AddAsync(shop.Agent, first.Id, "Брак", Ct)).IsDone);
        Assert.True((await Tags(shop).AddAsync(shop.Owner, second.Id, "срочно", Ct)).IsDone);
        Assert.True((await Tags(shop).AddAsync(shop.Owner, second.Id, " БРАК ", Ct)).IsDone);
        Assert.True((await Tags(shop).AddAsync(shop.Owner, second.Id, "брак", Ct)).IsDone);

        var rows = (await shop.Inbox.ListAsync(shop.Support, Tagged("брак"), null, Ct)).Rows;
        Assert.Equal([(second.Id, "срочно, Брак"), (first.Id, "Брак")], rows.Select(r => (r.Id, r.Tags!)));
        Assert.Equal([second.Id], (await shop.Inbox.RowsAsync(shop.Agent, Tagged("СРОЧНО"), [first.Id, second.Id], Ct)).Select(r => r.Id));
        Assert.Empty((await shop.Inbox.ListAsync(shop.Agent, Tagged("нет такой"), null, Ct)).Rows);
        var queries = shop.Db.Services.GetRequiredService<TagQueries>();
        Assert.Equal(["Брак", "срочно"], await queries.InUseAsync(shop.Agent, null, Ct));

        Assert.True((await Tags(shop).RemoveAsync(shop.Agent, second.Id, "Срочно", Ct)).IsDone);
        Assert.Equal(["Брак"], await queries.InUseAsync(shop.Agent, shop.Store.Id, Ct));
        Assert.Equal(
            ["+ Брак", "+ срочно", "+ Брак", "- Срочно"], await shop.ReadAsync(db => db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Details!).ToListAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_same_new_tag_put_on_by_many_at_once_is_one_tag(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversations = new[] { await shop.ConversationAsync(), await shop.ConversationAsync(), await shop.ConversationAsync() };
        await Task.WhenAll(conversations.Concat(conversations).Select(c => Task.Run(() => Tags(shop).AddAsync(shop.Agent, c.Id, "брак", Ct), Ct)));
        Assert.Equal(1, await shop.ReadAsync(db => db.Tags.CountAsync(Ct)));
        Assert.Equal(3, await shop.ReadAsync(db => db.ConversationTags.CountAsync(Ct)));
        Assert.All(await shop.ReadAsync(db => db.Conversations.ToListAsync(Ct)), c => Assert.Equal("брак", c.Tags));
    }

    [Fact]
    public async Task Tags_have_names_of_thirty_signs_at_most_and_a_conversation_ten_of_them()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        Assert.Equal("TagEmpty", (await Tags(shop).AddAsync(shop.Agent, conversation.Id, " ,", Ct)).Refusal?.Key);
        Assert.Equal("TagTooLong", (await Tags(shop).AddAsync(shop.Agent, conversation.Id, new string('я', 31), Ct)).Refusal?.Key);
        for (var i = 0; i < 10; i++) Assert.True((await Tags(shop).AddAsync(shop.Agent, conversation.Id, new string('я', 29) + i, Ct)).IsDone);
        Assert.Equal("TooManyTags", (await Tags(shop).AddAsync(shop.Agent, conversation.Id, "ещё", Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Tags_are_the_stores_own_and_the_support_desk_sets_none(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (other, stranger) = await shop.OtherStoreAsync();
        var (conversation, foreign) = (await shop.ConversationAsync(), await shop.ConversationAsync(store: other));
        await Tags(shop).AddAsync(stranger, foreign.Id, "тайна", Ct);
        Assert.Equal("SupportReadsOnly", (await Tags(shop).AddAsync(shop.Support, conversation.Id, "а", Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Tags(shop).AddAsync(shop.Agent, foreign.Id, "а", Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Tags(shop).RemoveAsync(shop.Agent, foreign.Id, "тайна", Ct)).Refusal?.Key);
        Assert.Empty(await shop.Db.Services.GetRequiredService<TagQueries>().InUseAsync(shop.Agent, null, Ct));
        Assert.Empty((await shop.Inbox.ListAsync(shop.Agent, Tagged("тайна"), null, Ct)).Rows);
    }

    [Fact]
    public async Task A_tag_is_read_from_its_own_end_not_through_the_whole_list()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        foreach (var sort in Enum.GetValues<InboxSort>())
        {
            plans.Seen.Clear();
            await shop.Inbox.ListAsync(shop.Agent, Tagged("брак") with { Sort = sort }, null, Ct);
            var lists = plans.Seen.Where(p => p.Sql.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(lists);
            Assert.All(lists, p =>
            {
                var steps = p.Plan.Split('\n').Where(s => s.StartsWith("SEARCH", StringComparison.Ordinal) || s.StartsWith("SCAN", StringComparison.Ordinal)).ToList();
                Assert.Contains("ConversationTags", steps[0], StringComparison.Ordinal);
                Assert.Contains("INTEGER PRIMARY KEY (rowid=?)", steps[1], StringComparison.Ordinal);
            });
        }
    }

    private static InboxFilter Tagged(string tag) => InboxFilter.Default with { Tag = tag };

    private static TagActions Tags(TestShop shop) => shop.Db.Services.GetRequiredService<TagActions>();
}
