using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;
using static OzonSellerCenter.Background.OzonWords;

namespace OzonSellerCenter.Background;

/// <summary>Who told about a message; decides what may be believed over what is kept.</summary>
internal enum Teller
{
    /// <summary>Ozon's history: what the message is at the time of reading.</summary>
    History,

    /// <summary>Ozon's history as it was before something else became known: tells of messages, not of their newest text.</summary>
    OldHistory,

    /// <summary>What the message was when it was new; an edit may have come before.</summary>
    NewMessagePush,

    /// <summary>An edit; older than one already taken it means nothing.</summary>
    UpdatePush,
}

/// <param name="Message">As told.</param>
/// <param name="By">Who told.</param>
/// <param name="EditedAt">Ozon's time of the edit, with an update push.</param>
internal sealed record ToldMessage(OzonMessage Message, Teller By, DateTime? EditedAt = null);

/// <summary>What became known about one chat.</summary>
internal sealed record ChatBatch
{
    public IReadOnlyList<ToldMessage> Messages { get; init; } = [];

    /// <summary>The other side has read our messages up to this id; 0 = nothing told.</summary>
    public long ReadThrough { get; init; }

    /// <summary>We have read everything before this id at Ozon; 0 = nothing told.</summary>
    public long ReadByUsBefore { get; init; }

    public bool? IsClosed { get; init; }
}

/// <summary>Takes over chats and messages from Ozon. Told twice, late or in any order, the same facts give the same rows: messages are
/// unique by Ozon's id, and what the list shows is worked out from them each time.</summary>
internal sealed class ChatIntake(OwnMessages own, ConversationClocks clocks, Signals signals, Figures figures, TimeProvider clock)
{
    /// <summary>The conversation of a chat, made when it is new; the caller's transaction must be open, and repeated on a lost race.</summary>
    public async Task<Conversation> ConversationAsync(SellerCenterDb db, int storeId, string chatId, string chatType, CancellationToken cancellation)
    {
        var conversation = await db.Conversations.SingleOrDefaultAsync(c => c.StoreId == storeId && c.OzonChatId == chatId, cancellation);
        if (conversation is null)
        {
            conversation = new Conversation { StoreId = storeId, OzonChatId = chatId, StartedAt = Now, LastAt = Now, NeedsSync = true };
            db.Conversations.Add(conversation);
        }

        if (chatType.Length > 0)
        {
            // Pushes write Buyer_Seller, the list BUYER_SELLER: one spelling is kept, so that it does not matter who was first.
            conversation.OzonChatType = Cut(chatType.ToUpperInvariant(), 64);
            conversation.Kind = KindOf(chatType);
        }

        if (conversation.Id == 0) await db.SaveChangesAsync(cancellation);
        return conversation;
    }

    /// <summary>Takes over what was told, brings row and clocks up to date and announces it; the caller commits.</summary>
    /// <returns>Whether anything was new.</returns>
    public async Task<bool> TakeAsync(SellerCenterDb db, Conversation conversation, ChatBatch batch, CancellationToken cancellation)
    {
        var isNew = await TakeMessagesAsync(db, conversation, batch.Messages, cancellation);
        if (batch.IsClosed is { } closed && conversation.IsClosed != closed)
        {
            conversation.IsClosed = closed;
            isNew = true;
        }

        isNew |= await TakeReadMarksAsync(db, conversation, batch, cancellation);
        if (!isNew) return false;
        await RefreshAsync(db, conversation, cancellation);
        return true;
    }

    /// <summary>Works out row and clocks from the messages and announces the conversation; the caller commits.</summary>
    public async Task RefreshAsync(SellerCenterDb db, Conversation conversation, CancellationToken cancellation)
    {
        // Counts as a change whatever comes out: of two writers who each saw half of the messages one has to look again.
        Touch(db, conversation);
        await db.SaveChangesAsync(cancellation);
        await ConversationRow.WorkOutAsync(db, conversation, cancellation);
        await clocks.RecomputeAsync(db, conversation, cancellation);
        db.Announce(conversation.StoreId, EventKind.Conversation, $"{conversation.Id}");
    }

    /// <summary>Moves the version of the conversation with the next saving.</summary>
    public static void Touch(SellerCenterDb db, Conversation conversation)
    {
        var version = db.Entry(conversation).Property(c => c.Version);
        if (db.Entry(conversation).State == EntityState.Unchanged) version.IsModified = true;
    }

