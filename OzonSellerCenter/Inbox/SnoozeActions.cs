using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Putting conversations off.</summary>
public sealed class SnoozeActions(Databases databases, TimeProvider clock)
{
    private const int Batch = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Puts a conversation off. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>SnoozeInPast</c>, <c>SnoozeTooFar</c> (days),
    /// and unless <paramref name="anyway"/> <c>SnoozePastOzon</c> (when) where a clock of Ozon would end meanwhile.</summary>
    /// <param name="until">When it comes back; null = when the other side writes.</param>
    public Task<Outcome> SnoozeAsync(CurrentUser user, long conversationId, DateTime? until, bool anyway, CancellationToken cancellation) =>
        ConversationChange.MakeAsync(
            databases, user, conversationId, (db, conversation) => Snoozing.SnoozeAsync(db, conversation, until, anyway, Now, cancellation), cancellation);

    /// <summary>Brings it back. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>.</summary>
    public Task<Outcome> WakeAsync(CurrentUser user, long conversationId, CancellationToken cancellation) => ConversationChange.MakeAsync(
        databases, user, conversationId, (db, conversation) => Task.FromResult(Snoozing.Wake(db, conversation, DeedReason.ByHand, Now)), cancellation);

    /// <summary>When the next one comes back, in any store; null when none does by itself.</summary>
    public async Task<DateTime?> NextAtAsync(CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        return await db.Conversations.IgnoreQueryFilters().Where(c => c.SnoozedUntil != null).OrderBy(c => c.SnoozedUntil).Select(c => c.SnoozedUntil)
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Brings back everything whose time is over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> WakeDueAsync(CancellationToken cancellation)
    {
        for (var sum = 0; ;)
        {
            var woken = await Databases.RetryAsync(() => WakeSomeAsync(cancellation));
            sum += woken;
            if (woken < Batch) return sum;
        }
    }

    private async Task<int> WakeSomeAsync(CancellationToken cancellation)
    {
        var now = Now;
        await using var db = await databases.ForSystemAsync(cancellation);
        var due = await db.Conversations.Where(c => c.SnoozedUntil != null && c.SnoozedUntil <= now).OrderBy(c => c.SnoozedUntil).Take(Batch).ToListAsync(cancellation);

        // Asked with every change of a conversation: nothing to do must not take the turn to write.
        if (due.Count == 0) return 0;
        foreach (var conversation in due)
        {
            Snoozing.Wake(db, conversation, DeedReason.TimeOver, now);
            ConversationChange.Announce(db, conversation);
        }

        await db.CommitAsync(cancellation);
        return due.Count;
    }
}
