using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Search;

/// <summary>The index follows whatever is saved, and comes back the same when it is built anew.</summary>
public sealed class SearchUpkeepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task An_edited_message_is_found_by_its_new_text_and_not_by_the_old(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        var message = await shop.MessageAsync(conversation, "Чайник треснул");
        await shop.WriteAsync(async db => (await db.Messages.SingleAsync(m => m.Id == message.Id, Ct)).Text = "Лампа погасла");
        Assert.Empty(await shop.FindAsync("чайник"));
        Assert.Equal([conversation.Id], await shop.FindAsync("лампа"));

        // Ozon's own time takes the place of ours.
        await shop.WriteAsync(async db => (await db.Messages.SingleAsync(m => m.Id == message.Id, Ct)).SentAt = shop.Now.AddMinutes(-5));
        var hit = Assert.Single((await shop.Search.FindAsync(shop.Agent, InboxFilter.Default with { Query = "лампа" }, null, Ct)).Hits);
        Assert.Equal(shop.Now.AddMinutes(-5), hit.SentAt);
        Assert.Equal(1, await CountAsync(shop, "SearchTexts"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_answer_is_found_at_once_and_no_more_when_it_was_taken_back(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        Assert.True((await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Заменим бесплатно"), Ct)).IsDone);
        Assert.Equal([conversation.Id], await shop.FindAsync("бесплатная from:seller"));
        var id = await shop.ReadAsync(db => db.Messages.Where(m => m.Author == MessageAuthor.Seller).Select(m => m.Id).SingleAsync(Ct));
        Assert.True((await shop.Actions.TakeBackAsync(shop.Agent, id, Ct)).IsDone);
        Assert.Empty(await shop.FindAsync("бесплатно"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_rolled_back_leaves_nothing_in_the_index(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync(c => c.OrderNumber = "0138-4821");
        await using (var db = await shop.Db.Databases.ForSystemAsync(Ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            db.Messages.Add(Said(conversation, "Неслыханное"));
            (await db.Conversations.SingleAsync(Ct)).OrderNumber = "0777-1234";
            await db.SaveChangesAsync(Ct);
            await transaction.RollbackAsync(Ct);
        }

        Assert.Equal(0, await CountAsync(shop, "SearchTexts"));
        Assert.Equal(0, await CountAsync(shop, "SearchVocabulary"));
        await using (var db = await shop.Db.Databases.ForSystemAsync(Ct))
        {
            // Without a transaction of the caller's the two are written in one all the same: what the second breaks takes the first along.
            db.Messages.Add(Said(conversation, "Неслыханное"));
            db.Messages.Add(new Message { StoreId = conversation.StoreId, ConversationId = 999, Text = "Ничьё" });
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Ct));
            Assert.Null(db.Database.CurrentTransaction);
        }

        Assert.Equal(0, await CountAsync(shop, "SearchTexts"));
        await shop.MessageAsync(conversation, "Слыхано");
        Assert.Equal([conversation.Id], await shop.FindAsync("4821"));
        Assert.Empty(await shop.FindAsync("1234"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Saved_without_a_transaction_a_message_is_found_all_the_same(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await using (var db = await shop.Db.Databases.ForSystemAsync(Ct))
        {
            db.Messages.Add(Said(conversation, "Сохранено просто так"));
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal([conversation.Id], await shop.FindAsync("просто"));
    }

    [Fact]
    public async Task Saving_what_is_searched_past_the_index_is_refused()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        db.Messages.Add(Said(conversation, "Мимо"));
#pragma warning disable CA1849 // The very call that must not be used.
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
#pragma warning restore CA1849
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_an_order_tells_later_is_found_with_the_messages_that_were_there(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var about = await shop.ConversationAsync(c => c.OrderNumber = "0138-4821");
        await shop.MessageAsync(about, "Где заказ?");
        var question = await shop.ConversationAsync(c => (c.Sku, c.LastAt) = (148_313_766, shop.Now.AddDays(-1)));
        await shop.MessageAsync(question, "Из чего он сделан?", change: m => m.SentAt = shop.Now.AddDays(-1));
        Assert.Empty(await shop.FindAsync("чайник"));
        await shop.PostingAsync("0138-4821-1");
        Assert.Equal([about.Id, question.Id], await shop.FindAsync("чайник"));
        Assert.Equal([about.Id, question.Id], await shop.FindAsync("KT-170"));
        Assert.Equal([question.Id], await shop.FindAsync("чайник сделан"));

        await shop.WriteAsync(async db =>
        {
            var posting = await db.Postings.Include(p => p.Items).SingleAsync(Ct);
            posting.TrackingNumber = "RB123456785CN";
            posting.Items[0].Name = "Самовар";
        });
        Assert.Equal([about.Id], await shop.FindAsync("rb12"));
        Assert.Equal([about.Id], await shop.FindAsync("самовары где"));
        await shop.WriteAsync(async db => (await db.Conversations.SingleAsync(c => c.Id == about.Id, Ct)).BuyerName = "Гульнара");
        Assert.Equal([about.Id], await shop.FindAsync("гульнаре"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_index_built_anew_finds_the_same_and_an_interrupted_build_goes_on(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("0138-4821-1");
        var first = await shop.ConversationAsync(c => c.OrderNumber = "0138-4821");
        await shop.MessageAsync(first, "Первый возврат");
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        await SearchRebuild.StartAsync(db, Ct);
        Assert.Empty(await shop.FindAsync("возврат"));
        Assert.True((await shop.Search.FindAsync(shop.Agent, InboxFilter.Default with { Query = "возврат" }, null, Ct)).IsIncomplete);

        // Conversations are in, messages are not: as if it were killed here; and the shop goes on.
        Assert.Equal(new SearchProgress(first.Id, 0), await SearchRebuild.StepAsync(db, Ct));
        var second = await shop.ConversationAsync(c => c.OrderNumber = "0777-4821");
        await shop.MessageAsync(second, "Второй возврат", change: m => m.SentAt = shop.Now.AddSeconds(5));
        Assert.Equal([second.Id], await shop.FindAsync("возврат"));

        var output = new StringWriter();
        Assert.Equal(0, await ReindexCommand.RunAsync(db, restart: false, output, Ct));
        Assert.Contains($"Going on behind conversation {first.Id} and message 0.", output.ToString(), StringComparison.Ordinal);
        await AssertFoundAsync();
        Assert.Equal(0, await ReindexCommand.RunAsync(db, restart: true, TextWriter.Null, Ct));
        Assert.Equal(0, await ReindexCommand.RunAsync(db, restart: false, TextWriter.Null, Ct));
        await AssertFoundAsync();
        Assert.Equal(2, await CountAsync(shop, "SearchTexts"));

        async Task AssertFoundAsync()
        {
            Assert.Null(await SearchRebuild.ProgressAsync(db, Ct));
            Assert.Equal([second.Id, first.Id], await shop.FindAsync("возвр"));
            Assert.Equal([second.Id, first.Id], await shop.FindAsync("4821"));
            Assert.Equal([first.Id], await shop.FindAsync("чайник"));
        }
    }

    private static Message Said(Conversation conversation, string text) =>
        new() { StoreId = conversation.StoreId, ConversationId = conversation.Id, Author = MessageAuthor.Buyer, Text = text, SentAt = TestShop.Start };

    private static Task<long> CountAsync(TestShop shop, string table) => shop.ReadAsync(async db =>
#pragma warning disable EF1002 // A name given in this class.
        (await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").ToListAsync(Ct))[0]);
#pragma warning restore EF1002
}
