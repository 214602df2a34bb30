using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Says that a buyer's last words need no answer, and takes that back, in the caller's unit of work.</summary>
internal static class NoAnswer
{
    /// <summary>Ends the waiting and our own clock. Refused: <c>NobodyWaits</c>, <c>BuyerWroteMeanwhile</c>.</summary>
    /// <param name="seenAt">The buyer's last message on the screen of who says so.</param>
    public static async Task<Outcome> DeclareAsync(
        SellerCenterDb db, ConversationClocks clocks, Conversation conversation, DateTime? seenAt, DateTime now, CancellationToken cancellation)
    {
        if (conversation.WaitingSince is null || conversation.LastBuyerAt is not { } lastAt) return Outcome.Refused("NobodyWaits");
        if (lastAt > (seenAt ?? DateTime.MinValue)) return Outcome.Refused("BuyerWroteMeanwhile");
        db.Deeds.Add(new Deed
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            Kind = DeedKind.NoAnswerNeeded,
            Reason = DeedReason.ByHand,
            At = now,
            By = db.User?.Id,
            SeenAt = lastAt,
        });
        await WriteAsync(db, clocks, conversation, "conversation.no-answer", cancellation);
        return Outcome.Done;
    }

    /// <summary>The waiting and the clocks are as if it had not been said. Refused: <c>NothingToUndo</c> when it was taken back, answered or
    /// overtaken by a new message already.</summary>
    public static async Task<Outcome> UndoAsync(
        SellerCenterDb db, ConversationClocks clocks, Conversation conversation, DateTime now, CancellationToken cancellation)
    {
        var deed = conversation.NoAnswerNeededAt is null ? null : await db.Deeds
            .Where(d => d.ConversationId == conversation.Id && d.Kind == DeedKind.NoAnswerNeeded && d.UndoneAt == null)
            .OrderByDescending(d => d.Id)
            .FirstOrDefaultAsync(cancellation);
        if (deed is null) return Outcome.Refused("NothingToUndo");
        deed.Undo(db.User?.Id, now);
        await WriteAsync(db, clocks, conversation, "conversation.no-answer-undone", cancellation);
        return Outcome.Done;
    }

    private static async Task WriteAsync(
        SellerCenterDb db, ConversationClocks clocks, Conversation conversation, string action, CancellationToken cancellation)
    {
        await clocks.RecomputeAsync(db, conversation, cancellation);
        db.Audit(conversation.StoreId, action, InboxActions.SubjectOf(conversation.Id));
    }
}
