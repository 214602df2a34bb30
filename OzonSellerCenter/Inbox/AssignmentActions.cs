using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Who looks after a conversation, as owners and agents decide it by hand.</summary>
public sealed class AssignmentActions(Databases databases, TimeProvider clock)
{
    /// <summary>Gives a conversation to a member of its store, takes it oneself, or gives it back (<paramref name="personId"/> null).
    /// Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotAssignable</c>.</summary>
    public Task<Outcome> AssignAsync(CurrentUser user, long conversationId, string? personId, CancellationToken cancellation) =>
        ConversationChange.MakeAsync(
            databases,
            user,
            conversationId,
            (db, conversation) => Assignment.ByHandAsync(db, conversation, personId, clock.GetUtcNow().UtcDateTime, cancellation),
            cancellation);
}
