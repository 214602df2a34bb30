using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Orders;

/// <summary>The clocks of a parcel that must not be late on its way. One goes on as the parcel moves; where it had become late, and is not any more,
/// that stays on record and another begins.</summary>
internal static class LateClock
{
    /// <summary>The clocks as the facts demand them. What is over is told by its rows: postings do not keep where they have been.</summary>
    /// <param name="posting">With its <see cref="Posting.LateAt"/> up to date.</param>
    /// <param name="kept">The rows of the posting, of any kind.</param>
    public static IReadOnlyList<Clock> Of(Posting posting, IEnumerable<Deadline> kept, StoreRules rules, DateTime now)
    {
        var rows = kept.Where(d => d.Kind == DeadlineKind.ParcelLate).ToList();
        var open = rows.Where(d => d.State is DeadlineState.Running or DeadlineState.Watching).MaxBy(d => d.StartedAt);
        if (posting is not { LateAt: { } lateAt, MovedAt: { } movedAt })
        {
            return [.. rows.Select(d => d == open ? Ended(posting, d, now) : AsItWas(d))];
        }

        // It had become late before it moved. Over its promise it is so still, for which nobody is called twice.
        var wasLate = open is not null && open.StartedAt < movedAt && open.DueAt <= movedAt;
        var current = wasLate && lateAt <= now
            ? Going(posting, open!.StartedAt, open.DueAt < lateAt ? open.DueAt : lateAt, rules, now)
            : Going(posting, movedAt, lateAt, rules, now);
        var over = rows.Where(d => d != open && d.StartedAt < current.StartedAt).Select(AsItWas);
        if (wasLate && lateAt > now) over = over.Append(AsItWas(open!) with { MetAt = movedAt, MissedAt = open!.DueAt, State = DeadlineState.Missed });
        return [.. over, current];
    }

    private static Clock Going(Posting posting, DateTime startedAt, DateTime dueAt, StoreRules rules, DateTime now)
    {
        var rule = dueAt == posting.DeliverBy ? RuleValue.DeliverBy(posting.StoreId, startedAt, dueAt) : rules.At(RuleKeys.ParcelStill, now);
        var (state, missedAt) = dueAt <= now ? (DeadlineState.Running, (DateTime?)dueAt) : (DeadlineState.Watching, null);
        return new Clock(DeadlineKind.ParcelLate, startedAt, dueAt, null, missedAt, state, new ClockReckoning(DeadlineKind.ParcelLate, [], rule, dueAt));
    }

    // It arrived, or went back or was cancelled.
    private static Clock Ended(Posting posting, Deadline row, DateTime now)
    {
        if (posting.Substatus != LateParcel.InPickupPoint && !PostingStatuses.Delivered.Contains(posting.Status))
        {
            return AsItWas(row) with { MissedAt = null, State = DeadlineState.Cancelled };
        }

        var metAt = posting.DeliveredAt ?? posting.MovedAt ?? now;
        return metAt <= row.DueAt
            ? AsItWas(row) with { MetAt = metAt, MissedAt = null, State = DeadlineState.Met }
            : AsItWas(row) with { MetAt = metAt, MissedAt = row.DueAt, State = DeadlineState.Missed };
    }

    private static Clock AsItWas(Deadline row)
    {
        var rule = new RuleValue { StoreId = row.StoreId, Key = row.RuleKey, Value = row.RuleMinutes, Unit = RuleUnits.Minutes, Owner = row.Owner, Source = "" };
        return new Clock(row.Kind, row.StartedAt, row.DueAt, row.MetAt, row.MissedAt, row.State, new ClockReckoning(row.Kind, [], rule, row.DueAt));
    }
}