    private async Task<bool> TakeMessagesAsync(
        SellerCenterDb db, Conversation conversation, IReadOnlyList<ToldMessage> told, CancellationToken cancellation)
    {
        if (told.Count == 0) return false;
        var ids = told.Select(t => (long?)t.Message.MessageId).Distinct().ToList();
        var kept = await db.Messages.Include(m => m.Attachments)
            .Where(m => m.ConversationId == conversation.Id && ids.Contains(m.OzonMessageId))
            .ToDictionaryAsync(m => m.OzonMessageId!.Value, cancellation);
        var unmatched = told.Any(t => AuthorOf(t.Message.User.Type) == MessageAuthor.Seller)
            ? await OwnMessages.UnmatchedAsync(db, conversation, cancellation)
            : [];
        var isNew = false;

        // Oldest first, so that of two equal answers of ours the first is matched first.
        foreach (var one in told.OrderBy(t => t.Message.MessageId))
        {
            var author = AuthorOf(one.Message.User.Type);
            if (!kept.TryGetValue(one.Message.MessageId, out var message))
            {
                message = author == MessageAuthor.Seller ? own.Match(unmatched, one.Message) : null;
                if (message is null)
                {
                    db.Messages.Add(message = NewMessage(conversation, one, author));
                    if (author == MessageAuthor.Buyer && one.By == Teller.NewMessagePush) conversation.IsClosed = false;
                }

                kept.Add(one.Message.MessageId, message);
                isNew = true;
                figures.Taken(1);
            }

            isNew |= Update(db, message, one);
        }

        isNew |= await ChatTopic.TakeAsync(db, conversation, told, cancellation);
        return isNew;
    }

    private bool Update(SellerCenterDb db, Message message, ToldMessage told)
    {
        var content = OzonMessageContent.Parse(told.Message.Data);
        var isNew = false;
        var isLater = told.By switch
        {
            Teller.NewMessagePush or Teller.OldHistory => false,
            Teller.UpdatePush => message.EditedAt is null || told.EditedAt > message.EditedAt,
            _ => true,
        };
        var text = TextOf(content);

        // Ozon may have trimmed or re-wrapped what we wrote here; that is no edit. A file of ours has no text on either side.
        var isEdited = message.Text != text && (message.SentBy is null || !OwnMessages.IsText(message.Text, told.Message));
        if (isLater && isEdited)
        {
            db.MessageRevisions.Add(new MessageRevision { StoreId = message.StoreId, MessageId = message.Id, Text = message.Text, ReplacedAt = Now });
            message.Text = text;
            message.EditedAt = told.EditedAt ?? message.EditedAt ?? Now;
            isNew = true;
        }

        // When it was read nobody tells; of one that comes as read not even that it was today.
        if (told.Message.IsRead) isNew |= MarkRead(message, message.Id == 0 ? message.SentAt : Now);
        return isNew | TakeAttachments(message, content, told.Message);
    }

    private bool TakeAttachments(Message message, OzonMessageContent content, OzonMessage told)
    {
        var isNew = false;
        foreach (var file in content.Attachments)
        {
            var attachment = message.Attachments.FirstOrDefault(a => a.OzonUrl == file.Url);
            if (attachment is null && message.Attachments.FirstOrDefault(a => a.OzonUrl is null) is { } ours)
            {
                // Our own file has come back with its address at Ozon.
                attachment = ours;
                attachment.OzonUrl = file.Url;
                isNew = true;
            }

            if (attachment is null)
            {
                message.Attachments.Add(attachment = new Attachment
                {
                    StoreId = message.StoreId,
                    ConversationId = message.ConversationId,
                    Name = Cut(file.Name, 255),
                    IsImage = file.IsImage,
                    Size = file.SizeBytes,
                    OzonUrl = file.Url,
                });
                signals.Attachments.Set();
                isNew = true;
            }

            var moderation = ModerationOf(told.ModerateImageStatus) ?? attachment.Moderation;
            isNew |= moderation != attachment.Moderation;
            attachment.Moderation = moderation;
        }

        return isNew;
    }

    private async Task<bool> TakeReadMarksAsync(SellerCenterDb db, Conversation conversation, ChatBatch batch, CancellationToken cancellation)
    {
        if (batch is { ReadThrough: 0, ReadByUsBefore: 0 }) return false;
        await db.SaveChangesAsync(cancellation);
        var marked = await db.Messages.Where(m => m.ConversationId == conversation.Id && m.ReadAt == null
                && ((m.Author == MessageAuthor.Seller && m.OzonMessageId <= batch.ReadThrough)
                    || (m.Author != MessageAuthor.Seller && m.OzonMessageId < batch.ReadByUsBefore)))
            .ToListAsync(cancellation);
        foreach (var message in marked) MarkRead(message, Now);
        return marked.Count > 0;
    }

    private static bool MarkRead(Message message, DateTime at)
    {
        if (message.ReadAt is not null) return false;
        message.ReadAt = at;
        if (message.State == MessageState.Sent) message.State = MessageState.Read;
        return true;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
