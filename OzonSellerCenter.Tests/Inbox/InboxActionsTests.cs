using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Sending an answer.</summary>
public sealed class InboxActionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task An_answer_is_a_message_a_command_an_audit_entry_and_an_event(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await shop.Drafts.SaveAsync(shop.Agent, conversation.Id, "  Приедет завтра.  ", Ct);

        var outcome = await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "  Приедет завтра.  "), Ct);

        Assert.Equal(Outcome.Done, outcome);
        var message = await shop.ReadAsync(db => db.Messages.SingleAsync(m => m.Author == MessageAuthor.Seller, Ct));
        Assert.Equal(("Приедет завтра.", MessageState.Waiting, shop.Agent.Id), (message.Text, message.State, message.SentBy));
        Assert.Equal(shop.Now.AddSeconds(10), message.UndoUntil);
        var command = await shop.ReadAsync(db => db.OutboundCommands.SingleAsync(Ct));
        Assert.Equal((CommandKind.SendMessage, $"conversation:{conversation.Id}", message.Id), (command.Kind, command.Subject, command.TargetId));
        Assert.Equal(shop.Now.AddSeconds(10), command.NotBeforeAt);
        Assert.Equal("message.send", await shop.ReadAsync(db => db.AuditEntries.Select(a => a.Action).SingleAsync(Ct)));
        Assert.Equal(2, await shop.ReadAsync(db => db.StoreEvents.CountAsync(e => e.Subject == $"{conversation.Id}", Ct)));
        Assert.Equal("", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);
        var row = Assert.Single((await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default, null, Ct)).Rows);
        Assert.Equal(("Приедет завтра.", MessageAuthor.Seller), (row.Preview, row.LastAuthor));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_same_answer_sent_eight_times_at_once_is_taken_once(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        var reply = await shop.ReplyAsync(shop.Agent, conversation, "Приедет завтра.");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => shop.Actions.SendAsync(shop.Agent, reply, Ct), Ct)));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone));
        Assert.Equal(1, await shop.ReadAsync(db => db.Messages.CountAsync(Ct)));
        Assert.Equal(1, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task While_messages_pour_in_reading_assigning_and_answering_never_lose_to_them(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var pouring = Enumerable.Range(0, provider == Provider.Sqlite ? 4 : 1).Select(_ => Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested) await Databases.RetryAsync(() => shop.MessageAsync(conversation));
            },
            Ct)).ToList();
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await shop.Actions.MarkReadAsync(shop.Agent, conversation.Id, Ct)).IsDone);
            Assert.True((await shop.Db.Services.GetRequiredService<AssignmentActions>().AssignAsync(shop.Agent, conversation.Id, i % 2 == 0 ? shop.Agent.Id : null, Ct)).IsDone);
            Assert.True((await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, $"Ответ {i}"), Ct)).IsDone);
        }

        await enough.CancelAsync();
        await Task.WhenAll(pouring);
        Assert.Equal(20, await shop.ReadAsync(db => db.Messages.CountAsync(m => m.Author == MessageAuthor.Seller, Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_same_words_meant_twice_are_sent_twice(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Спасибо!"), Ct);
        await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Спасибо!"), Ct);
        Assert.Equal(2, await shop.ReadAsync(db => db.Messages.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_answer_of_a_colleague_that_was_not_on_the_screen_stops_the_send_until_sent_anyway(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        var reply = await shop.ReplyAsync(shop.Agent, conversation, "Приедет завтра.");
        await shop.Actions.SendAsync(shop.Owner, await shop.ReplyAsync(shop.Owner, conversation, "Приедет сегодня."), Ct);

        var stopped = await shop.Actions.SendAsync(shop.Agent, reply, Ct);
        Assert.Equal("ColleagueAnswered", stopped.Refusal?.Key);
        Assert.Equal(1, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));

        Assert.True((await shop.Actions.SendAsync(shop.Agent, reply with { Anyway = true }, Ct)).IsDone);
        Assert.Equal(2, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
    }

    [Fact]
    public async Task An_answer_written_in_Ozons_own_cabinet_stops_the_send_too_a_buyers_message_does_not()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        var reply = await shop.ReplyAsync(shop.Agent, conversation, "Приедет завтра.");
        await shop.MessageAsync(conversation, "И ещё вопрос");
        Assert.True((await shop.Actions.SendAsync(shop.Agent, reply, Ct)).IsDone);

        var next = await shop.ReplyAsync(shop.Agent, conversation, "Ответ на вопрос");
        await shop.MessageAsync(conversation, "Ответили из кабинета", MessageAuthor.Seller);
        Assert.Equal("ColleagueAnswered", (await shop.Actions.SendAsync(shop.Agent, next, Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_two_people_who_answer_at_the_same_moment_one_is_stopped(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        for (var round = 0; round < 10; round++)
        {
            var conversation = await shop.ConversationAsync();
            var replies = new[] { (shop.Owner, await shop.ReplyAsync(shop.Owner, conversation, "Первый")), (shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Второй")) };
            var outcomes = await Task.WhenAll(replies.Select(r => Task.Run(() => shop.Actions.SendAsync(r.Item1, r.Item2, Ct), Ct)));
            Assert.Single(outcomes, o => o.IsDone);
            Assert.Single(outcomes, o => o.Refusal?.Key == "ColleagueAnswered");
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task The_window_is_closed_at_the_very_second_of_its_end(int secondsAfterEnd, bool taken)
    {
        await using var shop = await TestShop.OpenAsync();
        var end = shop.Now.AddHours(48);
        var conversation = await shop.ConversationAsync(c => c.WindowClosesAt = end);
        var reply = await shop.ReplyAsync(shop.Agent, conversation, "Успеть");
        shop.Clock.SetUtcNow(end.AddSeconds(secondsAfterEnd));

        var outcome = await shop.Actions.SendAsync(shop.Agent, reply, Ct);

        Assert.Equal(taken, outcome.IsDone);
        if (!taken) Assert.Equal(end, Assert.Single(outcome.Refusal!.Args));
        if (!taken) Assert.Equal("WindowClosed", outcome.Refusal!.Key);

        // The undo time must not carry an answer over the end.
        if (taken) Assert.Equal(shop.Now, await shop.ReadAsync(db => db.OutboundCommands.Select(c => c.NotBeforeAt).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData("   ", "Empty")]
    [InlineData("", "Empty")]
    public async Task An_empty_answer_is_refused(string text, string reason)
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        Assert.Equal(reason, (await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, text), Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task A_thousand_characters_go_one_more_does_not_and_a_smile_is_one_character()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        var smiles = string.Concat(Enumerable.Repeat("🙂", 1000));
        Assert.True((await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, smiles), Ct)).IsDone);
        var outcome = await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, smiles + "!"), Ct);
        Assert.Equal(("TooLong", 1001), (outcome.Refusal?.Key, outcome.Refusal?.Args[0]));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_support_desk_reads_and_does_not_write(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        var refused = await shop.MessageAsync(conversation, "Отказ", MessageAuthor.Seller, m => m.State = MessageState.Refused);
        Assert.NotNull(await shop.Conversations.OpenAsync(shop.Support, conversation.Id, Ct));
        Assert.Equal("SupportReadsOnly", (await shop.Actions.SendAsync(shop.Support, await shop.ReplyAsync(shop.Support, conversation, "Я"), Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await shop.Drafts.SaveAsync(shop.Support, conversation.Id, "Я", Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await shop.Actions.EditRefusedAsync(shop.Support, refused.Id, Ct)).Refusal?.Key);
        await shop.Actions.MarkReadAsync(shop.Support, conversation.Id, Ct);
        Assert.Equal(1, await shop.ReadAsync(db => db.Conversations.Select(c => c.Unread).SingleAsync(Ct)));
        Assert.Equal(0, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_conversation_of_another_store_answers_like_one_that_does_not_exist(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (other, _) = await shop.OtherStoreAsync();
        var foreign = await shop.ConversationAsync(store: other);
        var message = await shop.MessageAsync(foreign, "Чужое", MessageAuthor.Seller, m => (m.State, m.SentBy) = (MessageState.Refused, shop.Agent.Id));
        foreach (var (id, messageId) in new[] { (foreign.Id, message.Id), (999_999L, 999_999L) })
        {
            Assert.Null(await shop.Conversations.OpenAsync(shop.Agent, id, Ct));
            Assert.Equal(Outcome.NotFound.Refusal?.Key, (await shop.Actions.SendAsync(shop.Agent, new Reply(id, Guid.NewGuid(), "Текст", [], 0), Ct)).Refusal?.Key);
            Assert.Equal(Outcome.NotFound.Refusal?.Key, (await shop.Drafts.SaveAsync(shop.Agent, id, "Текст", Ct)).Refusal?.Key);
            Assert.Equal(Outcome.NotFound.Refusal?.Key, (await shop.Actions.MarkReadAsync(shop.Agent, id, Ct)).Refusal?.Key);
            Assert.Equal(Outcome.NotFound.Refusal?.Key, (await shop.Actions.TakeBackAsync(shop.Agent, messageId, Ct)).Refusal?.Key);
            Assert.Equal(Outcome.NotFound.Refusal?.Key, (await shop.Actions.EditRefusedAsync(shop.Agent, messageId, Ct)).Refusal?.Key);
        }
    }

    [Fact]
    public async Task Without_an_undo_time_an_answer_leaves_at_once()
    {
        await using var shop = await TestShop.OpenAsync(settings: ("Inbox:UndoSeconds", "0"));
        var conversation = await shop.ConversationAsync();
        await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Сразу"), Ct);
        Assert.Equal(shop.Now, await shop.ReadAsync(db => db.OutboundCommands.Select(c => c.NotBeforeAt).SingleAsync(Ct)));
    }
}
