using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Puts conversations off and brings them back, in the caller's unit of work. No clock stops for it.</summary>
internal static class Snoozing
{
    /// <summary>Days at most.</summary>
    public const int Longest = 365;

    /// <param name="until">Null until the other side writes.</param>
    /// <param name="anyway">The person knows that a clock of Ozon ends before. Refused: <c>SnoozeInPast</c>, <c>SnoozeTooFar</c> (days),
    /// <c>SnoozePastOzon</c> (when that clock ends), <c>Unchanged</c>.</param>
    public static async Task<Outcome> SnoozeAsync(
        SellerCenterDb db, Conversation conversation, DateTime? until, bool anyway, DateTime now, CancellationToken cancellation)
    {
        if (until <= now) return Outcome.Refused("SnoozeInPast");
        if (until > now.AddDays(Longest)) return Outcome.Refused("SnoozeTooFar", Longest);
        if (conversation.SnoozedAt is not null && conversation.SnoozedUntil == until) return Outcome.Refused("Unchanged");
        if (!anyway && await OzonEndsAsync(db, conversation, until, now, cancellation) is { } end) return Outcome.Refused("SnoozePastOzon", end);
        conversation.SnoozedAt = now;
        conversation.SnoozedUntil = until;
        conversation.SnoozedSeenAt = conversation.LastHeardAt;
        Write(db, conversation, DeedKind.Snoozed, DeedReason.ByHand, until, now);
        return Outcome.Done;
    }

    /// <summary>Refused: <c>Unchanged</c>.</summary>
    public static Outcome Wake(SellerCenterDb db, Conversation conversation, DeedReason reason, DateTime now)
    {
        if (conversation.SnoozedAt is null) return Outcome.Refused("Unchanged");
        conversation.SnoozedAt = null;
        conversation.SnoozedUntil = null;
        conversation.SnoozedSeenAt = null;
        Write(db, conversation, DeedKind.Woken, reason, null, now);
        return Outcome.Done;
    }

    /// <summary>Brings it back when the other side has written since.</summary>
    public static void WakeIfHeard(SellerCenterDb db, Conversation conversation, DateTime now)
    {
        if (conversation.SnoozedAt is null || !(conversation.LastHeardAt > (conversation.SnoozedSeenAt ?? DateTime.MinValue))) return;
        Wake(db, conversation, DeedReason.Heard, now);
    }

    // What has ended already can not be lost by waiting.
    private static Task<DateTime?> OzonEndsAsync(
        SellerCenterDb db, Conversation conversation, DateTime? until, DateTime now, CancellationToken cancellation)
    {
        var subject = ConversationClocks.SubjectOf(conversation.Id);
        return db.Deadlines
            .Where(d => d.StoreId == conversation.StoreId && d.Subject == subject && d.State == DeadlineState.Running && d.Owner == RuleOwner.Ozon
                && d.DueAt > now && (until == null || d.DueAt <= until))
            .OrderBy(d => d.DueAt)
            .Select(d => (DateTime?)d.DueAt)
            .FirstOrDefaultAsync(cancellation);
    }

    private static void Write(SellerCenterDb db, Conversation conversation, DeedKind kind, DeedReason reason, DateTime? until, DateTime now)
    {
        db.Deeds.Add(new Deed
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            Kind = kind,
            Reason = reason,
            At = now,
            By = reason == DeedReason.ByHand ? db.User?.Id : null,
            Until = until,
        });
        db.Audit(
            conversation.StoreId,
            kind == DeedKind.Snoozed ? "conversation.snooze" : "conversation.wake",
            InboxActions.SubjectOf(conversation.Id),
            kind == DeedKind.Snoozed ? until?.ToString("u", CultureInfo.InvariantCulture) ?? "until heard" : reason.ToString());
    }
}
