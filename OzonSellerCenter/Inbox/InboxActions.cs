using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>An answer as it leaves the composer.</summary>
/// <param name="ConversationId">Where it goes.</param>
/// <param name="Key">Made with the first letter typed and kept until the answer is safe: the same key is taken once.</param>
/// <param name="Text">As typed; blanks around it are cut off.</param>
/// <param name="Files">Files of the person's draft that go with it.</param>
/// <param name="NewestSeen">Highest message id on the screen when it was sent.</param>
/// <param name="Anyway">The person has seen that a colleague answered meanwhile and sends all the same.</param>
/// <param name="KeepsDraft">It does not come out of the person's draft, which stays as it is.</param>
public sealed record Reply(
    long ConversationId, Guid Key, string Text, IReadOnlyList<long> Files, long NewestSeen, bool Anyway = false, bool KeepsDraft = false);

/// <summary>What agents do in a conversation. Each deed is one transaction with its outbox row, audit entry and event.</summary>
public sealed class InboxActions(Databases databases, TimeProvider clock, IOptions<InboxOptions> options)
{
    /// <summary>Ozon's limit, in characters (<c>/v1/chat/send/message</c>).</summary>
    public const int MaxText = 1000;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes an answer: the text first, then each file as a message of its own, because Ozon has no message with both. They leave
    /// in this order once the undo time is over. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NoticesNotAnswered</c>,
    /// <c>ChatClosed</c>, <c>WindowClosed</c> (when), <c>ColleagueAnswered</c>, <c>Empty</c>, <c>TooLong</c> (length, limit),
    /// <c>TooManyFiles</c> (limit), <c>FileGone</c>.</summary>
    public Task<Outcome> SendAsync(CurrentUser user, Reply reply, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await ConversationChange.BeginAsync(db, reply.ConversationId, cancellation);
        if (await db.Conversations.SingleOrDefaultAsync(c => c.Id == reply.ConversationId, cancellation) is not { } conversation) return Outcome.NotFound;
        if (await db.OutboundCommands.AnyAsync(c => c.Key == KeyOf(reply, 0), cancellation)) return Outcome.Done;
        var text = reply.Text.Trim();
        if (await WhyNotAsync(db, conversation, reply, text, cancellation) is { IsDone: false } refused) return refused;
        var files = await db.Attachments
            .Where(a => a.ConversationId == conversation.Id && a.DraftOf == user.Id && reply.Files.Contains(a.Id))
            .OrderBy(a => a.Id)
            .ToListAsync(cancellation);
        if (files.Count != reply.Files.Count) return Outcome.Refused("FileGone");

        var (now, leavesAt) = (Now, LeavesAt(conversation));
        var messages = new List<Message>();
        if (text.Length > 0) messages.Add(Ours(text));
        foreach (var file in files)
        {
            file.DraftOf = null;
            var message = Ours("");
            message.Attachments.Add(file);
            messages.Add(message);
        }

        // The row changes with every answer: of two people who answer at the same moment one comes later or loses the race, and is told.
        db.Messages.AddRange(messages);
        foreach (var message in messages) conversation.Show(message);
        // Kept as an empty row: a device that was away must learn that its older text is done with.
        if (!reply.KeepsDraft) (await DraftActions.OfAsync(db, user, conversation.StoreId, conversation.Id, cancellation)).Change("", now);
        await db.SaveChangesAsync(cancellation);
        db.OutboundCommands.AddRange(messages.Select((message, number) => new OutboundCommand
        {
            StoreId = conversation.StoreId,
            Key = KeyOf(reply, number),
            Kind = message.Attachments.Count > 0 ? CommandKind.SendFile : CommandKind.SendMessage,
            Subject = SubjectOf(conversation.Id),
            TargetId = message.Id,
            CreatedAt = now,
            CreatedBy = user.Id,
            NotBeforeAt = leavesAt,
        }));
        db.Audit(conversation.StoreId, "message.send", SubjectOf(conversation.Id), $"messages {string.Join(", ", messages.Select(m => m.Id))}");
        db.Announce(conversation.StoreId, EventKind.Conversation, Invariant(conversation.Id));
        await db.CommitAsync(cancellation);
        return Outcome.Done;

        Message Ours(string words) => new()
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            Author = MessageAuthor.Seller,
            SentBy = user.Id,
            Text = words,
            SentAt = now,
            State = MessageState.Waiting,
            UndoUntil = leavesAt,
        };
    });

    /// <summary>Takes a message of one's own back before it has left, with those that were sent together with it; text and files return to
    /// the draft. The dispatcher and this may reach for the same command: exactly one of them gets it. Refused: <c>NotFound</c>,
    /// <c>NotYours</c>, <c>AlreadyLeft</c>.</summary>
    public Task<Outcome> TakeBackAsync(CurrentUser user, long messageId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Messages.SingleOrDefaultAsync(m => m.Id == messageId, cancellation) is not { } asked) return Outcome.NotFound;
        if (asked.SentBy != user.Id) return Outcome.Refused("NotYours");
        var subject = SubjectOf(asked.ConversationId);
        var key = await db.OutboundCommands.Where(c => c.Subject == subject && c.TargetId == messageId).Select(c => c.Key).SingleOrDefaultAsync(cancellation);
        if (key is null || asked.State != MessageState.Waiting) return Outcome.Refused("AlreadyLeft");

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var together = key[..key.LastIndexOf(':')];
        var ofReply = db.OutboundCommands.Where(c => c.Subject == subject && c.Key.StartsWith(together));
        await ofReply.Where(c => c.State == CommandState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.State, CommandState.Cancelled).SetProperty(c => c.Version, c => c.Version + 1), cancellation);
        var cancelled = await ofReply.Where(c => c.State == CommandState.Cancelled).Select(c => c.TargetId).ToListAsync(cancellation);
        if (!cancelled.Contains(messageId)) return Outcome.Refused("AlreadyLeft");

        var messages = await db.Messages.Include(m => m.Attachments)
            .Where(m => cancelled.Contains(m.Id) && m.State == MessageState.Waiting).OrderBy(m => m.Id).ToListAsync(cancellation);
        await DraftActions.TakeInAsync(db, user, messages, Now, cancellation);
        await CommitAsync(db, asked, "message.take-back", cancellation);
        return Outcome.Done;
    });

    /// <summary>A refused message goes back into the composer of the person, to be changed and sent anew. Refused: <c>NotFound</c>,
    /// <c>SupportReadsOnly</c>, <c>NotRefused</c>.</summary>
    public Task<Outcome> EditRefusedAsync(CurrentUser user, long messageId, CancellationToken cancellation) =>
        WithRefusedAsync(user, messageId, "message.edit-refused", (db, message) => DraftActions.TakeInAsync(db, user, [message], Now, cancellation), cancellation);

    /// <summary>A refused message is put away: out of the log, kept in the history. Refused as <see cref="EditRefusedAsync"/>.</summary>
    public Task<Outcome> RemoveRefusedAsync(CurrentUser user, long messageId, CancellationToken cancellation) =>
        WithRefusedAsync(
            user,
            messageId,
            "message.remove-refused",
            (_, message) =>
            {
                message.State = MessageState.TakenBack;
                return Task.CompletedTask;
            },
            cancellation);

    /// <summary>What an owner or agent has on his screen is read: here at once, at Ozon by a command. Does nothing for those who only look.</summary>
    public Task<Outcome> MarkReadAsync(CurrentUser user, long conversationId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await ConversationChange.BeginAsync(db, conversationId, cancellation);
        if (await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, cancellation) is not { } conversation) return Outcome.NotFound;
        if (conversation.Unread == 0 || !MayAnswer(db, conversation)) return Outcome.Done;
        conversation.Unread = 0;

        // The count is worked out from the messages whenever one comes, so they have to know it too.
        var now = Now;
        await db.Messages.Where(m => m.ConversationId == conversationId && m.Author != MessageAuthor.Seller && m.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReadAt, now), cancellation);
        var newest = await db.Messages
            .Where(m => m.ConversationId == conversationId && m.OzonMessageId != null)
            .OrderByDescending(m => m.OzonMessageId)
            .Select(m => (long?)m.Id)
            .FirstOrDefaultAsync(cancellation);
        var key = $"read:{Invariant(conversationId)}:{Invariant(newest ?? 0)}";
        if (newest is { } target && !await db.OutboundCommands.AnyAsync(c => c.Key == key, cancellation))
        {
            db.OutboundCommands.Add(new OutboundCommand
            {
                StoreId = conversation.StoreId,
                Key = key,
                Kind = CommandKind.MarkRead,

                // A line of its own: a read mark that Ozon does not take must not hold up an answer.
                Subject = $"read:{Invariant(conversationId)}",
                TargetId = target,
                CreatedAt = Now,
                CreatedBy = user.Id,
                NotBeforeAt = Now,
            });
        }

        db.Announce(conversation.StoreId, EventKind.Conversation, Invariant(conversationId));
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    internal static string SubjectOf(long conversationId) => $"conversation:{Invariant(conversationId)}";

    internal static bool MayAnswer(SellerCenterDb db, Conversation conversation) => db.RoleIn(conversation.StoreId) is StoreRole.Owner or StoreRole.Agent;

    private async Task<Outcome> WhyNotAsync(SellerCenterDb db, Conversation conversation, Reply reply, string text, CancellationToken cancellation)
    {
        if (!MayAnswer(db, conversation)) return Outcome.Refused("SupportReadsOnly");
        if (conversation.Kind == ConversationKind.Notice) return Outcome.Refused("NoticesNotAnswered");
        if (conversation.IsClosed) return Outcome.Refused("ChatClosed");
        if (conversation.IsWindowClosedAt(Now)) return Outcome.Refused("WindowClosed", conversation.WindowClosesAt!.Value);
        if (text.Length == 0 && reply.Files.Count == 0) return Outcome.Refused("Empty");
        if (LengthOf(text) is var length and > MaxText) return Outcome.Refused("TooLong", length, MaxText);
        if (reply.Files.Count > options.Value.MaxFiles) return Outcome.Refused("TooManyFiles", options.Value.MaxFiles);

        // Another person of the shop answered, from here or in Ozon's own cabinet, and it was not yet on the screen.
        var me = db.User!.Id;
        var overtaken = !reply.Anyway && await db.Messages.AnyAsync(
            m => m.ConversationId == conversation.Id && m.Author == MessageAuthor.Seller && m.Id > reply.NewestSeen
                && m.State != MessageState.TakenBack && (m.SentBy == null || m.SentBy != me),
            cancellation);
        return overtaken ? Outcome.Refused("ColleagueAnswered") : Outcome.Done;
    }

    /// <summary>The end of the undo time; earlier when a limit would pass in it, because undo must never make an answer late.</summary>
    private DateTime LeavesAt(Conversation conversation)
    {
        var now = Now;
        var limits = new[] { conversation.WindowClosesAt, conversation.DueAt }.Where(limit => limit > now);
        return limits.Any(limit => limit <= now.AddSeconds(2 * options.Value.UndoSeconds)) ? now : now.AddSeconds(options.Value.UndoSeconds);
    }

    private Task<Outcome> WithRefusedAsync(
        CurrentUser user, long messageId, string action, Func<SellerCenterDb, Message, Task> deed, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            var message = await db.Messages.Include(m => m.Attachments).SingleOrDefaultAsync(m => m.Id == messageId, cancellation);
            if (message is null) return Outcome.NotFound;
            if (db.RoleIn(message.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
            if (message.State != MessageState.Refused) return Outcome.Refused("NotRefused");
            await deed(db, message);
            await CommitAsync(db, message, action, cancellation);
            return Outcome.Done;
        });

    private static async Task CommitAsync(SellerCenterDb db, Message message, string action, CancellationToken cancellation)
    {
        db.Audit(message.StoreId, action, SubjectOf(message.ConversationId), $"message {Invariant(message.Id)}");
        db.Announce(message.StoreId, EventKind.Conversation, Invariant(message.ConversationId));
        await db.CommitAsync(cancellation);
    }

    /// <summary>Characters as a person and Ozon count them: a pair of surrogates is one.</summary>
    internal static int LengthOf(string text) => text.EnumerateRunes().Count();

    internal static string KeyOf(Reply reply, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{reply.ConversationId}:{reply.Key:N}:{number}");

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
