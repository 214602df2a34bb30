using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>What people do with the tags of a conversation.</summary>
public sealed class TagActions(Databases databases)
{
    /// <summary>Puts a tag on; it is made when the store has none of that name. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>,
    /// <c>TagEmpty</c>, <c>TagTooLong</c> (limit), <c>TooManyTags</c> (limit).</summary>
    public Task<Outcome> AddAsync(CurrentUser user, long conversationId, string name, CancellationToken cancellation) => ConversationChange.MakeAsync(
        databases, user, conversationId, (db, conversation) => Tagging.AddAsync(db, conversation, name, cancellation), cancellation);

    /// <summary>Takes a tag off. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>.</summary>
    public Task<Outcome> RemoveAsync(CurrentUser user, long conversationId, string name, CancellationToken cancellation) => ConversationChange.MakeAsync(
        databases, user, conversationId, (db, conversation) => Tagging.RemoveAsync(db, conversation, name, cancellation), cancellation);
}
