using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>"No answer needed", such as after a mere thank-you.</summary>
public sealed class NoAnswerActions(Databases databases, ConversationClocks clocks, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The buyer's last words need no answer: nobody waits any more, and our own clock is off until he writes again. Ozon is told
    /// nothing, and nothing is claimed of its clocks. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NobodyWaits</c>,
    /// <c>BuyerWroteMeanwhile</c>.</summary>
    /// <param name="seenAt">The buyer's last message on the screen (<see cref="OpenConversation.LastBuyerAt"/>).</param>
    public Task<Outcome> DeclareAsync(CurrentUser user, long conversationId, DateTime? seenAt, CancellationToken cancellation) => ConversationChange.MakeAsync(
        databases, user, conversationId, (db, conversation) => NoAnswer.DeclareAsync(db, clocks, conversation, seenAt, Now, cancellation), cancellation);

    /// <summary>Takes it back, whoever said it. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NothingToUndo</c>.</summary>
    public Task<Outcome> UndoAsync(CurrentUser user, long conversationId, CancellationToken cancellation) => ConversationChange.MakeAsync(
        databases, user, conversationId, (db, conversation) => NoAnswer.UndoAsync(db, clocks, conversation, Now, cancellation), cancellation);
}
