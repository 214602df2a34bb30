using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Orders;

/// <summary>The clocks of a parcel: until Ozon's <c>shipment_date</c> it has to be handed over, and on its way it must not be late (<see cref="LateClock"/>).
/// Called whenever a posting was taken over; calling it once more changes nothing.</summary>
public sealed class ShipmentClock(Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
{
    private const string Prefix = "posting:";

    /// <summary>The subject under which the deadlines of a posting stand.</summary>
    public static string SubjectOf(string postingNumber) => Prefix + postingNumber;

    /// <summary>The posting a subject means; null for subjects of other features.</summary>
    public static string? PostingOf(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal) ? subject[Prefix.Length..] : null;

    /// <summary>Makes the deadline rows of a posting equal to what Ozon says of it, and its <see cref="Posting.LateAt"/> to the rules, in the caller's unit
    /// of work. A parcel that had left before we heard of it has nothing to be handed over, and one that had arrived cannot be late.</summary>
    /// <param name="db">A context that sees the store.</param>
    /// <param name="posting">Tracked, when what is said of it is to be kept.</param>
    public async Task RecomputeAsync(SellerCenterDb db, Posting posting, CancellationToken cancellation)
    {
        var subject = SubjectOf(posting.PostingNumber);
        var kept = await db.Deadlines.Where(d => d.StoreId == posting.StoreId && d.Subject == subject).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var rules = await rulebook.ForAsync(posting.StoreId, cancellation);
        posting.LateAt = LateParcel.WhenLate(posting, rules.SpanAt(RuleKeys.ParcelStill, now));
        var ship = kept.Where(d => d.Kind == DeadlineKind.ShipBy).MaxBy(d => d.StartedAt);
        var isToShip = ship is not null || PostingStatuses.ToShip.Contains(posting.Status);
        List<Clock> clocks = [.. LateClock.Of(posting, kept, rules, now)];
        if (isToShip && Of(posting, ship?.MetAt, now) is { } running) clocks.Add(running);
        var requests = await db.CancellationRequests.Where(r => r.StoreId == posting.StoreId && r.PostingNumber == posting.PostingNumber).ToListAsync(cancellation);
        clocks.AddRange(requests.Select(w => CancellationClock.Of(w, now)).OfType<Clock>());
        if (kept.Count == 0 && clocks.Count == 0) return;
        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(posting.StoreId, cancellation));
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
