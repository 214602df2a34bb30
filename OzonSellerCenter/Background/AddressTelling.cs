using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

/// <summary>Tells a buyer that the address of his posting was changed, once, in the name of who changed it. Written in the transaction that takes down
/// that Ozon did it; where there is no chat yet, one is opened first and the message follows in the transaction that takes the chat over.</summary>
internal sealed class AddressTelling(BuyerLine line, TimeProvider clock)
{
    /// <summary>The command, if it changed an address, is done.</summary>
    public async Task TellAsync(SellerCenterDb db, OutboundCommand done, CancellationToken cancellation)
    {
        var deed = await db.PostingDeeds.AsNoTracking().SingleAsync(d => d.Id == done.TargetId, cancellation);
        if (deed.Wish is not AddressWish wish) return;
        var posting = await db.Postings.SingleAsync(p => p.Id == deed.PostingId, cancellation);
        if (await ChatOfAsync(db, posting, cancellation) is { } chat) await SayAsync(db, deed, wish, chat, cancellation);
        else if (BuyerLine.CanOpenChat(posting)) line.OpenChat(db, posting, deed.By, AddressNotice.ChatKeyOf(deed.Id));
    }

    /// <summary>A chat was opened; if for this, the message goes there.</summary>
    public async Task ContinueAsync(SellerCenterDb db, OutboundCommand opened, Conversation conversation, CancellationToken cancellation)
    {
        if (AddressNotice.DeedOfChat(opened.Key) is not { } id) return;
        var deed = await db.PostingDeeds.AsNoTracking().SingleAsync(d => d.Id == id, cancellation);
        await SayAsync(db, deed, (AddressWish)deed.Wish, conversation, cancellation);
    }

    private async Task<Conversation?> ChatOfAsync(SellerCenterDb db, Posting posting, CancellationToken cancellation)
    {
        var about = await db.Conversations
            .Where(c => c.StoreId == posting.StoreId && c.Kind == ConversationKind.Buyer && !c.IsClosed
                && (c.PostingNumber == posting.PostingNumber || (posting.OrderNumber != "" && c.OrderNumber == posting.OrderNumber)))
            .ToListAsync(cancellation);
        return BuyerLine.ChatOf(posting.PostingNumber, about, clock.GetUtcNow().UtcDateTime);
    }

    private Task<long> SayAsync(SellerCenterDb db, PostingDeed deed, AddressWish wish, Conversation conversation, CancellationToken cancellation) => line.SayAsync(
        db, conversation, AddressNotice.TextOf(deed.PostingNumber, wish.Address), deed.By, AddressNotice.MessageKeyOf(deed.Id), "message.address", deed.PostingNumber, cancellation);
}
