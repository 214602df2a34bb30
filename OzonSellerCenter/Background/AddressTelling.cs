using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

/// <summary>Tells a buyer that the address of his posting was changed, once, in the name of who changed it. Written in the transaction that takes down
/// that Ozon did it; where there is no chat yet, one is opened first and the message follows in the transaction that takes the chat over.</summary>
internal sealed class AddressTelling(ChatIntake chats, TimeProvider clock)
{
    /// <summary>The command, if it changed an address, is done.</summary>
    public async Task TellAsync(SellerCenterDb db, OutboundCommand done, CancellationToken cancellation)
    {
        var deed = await db.PostingDeeds.AsNoTracking().SingleAsync(d => d.Id == done.TargetId, cancellation);
        if (deed.Wish is not AddressWish wish) return;
        var posting = await db.Postings.SingleAsync(p => p.Id == deed.PostingId, cancellation);
        if (await ChatOfAsync(db, posting, cancellation) is { } chat) await SayAsync(db, deed, wish, chat, cancellation);
        else if (posting.AvailableActions.Split(',').Contains("can_create_chat")) db.OutboundCommands.Add(Command(deed, CommandKind.StartChat, AddressNotice.ChatKeyOf(deed.Id), $"chat:{posting.PostingNumber}", posting.Id));
    }

    /// <summary>A chat was opened; if for this, the message goes there.</summary>
    public async Task ContinueAsync(SellerCenterDb db, OutboundCommand opened, Conversation conversation, CancellationToken cancellation)
    {
        if (AddressNotice.DeedOfChat(opened.Key) is not { } id) return;
        var deed = await db.PostingDeeds.AsNoTracking().SingleAsync(d => d.Id == id, cancellation);
        await SayAsync(db, deed, (AddressWish)deed.Wish, conversation, cancellation);
    }

    // Rather that of this parcel than of another of the order; the buyer is the same.
    private async Task<Conversation?> ChatOfAsync(SellerCenterDb db, Posting posting, CancellationToken cancellation)
    {
        var about = await db.Conversations
            .Where(c => c.StoreId == posting.StoreId && c.Kind == ConversationKind.Buyer && !c.IsClosed
                && (c.PostingNumber == posting.PostingNumber || (posting.OrderNumber != "" && c.OrderNumber == posting.OrderNumber)))
            .ToListAsync(cancellation);
        return about.Where(c => !c.IsWindowClosedAt(Now)).OrderByDescending(c => c.PostingNumber == posting.PostingNumber).ThenByDescending(c => c.LastAt).FirstOrDefault();
    }

    private async Task SayAsync(SellerCenterDb db, PostingDeed deed, AddressWish wish, Conversation conversation, CancellationToken cancellation)
    {
        var message = new Message
        {
            StoreId = deed.StoreId,
            ConversationId = conversation.Id,
            Author = MessageAuthor.Seller,
            SentBy = deed.By,
            Text = AddressNotice.TextOf(deed.PostingNumber, wish.Address),
            SentAt = Now,
            State = MessageState.Waiting,
        };
        db.Messages.Add(message);
        conversation.Show(message);
        await db.SaveChangesAsync(cancellation);
        var subject = ConversationClocks.SubjectOf(conversation.Id);
        db.OutboundCommands.Add(Command(deed, CommandKind.SendMessage, AddressNotice.MessageKeyOf(deed.Id), subject, message.Id));
        db.Audit(deed.StoreId, "message.address", subject, $"message {message.Id.ToString(CultureInfo.InvariantCulture)}");
        await chats.RefreshAsync(db, conversation, cancellation);
    }

    private OutboundCommand Command(PostingDeed deed, CommandKind kind, string key, string subject, long target) => new()
    {
        StoreId = deed.StoreId,
        Key = key,
        Kind = kind,
        Subject = subject,
        TargetId = target,
        CreatedAt = Now,
        CreatedBy = deed.By,
        NotBeforeAt = Now,
    };

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
