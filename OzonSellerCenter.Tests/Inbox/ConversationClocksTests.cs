using CsCheck;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class ConversationClocksTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_message_starts_the_clocks_and_the_answer_meets_them(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon.AddMinutes(1));
        var id = await test.AddConversationAsync("Дмитрий Л.", "0001-1");
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);

        await using (var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct))
        {
            var conversation = await db.Conversations.SingleAsync(Ct);
            Assert.Equal((Noon, Noon.AddHours(4), (int?)DeadlineKind.FirstAnswer), (conversation.WaitingSince, conversation.DueAt, conversation.DueKind));
            var house = await db.Deadlines.SingleAsync(d => d.Kind == DeadlineKind.FirstAnswer, Ct);
            Assert.Equal(("Дмитрий Л. · 0001-1", RuleOwner.House, Noon.AddHours(2)), (house.Title, house.Owner, house.NextAlertAt));
            Assert.Equal(1, await db.StoreEvents.CountAsync(e => e.Kind == EventKind.Deadline && e.Subject == $"conversation:{id}", Ct));
        }

        await test.SayAsync(id, MessageAuthor.Seller, Noon.AddMinutes(30), MessageState.Sent);
        await using var read = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        Assert.All(await read.Deadlines.ToListAsync(Ct), d =>
            Assert.Equal((DeadlineState.Met, (DateTime?)Noon.AddMinutes(30), null), (d.State, d.MetAt, d.NextAlertAt)));
        Assert.Null((await read.Conversations.SingleAsync(Ct)).DueAt);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Reckoning_again_writes_nothing_and_tells_nobody(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon.AddMinutes(1));
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        var before = await test.EventsAsync();
        await test.RecomputeAsync(id);
        Assert.Equal(before, await test.EventsAsync());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_added_or_changed_but_not_saved_yet_counts_already(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon.AddHours(2));
        var id = await test.AddConversationAsync(posting: "0001-1");
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        await using (var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct))
        {
            var conversation = await db.Conversations.SingleAsync(Ct);
            db.Messages.Add(new Message
            {
                StoreId = test.StoreId,
                ConversationId = id,
                Author = MessageAuthor.Buyer,
                SentAt = Noon.AddMinutes(-10),
                OzonMessageId = 1,
            });
            db.Postings.Add(new Posting
            {
                StoreId = test.StoreId,
                PostingNumber = "0001-1",
                Scheme = Scheme.Fbs,
                InProcessAt = Noon.AddDays(-9),
                DeliveredAt = Noon,
            });
            await test.Clocks.RecomputeAsync(db, conversation, Ct);
            await test.Clocks.RecomputeAsync(db, conversation, Ct);
            await db.CommitAsync(Ct);
        }

        Assert.Equal(
            [
                (DeadlineKind.FirstAnswer, Noon.AddMinutes(-10), Noon.AddMinutes(230)),
                (DeadlineKind.AnswerIn24Hours, Noon.AddMinutes(-10), Noon.AddMinutes(-10).AddHours(24)),
                (DeadlineKind.ReplyWindow, Noon, Noon.AddHours(72)),
            ],
            (await test.RowsAsync(id)).Select(d => (d.Kind, d.StartedAt, d.DueAt)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_older_message_that_comes_late_corrects_the_clock_instead_of_adding_one(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon.AddHours(1));
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        var before = (await test.RowsAsync(id)).Single(d => d.Kind == DeadlineKind.FirstAnswer);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddMinutes(-5));
        var after = (await test.RowsAsync(id)).Single(d => d.Kind == DeadlineKind.FirstAnswer);
        Assert.Equal((before.Id, Noon.AddMinutes(-5)), (after.Id, after.StartedAt));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_answer_that_comes_to_light_late_splits_the_run_in_two(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon.AddHours(3));
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddHours(2));
        await test.SayAsync(id, MessageAuthor.Seller, Noon.AddHours(1), MessageState.Received);
        Assert.Equal(
            [(Noon, DeadlineState.Met), (Noon.AddHours(2), DeadlineState.Running)],
            (await test.RowsAsync(id)).Where(d => d.Kind == DeadlineKind.FirstAnswer).Select(d => (d.StartedAt, d.State)));
    }

    [Fact]
    public async Task Any_order_of_arrival_ends_in_the_same_rows()
    {
        var now = new DateTime(2026, 11, 27, 0, 0, 0, DateTimeKind.Utc);
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, now);
        var number = 0;
        await ConversationReckoningPropertyTests.History.SampleAsync(
            async facts =>
            {
                var random = new Random(++number);
                var inOrder = await PlayAsync(facts.Messages.OrderBy(m => m.SentAt));
                var shuffled = await PlayAsync(facts.Messages.OrderBy(_ => random.Next()));
                Assert.Equal(inOrder, shuffled);
            },
            iter: 15, threads: 1);

        async Task<string> PlayAsync(IEnumerable<MessageFact> messages)
        {
            var id = await test.AddConversationAsync();
            foreach (var message in messages.Where(m => !m.IsAutomatic)) await test.SayAsync(id, message.Author, message.SentAt, message.State);
            var rows = await test.RowsAsync(id);
            return string.Join('\n', rows.Select(d => $"{d.Kind} {d.StartedAt:O} {d.DueAt:O} {d.MetAt:O} {d.MissedAt:O} {d.State} {d.RuleKey}"));
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_very_long_name_is_cut_in_the_title(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync(new string('Ы', 300), "0001-1");
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        Assert.All(await test.RowsAsync(id), d => Assert.Equal(Deadline.MaxTitle, d.Title.Length));
    }

    [Fact]
    public async Task A_conversation_without_a_key_is_a_mistake_that_is_told()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            test.Clocks.RecomputeAsync(db, new Conversation { StoreId = test.StoreId, OzonChatId = "x" }, Ct));
    }

    [Theory]
    [InlineData("conversation:42", 42L)]
    [InlineData("return:42", null)]
    [InlineData("conversation:", null)]
    [InlineData("conversation:-1", null)]
    public void A_subject_is_read_back(string subject, long? id) => Assert.Equal(id, ConversationClocks.ConversationOf(subject));
}
