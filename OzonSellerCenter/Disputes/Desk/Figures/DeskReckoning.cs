using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk.Figures;

/// <summary>Puts ends of cases together into figures. Pure, so that it can be tested by hand-counted cases.</summary>
public static class DeskReckoning
{
    /// <summary>The figures.</summary>
    /// <param name="appeals">Made in the time.</param>
    /// <param name="from">Begin of the time; weeks without an end are shown too.</param>
    /// <param name="zone">Weeks are those of the shop.</param>
    public static DeskFigures Of(IReadOnlyCollection<CaseEnd> ends, int appeals, DateTime from, DateTime to, ShopTime zone, bool isCut) => new(
        Line("", ends, ends.Count(e => e.IsChange)),
        [.. ends.GroupBy(e => e.Kind).OrderBy(g => g.Key).Select(g => Line(g.Key.ToString(), [.. g], g.Count(e => e.IsChange)))],
        [.. ends.GroupBy(e => e.Topic).OrderBy(g => g.Key).Select(g => Line(g.Key.ToString(), [.. g], g.Count(e => e.IsChange)))],

        // Of a person it is told how often others changed what he had decided.
        [
            .. ends.Where(e => e.IsDecision && e.By is not null).GroupBy(e => e.By!).Select(g => Line(g.Key, [.. g], ends.Count(e => e.IsChange && e.First!.By == g.Key)))
                .OrderByDescending(l => l.All).ThenBy(l => l.Key, StringComparer.Ordinal),
        ],
        Weeks(ends, from, to, zone), appeals, ends.Count(e => e is { IsDecision: true, Instance: > 1 }), isCut);

    /// <summary>The least of the values that a share of them does not exceed (nearest rank); null of none.</summary>
    public static TimeSpan? Percentile(IEnumerable<TimeSpan> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    private static FigureLine Line(string key, IReadOnlyCollection<CaseEnd> ends, int changed)
    {
        var decisions = ends.Where(e => e.IsDecision).ToList();
        var (timed, claimed) = (decisions.Where(e => e.OnTime is not null).ToList(), decisions.Where(e => e.ClaimAmount > 0).ToList());
        var times = decisions.Select(e => e.At - e.FromAt).ToList();
        return new FigureLine(
            key, ends.GroupBy(e => e.Outcome).ToDictionary(g => g.Key, g => g.Count()), Percentile(times, 0.5), Percentile(times, 0.9),
            timed.Count == 0 ? null : (double)timed.Count(e => e.OnTime == true) / timed.Count,
            claimed.Count == 0 ? null : claimed.Average(e => (double)e.Amount / e.ClaimAmount), changed);
    }

    private static List<FigureWeek> Weeks(IReadOnlyCollection<CaseEnd> ends, DateTime from, DateTime to, ShopTime zone)
    {
        var of = ends.ToLookup(e => MondayOf(e.At, zone));
        var weeks = new List<FigureWeek>();
        for (var monday = MondayOf(from, zone); monday <= MondayOf(to, zone); monday = monday.AddDays(7))
        {
            var week = of[monday].ToLookup(e => e.Outcome);
            var (seller, buyer, split) = (week[DisputeOutcome.Seller].Count(), week[DisputeOutcome.Buyer].Count(), week[DisputeOutcome.Split].Count());
            weeks.Add(new FigureWeek(monday, seller, buyer, split, of[monday].Count() - seller - buyer - split));
        }

        return weeks;
    }

    private static DateOnly MondayOf(DateTime at, ShopTime zone)
    {
        var day = DateOnly.FromDateTime(zone.Local(at));
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
