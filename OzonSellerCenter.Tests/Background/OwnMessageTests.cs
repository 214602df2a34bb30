using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Ozon tells no id of what it took, so our messages are recognised in its history by their words.</summary>
public sealed class OwnMessageTests
{
    private const string Text = "Да, размер L есть.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_never_arrives_is_given_up_with_its_text_and_found_if_it_arrives_after_all()
    {
        await using var test = await BackgroundTest.CreateAsync(Provider.Sqlite, ("Outbox:MaxFailures", "2"));
        var chat = await test.ChatAsync();
        for (var i = 0; i < 2; i++) test.Ozon.Fates.Enqueue(Fate.CutBeforeActing);
        var id = await test.ReplyAsync(chat, Text);
        await test.DispatchAllAsync();
        Assert.Equal((MessageState.Refused, OutboxRecord.NotDelivered, 2), ((await test.MessageAsync(id)).State, (await test.MessageAsync(id)).Refusal, test.Ozon.CallsOf("/send/message")));
        test.Ozon.Say("chat-1", Text, "Seller", "1000001");
        await test.PollAsync();
        Assert.Equal((MessageState.Sent, null), ((await test.MessageAsync(id)).State, (await test.MessageAsync(id)).Refusal));
    }

    [Fact]
    public async Task The_same_text_sent_anew_after_giving_up_is_not_taken_for_the_old_one_and_sent_twice()
    {
        await using var test = await BackgroundTest.CreateAsync(Provider.Sqlite, ("Outbox:MaxFailures", "1"));
        var chat = await test.ChatAsync();
        test.Ozon.Fates.Enqueue(Fate.CutBeforeActing);
        var old = await test.ReplyAsync(chat, Text);
        await test.DispatchAllAsync();
        Assert.True((await test.Inbox.EditRefusedAsync(test.Owner, old, Ct)).IsDone);
        test.Ozon.Fates.Enqueue(Fate.CutAfterActing);
        var anew = await test.ReplyAsync(chat, Text);
        await test.DispatchAllAsync();
        Assert.Equal([Text], test.Ozon.SentTo("chat-1"));
        Assert.Equal(MessageState.Sent, (await test.MessageAsync(anew)).State);
    }

    [Theory]
    [InlineData("Вот фото: ![](https://example.com/a.png)")]
    [InlineData("Инструкция: [файл (2 KB)](https://ozon.test/v2/chat/file/abc)")]
    [InlineData("Том & Джерри <3")]
    [InlineData("👍")]
    public async Task A_text_that_reads_like_markup_is_recognised_and_not_sent_twice(string text)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        test.Ozon.Fates.Enqueue(Fate.CutAfterActing);
        var id = await test.ReplyAsync(chat, text);
        await test.DispatchAllAsync();
        await test.PollAsync();
        Assert.Equal([text], test.Ozon.SentTo("chat-1"));
        Assert.Equal((MessageState.Sent, text), ((await test.MessageAsync(id)).State, (await test.MessageAsync(id)).Text));
        Assert.Equal(2, (await test.MessagesAsync(chat)).Count);
    }

    [Fact]
    public async Task A_file_of_ours_that_Ozon_shows_in_its_history_does_not_count_as_edited()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        await test.Get<DraftActions>().AttachAsync(test.Owner, chat, "чек.pdf", new MemoryStream("%PDF-1.4"u8.ToArray()), Ct);
        var file = await test.ReadAsync(db => db.Attachments.Select(a => a.Id).SingleAsync(Ct));
        Assert.True((await test.Inbox.SendAsync(test.Owner, new Reply(chat, Guid.NewGuid(), "", [file], long.MaxValue, Anyway: true), Ct)).IsDone);
        await test.DispatchAllAsync();
        test.Ozon.Say("chat-1", "[чек.pdf (1 KB)](https://ozon.test/v2/chat/file/abc)", "Seller", "1000001");
        await test.PollAsync();
        await test.PollAsync();
        var message = (await test.MessagesAsync(chat)).Single(m => m.SentBy is not null);
        Assert.NotNull(message.OzonMessageId);
        Assert.Null(message.EditedAt);
        Assert.Empty(await test.ReadAsync(db => db.MessageRevisions.ToListAsync(Ct)));
    }

    [Fact]
    public async Task Equal_texts_in_a_row_are_each_sent_once()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        foreach (var fate in new[] { Fate.Taken, Fate.CutBeforeActing, Fate.CutAfterActing, Fate.Taken }) test.Ozon.Fates.Enqueue(fate);
        for (var i = 0; i < 3; i++) await test.ReplyAsync(chat, "Да");
        await test.DispatchAllAsync();
        await test.PollAsync();
        Assert.Equal(["Да", "Да", "Да"], test.Ozon.SentTo("chat-1"));
        Assert.All((await test.MessagesAsync(chat)).Where(m => m.SentBy is not null), m => Assert.NotNull(m.OzonMessageId));
    }
}
