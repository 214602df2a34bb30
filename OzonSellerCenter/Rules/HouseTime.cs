namespace OzonSellerCenter.Rules;

/// <summary>Why our own clocks stand still for a while.</summary>
public enum StandstillKind
{
    /// <summary>Night, lunch, a free weekday.</summary>
    OutsideHours = 1,

    /// <summary>A day marked as closed lies in it.</summary>
    Holiday = 2,

    /// <summary>Somebody, or the vacation, paused the clocks.</summary>
    Paused = 3,
}

/// <summary>A stretch in which our own clocks stand still.</summary>
/// <param name="Reason">What the person who paused gave as the reason; null for hours.</param>
public sealed record Standstill(StandstillKind Kind, DateTime From, DateTime Until, string? Reason = null);

/// <summary>Working time of a shop: its hours by the clock on its wall, less the pauses. For house targets alone, Ozon's clocks never pause.
/// Immutable and pure. Where the wall clock jumps, it counts as people read it: an hour that comes twice is worked twice, a skipped one never.</summary>
/// <param name="week">Null: always working.</param>
/// <param name="zone">The zone of the wall clock.</param>
public sealed class HouseTime(WorkingWeek? week, TimeZoneInfo zone, IEnumerable<KnownPause> pauses)
{
    private static readonly DateTime Never = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
    private readonly KnownPause[] _pauses = [.. pauses.Where(p => p.Until > p.From).OrderBy(p => p.From)];

    /// <summary>No hours and no pauses: every minute counts.</summary>
    public static HouseTime Always { get; } = new(null, TimeZoneInfo.Utc, []);

    /// <summary>The first instant at which so much working time has passed since another.</summary>
    /// <param name="from">UTC; may lie outside the hours.</param>
    public DateTime Add(DateTime from, TimeSpan span)
    {
        var left = span;
        if (left <= TimeSpan.Zero) return from;
        foreach (var (start, end) in WorkingFrom(from))
        {
            if (left <= end - start) return start + left;
            left -= end - start;
        }

        return Never;
    }

    /// <summary>The working time from one instant to a later one; zero when it is not later.</summary>
    public TimeSpan Between(DateTime from, DateTime until)
    {
        var sum = TimeSpan.Zero;
        foreach (var (start, end) in WorkingFrom(from))
        {
            if (start >= until) break;
            sum += (end < until ? end : until) - start;
        }

        return sum;
    }

    /// <summary>When and why the clocks stand still between two instants, in order.</summary>
    public IReadOnlyList<Standstill> Standstills(DateTime from, DateTime until)
    {
        var found = new List<Standstill>();
        var at = from;
        foreach (var (start, end) in WorkingFrom(from))
        {
            if (start > at) Explain(at, start < until ? start : until, found);
            at = end;
            if (at >= until) break;
        }

        return found;
    }

    private void Explain(DateTime from, DateTime until, List<Standstill> found)
    {
        var at = from;
        foreach (var pause in _pauses.Where(p => p.From < until && p.Until > from))
        {
            if (pause.From > at) found.Add(Closed(at, pause.From));
            var end = pause.Until < until ? pause.Until : until;
            if (end <= at) continue;
            found.Add(new Standstill(StandstillKind.Paused, pause.From > at ? pause.From : at, end, pause.Reason));
            at = end;
        }

        if (at < until) found.Add(Closed(at, until));
    }

    private Standstill Closed(DateTime from, DateTime until)
    {
        var (first, last) = (DayAt(from), DayAt(until.AddTicks(-1)));
        var holiday = week is not null && Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Any(n => week.IsHoliday(first.AddDays(n)));
        return new Standstill(holiday ? StandstillKind.Holiday : StandstillKind.OutsideHours, from, until);
    }

    private DateOnly DayAt(DateTime utc) => DateOnly.FromDateTime(utc + zone.GetUtcOffset(utc));

    // Endless unless the clocks are paused for good: who asks stops.
    private IEnumerable<(DateTime From, DateTime Until)> WorkingFrom(DateTime from)
    {
        foreach (var (start, end) in week is null ? [(from, Never)] : OpenFrom(from))
        {
            var at = start;
            foreach (var pause in _pauses)
            {
                if (pause.Until <= at || pause.From >= end) continue;
                if (pause.From > at) yield return (at, pause.From);
                at = pause.Until;
            }

            if (at < end) yield return (at, end);
        }
    }

    private IEnumerable<(DateTime From, DateTime Until)> OpenFrom(DateTime from)
    {
        for (var day = from.Date; day.Year < Never.Year; day = day.AddDays(1))
        {
            foreach (var (start, end) in OpenOn(day))
            {
                if (end > from) yield return (start > from ? start : from, end);
            }
        }
    }

    /// <summary>The open stretches of one day of UTC, in order and apart from each other.</summary>
    private List<(DateTime From, DateTime Until)> OpenOn(DateTime utcDay)
    {
        var open = new List<(DateTime From, DateTime Until)>();
        foreach (var (from, until, offset) in OffsetsOf(utcDay))
        {
            var (wallFrom, wallUntil) = (from + offset, until + offset);
            for (var date = wallFrom.Date.AddDays(-1); date < wallUntil; date = date.AddDays(1))
            {
                foreach (var window in week!.On(DateOnly.FromDateTime(date)))
                {
                    var (start, end) = (Max(date.AddMinutes(window.From), wallFrom), Min(date.AddMinutes(window.Until), wallUntil));
                    if (start < end) open.Add((start - offset, end - offset));
                }
            }
        }

        return Merge(open);
    }

    /// <summary>The day cut where the zone's offset changes; no zone changes it twice within a day.</summary>
    private IEnumerable<(DateTime From, DateTime Until, TimeSpan Offset)> OffsetsOf(DateTime utcDay)
    {
        var (first, last) = (zone.GetUtcOffset(utcDay), zone.GetUtcOffset(utcDay.AddMinutes(DayHours.Day - 1)));
        if (first == last) return [(utcDay, utcDay.AddDays(1), first)];
        var (before, after) = (0, DayHours.Day - 1);
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            if (zone.GetUtcOffset(utcDay.AddMinutes(middle)) == first) before = middle;
            else after = middle;
        }

        var change = utcDay.AddMinutes(after);
        return [(utcDay, change, first), (change, utcDay.AddDays(1), last)];
    }

    private static List<(DateTime From, DateTime Until)> Merge(List<(DateTime From, DateTime Until)> parts)
    {
        var merged = new List<(DateTime From, DateTime Until)>(parts.Count);
        foreach (var part in parts.Order())
        {
            if (merged.Count > 0 && part.From <= merged[^1].Until) merged[^1] = (merged[^1].From, Max(merged[^1].Until, part.Until));
            else merged.Add(part);
        }

        return merged;
    }

    private static DateTime Max(DateTime one, DateTime other) => one > other ? one : other;

    private static DateTime Min(DateTime one, DateTime other) => one < other ? one : other;
}
