using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Orders;

/// <summary>The clock of a parcel: until Ozon's <c>shipment_date</c> it has to be handed over. Called whenever a posting was taken over; calling it once
/// more changes nothing.</summary>
public sealed class ShipmentClock(Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
{
    private const string Prefix = "posting:";

    /// <summary>The subject under which the deadlines of a posting stand.</summary>
    public static string SubjectOf(string postingNumber) => Prefix + postingNumber;

    /// <summary>The posting a subject means; null for subjects of other features.</summary>
    public static string? PostingOf(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal) ? subject[Prefix.Length..] : null;

    /// <summary>Makes the deadline row of a posting equal to what Ozon says of it, in the caller's unit of work. A parcel that had left before we heard of
    /// it gets none.</summary>
    /// <param name="db">A context that sees the store.</param>
    public async Task RecomputeAsync(SellerCenterDb db, Posting posting, CancellationToken cancellation)
    {
        var subject = SubjectOf(posting.PostingNumber);
        var kept = await db.Deadlines.Where(d => d.StoreId == posting.StoreId && d.Subject == subject && d.Kind == DeadlineKind.ShipBy)
            .OrderByDescending(d => d.StartedAt).FirstOrDefaultAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        if (kept is null && !PostingStatuses.ToShip.Contains(posting.Status)) return;
        var rules = await rulebook.ForAsync(posting.StoreId, cancellation);
        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(posting.StoreId, cancellation));
        var clocks = Of(posting, kept?.MetAt, now) is { } running ? new[] { running } : [];
        await DeadlineReconciliation.ReconcileAsync(db, posting.StoreId, subject, TitleOf(posting), clocks, plan, cancellation);
    }

    /// <summary>The clock as the facts demand it; null when Ozon ships itself or tells no day.</summary>
    /// <param name="shippedAt">When it was first seen to have left, where Ozon does not say.</param>
    internal static Clock? Of(Posting posting, DateTime? shippedAt, DateTime now)
    {
        if (posting is not { Scheme: not Scheme.Fbo, ShipBy: { } dueAt }) return null;
        var startedAt = posting.InProcessAt is { } taken && taken < dueAt ? taken : dueAt.AddDays(-1);
        var hasLeft = !PostingStatuses.ToShip.Contains(posting.Status) && !PostingStatuses.Cancelled.Contains(posting.Status);
        DateTime? metAt = hasLeft ? posting.DeliveringAt ?? shippedAt ?? now : null;
        var (state, missedAt) = metAt is { } left ? left <= dueAt ? (DeadlineState.Met, null) : (DeadlineState.Missed, (DateTime?)dueAt)
            : PostingStatuses.Cancelled.Contains(posting.Status) ? (DeadlineState.Cancelled, null)
            : (DeadlineState.Running, dueAt <= now ? dueAt : null);
        var rule = RuleValue.ShipBy(posting.StoreId, startedAt, dueAt);
        return new Clock(DeadlineKind.ShipBy, startedAt, dueAt, metAt, missedAt, state, new ClockReckoning(DeadlineKind.ShipBy, [], rule, dueAt));
    }

    private static string TitleOf(Posting posting)
    {
        var title = posting.BuyerName is { Length: > 0 } buyer ? $"{buyer} · {posting.PostingNumber}" : posting.PostingNumber;
        return title.Length <= Deadline.MaxTitle ? title : title[..Deadline.MaxTitle];
    }
}
