using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>What a chat is about, as the newest message that tells it says, and who the buyer is.</summary>
internal static class ChatTopic
{
    /// <summary>Takes it over from the messages told.</summary>
    /// <returns>Whether anything was new.</returns>
    public static async Task<bool> TakeAsync(
        SellerCenterDb db, Conversation conversation, IReadOnlyList<ToldMessage> told, CancellationToken cancellation)
    {
        var before = (conversation.OrderNumber, conversation.Sku, conversation.BuyerId, conversation.PostingNumber);
        var buyer = told.FirstOrDefault(t => AuthorKinds.Of(t.Message.User.Type) == AuthorKind.Buyer)?.Message.User.Id;
        if (!string.IsNullOrEmpty(buyer))
        {
            conversation.BuyerId = buyer;
            conversation.Kind = ConversationKind.Buyer;
        }

        foreach (var context in told.OrderBy(t => t.Message.MessageId).Select(t => t.Message.Context).OfType<ChatContext>())
        {
            if (context.OrderNumber.Length > 0) conversation.OrderNumber = context.OrderNumber;
            if (long.TryParse(context.Sku, out var sku) && sku > 0) conversation.Sku = sku;
        }

        if (conversation.OrderNumber is { } order && (conversation.PostingNumber is null || order != before.OrderNumber))
        {
            var posting = await db.Postings.AsNoTracking()
                .Where(p => p.StoreId == conversation.StoreId && p.OrderNumber == order)
                .OrderBy(p => p.PostingNumber).FirstOrDefaultAsync(cancellation);
            conversation.PostingNumber = posting?.PostingNumber;
            conversation.BuyerName = posting?.BuyerName ?? conversation.BuyerName;
        }

        return before != (conversation.OrderNumber, conversation.Sku, conversation.BuyerId, conversation.PostingNumber);
    }
}
