using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>What pushes change. A chat push is applied at once, so that it is on the screens; whatever came, the conversation or posting is
/// also marked to be read again from Ozon, because pushes come late, twice, out of order or never.</summary>
internal sealed class PushContent(ChatIntake chats)
{
    /// <summary>Applies pushes of one store inside the caller's transaction.</summary>
    public async Task ApplyAsync(SellerCenterDb db, int storeId, IReadOnlyList<OzonPush> pushes, CancellationToken cancellation)
    {
        foreach (var group in pushes.OfType<ChatPush>().GroupBy(p => p.ChatId))
        {
            await ApplyToChatAsync(db, storeId, [.. group], cancellation);
        }

        foreach (var number in pushes.OfType<PostingPush>().Select(p => p.PostingNumber).Distinct())
        {
            await MarkPostingAsync(db, storeId, number, cancellation);
        }
    }

    private async Task ApplyToChatAsync(SellerCenterDb db, int storeId, List<ChatPush> pushes, CancellationToken cancellation)
    {
        var conversation = await chats.ConversationAsync(db, storeId, pushes[0].ChatId, pushes[0].ChatType, cancellation);
        var batch = new ChatBatch
        {
            Messages = [.. pushes.Select(Told).OfType<ToldMessage>()],
            ReadThrough = pushes.OfType<PushMessageRead>().Where(IsReadByOthers).Select(p => p.LastReadMessageId).DefaultIfEmpty().Max(),
            IsClosed = pushes.OfType<PushChatClosed>().Any() ? true : null,
        };
        conversation.NeedsSync = true;

        // A reading of the history that began before does not know of this: it must not take the mark away.
        ChatIntake.Touch(db, conversation);
        await chats.TakeAsync(db, conversation, batch, cancellation);
    }

    private static ToldMessage? Told(ChatPush push) => push switch
    {
        PushNewMessage { CreatedAt: { } at } m => new ToldMessage(Message(m.MessageId, at, m.Data, m.User), Teller.NewMessagePush),
        PushUpdateMessage { CreatedAt: { } at } m => new ToldMessage(Message(m.MessageId, at, m.Data, m.User), Teller.UpdatePush, m.UpdatedAt),
        _ => null,
    };

    private static OzonMessage Message(long id, DateTime at, IReadOnlyList<string> data, ChatUser user) =>
        new() { MessageId = id, CreatedAt = at, Data = data, User = user };

    private static bool IsReadByOthers(PushMessageRead push) => AuthorKinds.Of(push.User.Type) != AuthorKind.Seller;

    /// <summary>The push alone is not believed: what the posting looks like is asked of Ozon.</summary>
    private static async Task MarkPostingAsync(SellerCenterDb db, int storeId, string number, CancellationToken cancellation)
    {
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.StoreId == storeId && p.PostingNumber == number, cancellation);
        if (posting is null) db.Postings.Add(posting = new Posting { StoreId = storeId, PostingNumber = number });
        posting.NeedsSync = true;
    }
}
