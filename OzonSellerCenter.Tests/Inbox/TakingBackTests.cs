using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>What happens to an answer after it was sent: taken back, refused, and the read marks and drafts beside it.</summary>
public sealed class TakingBackTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_message_taken_back_returns_to_the_composer_and_never_leaves(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.Drafts.AttachAsync(shop.Agent, conversation.Id, "чек.pdf", new MemoryStream("%PDF-1.7"u8.ToArray()), Ct);
        var file = Assert.Single((await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Files);
        await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Вот чек", file.Id), Ct);
        await shop.Drafts.SaveAsync(shop.Agent, conversation.Id, "и ещё", Ct);
        var messages = await shop.ReadAsync(db => db.Messages.OrderBy(m => m.Id).ToListAsync(Ct));
        Assert.Equal(["Вот чек", ""], messages.Select(m => m.Text));
        Assert.Equal(
            [(CommandKind.SendMessage, messages[0].Id), (CommandKind.SendFile, messages[1].Id)],
            (await shop.ReadAsync(db => db.OutboundCommands.OrderBy(c => c.Id).ToListAsync(Ct))).Select(c => (c.Kind, c.TargetId)));

        Assert.Equal("NotYours", (await shop.Actions.TakeBackAsync(shop.Owner, messages[0].Id, Ct)).Refusal?.Key);
        Assert.True((await shop.Actions.TakeBackAsync(shop.Agent, messages[0].Id, Ct)).IsDone);

        var draft = await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct);
        Assert.Equal("Вот чек\nи ещё", draft.Text);
        Assert.Equal("чек.pdf", Assert.Single(draft.Files).Name);
        Assert.All(await shop.ReadAsync(db => db.OutboundCommands.ToListAsync(Ct)), c => Assert.Equal(CommandState.Cancelled, c.State));
        Assert.Empty((await shop.Conversations.OpenAsync(shop.Agent, conversation.Id, Ct))!.Value.Messages.Messages);
        Assert.Equal("AlreadyLeft", (await shop.Actions.TakeBackAsync(shop.Agent, messages[0].Id, Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Undo_and_dispatcher_reach_for_the_same_message_and_exactly_one_gets_it(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (undone, sent) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            var conversation = await shop.ConversationAsync();
            await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, $"Ответ {round}"), Ct);
            var message = await shop.ReadAsync(db => db.Messages.SingleAsync(m => m.ConversationId == conversation.Id, Ct));
            var claim = Task.Run(() => ClaimAsync(shop, message.Id), Ct);
            var undo = Task.Run(() => shop.Actions.TakeBackAsync(shop.Agent, message.Id, Ct), Ct);
            var (claimed, takenBack) = (await claim, (await undo).IsDone);
            Assert.NotEqual(claimed, takenBack);
            var state = await shop.ReadAsync(db => db.OutboundCommands.Where(c => c.TargetId == message.Id).Select(c => c.State).SingleAsync(Ct));
            Assert.Equal(claimed ? CommandState.Sending : CommandState.Cancelled, state);
            if (claimed) sent++;
            else undone++;
        }

        Assert.Equal(20, undone + sent);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_refused_message_can_be_changed_or_put_away_and_stays_in_the_history(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        var first = await shop.MessageAsync(conversation, "С телефоном", MessageAuthor.Seller, m => m.State = MessageState.Refused);
        var second = await shop.MessageAsync(conversation, "Лишнее", MessageAuthor.Seller, m => m.State = MessageState.Refused);
        Assert.True(Assert.Single((await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default, null, Ct)).Rows).Refused);

        Assert.True((await shop.Actions.EditRefusedAsync(shop.Agent, first.Id, Ct)).IsDone);
        Assert.True((await shop.Actions.RemoveRefusedAsync(shop.Agent, second.Id, Ct)).IsDone);

        Assert.Equal("С телефоном", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);
        Assert.All(await shop.ReadAsync(db => db.Messages.ToListAsync(Ct)), m => Assert.Equal(MessageState.TakenBack, m.State));
        Assert.Equal("NotRefused", (await shop.Actions.RemoveRefusedAsync(shop.Agent, second.Id, Ct)).Refusal?.Key);
        Assert.False(Assert.Single((await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default, null, Ct)).Rows).Refused);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Opening_marks_read_here_and_tells_Ozon_once(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        var newest = await shop.MessageAsync(conversation, "Ещё");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => shop.Actions.MarkReadAsync(i % 2 == 0 ? shop.Agent : shop.Owner, conversation.Id, Ct), Ct)));

        Assert.Equal(0, await shop.ReadAsync(db => db.Conversations.Select(c => c.Unread).SingleAsync(Ct)));
        var command = await shop.ReadAsync(db => db.OutboundCommands.SingleAsync(Ct));
        Assert.Equal((CommandKind.MarkRead, newest.Id), (command.Kind, command.TargetId));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Each_person_has_a_draft_of_his_own_and_the_last_text_counts(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => shop.Drafts.SaveAsync(shop.Agent, conversation.Id, $"Черновик {i}", Ct), Ct)));
        await shop.Drafts.SaveAsync(shop.Agent, conversation.Id, "Последний", Ct);
        await shop.Drafts.SaveAsync(shop.Owner, conversation.Id, "Владельца", Ct);
        Assert.Equal("Последний", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);
        Assert.Equal("Владельца", (await shop.Conversations.DraftAsync(shop.Owner, conversation.Id, Ct)).Text);
    }

    // The dispatcher's claim, as Background makes it: a tracked change under the version.
    private static async Task<bool> ClaimAsync(TestShop shop, long messageId)
    {
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        var command = await db.OutboundCommands.SingleAsync(c => c.TargetId == messageId, Ct);
        if (command.State != CommandState.Waiting) return false;
        command.State = CommandState.Sending;
        try
        {
            await db.CommitAsync(Ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
