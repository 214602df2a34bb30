using System.Globalization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

/// <summary>How what the program tells buyers gets into a chat: through the outbox, in the transaction of the caller, who knows by the key of the command
/// that it is told once.</summary>
internal sealed class BuyerLine(ChatIntake chats, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The conversation to write into, of those with the buyer; null when none may be written to. Rather that of this parcel than of another of
    /// the order; the buyer is the same.</summary>
    public static Conversation? ChatOf(string postingNumber, IEnumerable<Conversation> about, DateTime now) => about
        .Where(c => !c.IsClosed && !c.IsWindowClosedAt(now))
        .OrderByDescending(c => c.PostingNumber == postingNumber).ThenByDescending(c => c.LastAt)
        .FirstOrDefault();

    /// <summary>Writes the message and its command; the message's id.</summary>
    /// <param name="by">In whose name; null for the program's own.</param>
    /// <param name="key">Key of the command.</param>
    /// <param name="audit">Action in the audit log.</param>
    /// <param name="what">What it is about, for the audit log.</param>
    public async Task<long> SayAsync(
        SellerCenterDb db, Conversation conversation, string text, string? by, string key, string audit, string what, CancellationToken cancellation)
    {
        var (now, subject) = (Now, ConversationClocks.SubjectOf(conversation.Id));
        var message = new Message
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            Author = MessageAuthor.Seller,
            SentBy = by ?? Message.AutomaticSender,
            Text = text,
            SentAt = now,
            State = MessageState.Waiting,
        };
        db.Messages.Add(message);
        conversation.Show(message);
        await db.SaveChangesAsync(cancellation);
        db.OutboundCommands.Add(Command(conversation.StoreId, CommandKind.SendMessage, key, subject, message.Id, by, now));
        db.Audit(conversation.StoreId, audit, subject, string.Create(CultureInfo.InvariantCulture, $"{what}, message {message.Id}"));

        // Of a buyer or a colleague who writes at this moment one has to look again.
        await chats.RefreshAsync(db, conversation, cancellation);
        return message.Id;
    }

    /// <summary>Whether Ozon lets the shop open a chat about the posting.</summary>
    public static bool CanOpenChat(Posting posting) => posting.AvailableActions.Split(',').Contains("can_create_chat");

    /// <summary>Adds the command that opens a chat about the posting. It has a line of its own: it must not hold up what people do with the order.</summary>
    public OutboundCommand OpenChat(SellerCenterDb db, Posting posting, string? by, string key)
    {
        var command = Command(posting.StoreId, CommandKind.StartChat, key, $"chat:{posting.PostingNumber}", posting.Id, by, Now);
        db.OutboundCommands.Add(command);
        return command;
    }

    private static OutboundCommand Command(int storeId, CommandKind kind, string key, string subject, long target, string? by, DateTime now) => new()
    {
        StoreId = storeId,
        Key = key,
        Kind = kind,
        Subject = subject,
        TargetId = target,
        CreatedAt = now,
        CreatedBy = by,
        NotBeforeAt = now,
    };
}
