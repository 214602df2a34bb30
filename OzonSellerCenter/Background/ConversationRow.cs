using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;

namespace OzonSellerCenter.Background;

/// <summary>What the list shows of a conversation, worked out from its messages. A function of them alone: a message that comes late and is
/// older than the newest one changes no preview.</summary>
internal static class ConversationRow
{
    /// <summary>Sets newest message, unread count and the buyer's last time. Everything must be saved before.</summary>
    public static async Task WorkOutAsync(SellerCenterDb db, Conversation conversation, CancellationToken cancellation)
    {
        var messages = db.Messages.Where(m => m.ConversationId == conversation.Id);
        var newest = await messages.AsNoTracking().Include(m => m.Attachments)
            .Where(m => m.State != MessageState.TakenBack)
            .OrderByDescending(m => m.SentAt).ThenByDescending(m => m.OzonMessageId ?? long.MaxValue).ThenByDescending(m => m.Id)
            .FirstOrDefaultAsync(cancellation);
        if (newest is not null)
        {
            conversation.LastAt = newest.SentAt;
            conversation.LastAuthor = newest.Author;
            conversation.Preview = Conversation.PreviewOf(newest);
        }

        var others = await messages
            .Where(m => m.Author != MessageAuthor.Seller)
            .GroupBy(m => m.Author)
            .Select(g => new { Author = g.Key, Unread = g.Count(m => m.ReadAt == null), LastAt = g.Max(m => m.SentAt) })
            .ToListAsync(cancellation);
        conversation.Unread = others
            .Where(o => conversation.Kind != ConversationKind.Buyer || o.Author == MessageAuthor.Buyer)
            .Sum(o => o.Unread);
        conversation.LastBuyerAt = others.SingleOrDefault(o => o.Author == MessageAuthor.Buyer)?.LastAt;
    }
}
