using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Insights;

/// <summary>Puts requests and deliveries together into lines. Pure, so that it can be tested by hand-counted cases.</summary>
public static class RefundReckoning
{
    /// <summary>A product is called weak from so many requests on.</summary>
    public const int LeastRequests = 3;

    /// <summary>Buyers' words shown of a weak product.</summary>
    public const int MostWords = 5;

    private const int MostWeak = 10;

    /// <summary>One-sided 90 % of the normal distribution.</summary>
    private const double Quantile = 1.2816;

    /// <summary>The lines by a grouping.</summary>
    /// <param name="zone">Days, weeks and months are those of the shop.</param>
    /// <param name="deliveredIn">Pieces delivered in a span of time, by its first day; used for weeks and months alone.</param>
    public static IReadOnlyList<RefundLine> Lines(
        IReadOnlyCollection<ReturnFact> facts, IReadOnlyCollection<DeliveredFact> delivered, RefundGrouping grouping, ShopTime zone, IReadOnlyDictionary<DateOnly, long> deliveredIn)
    {
        var pieces = DeliveredBy(delivered, facts, grouping);
        var lines = facts.GroupBy(f => KeyOf(f, grouping, zone)).Select(g => Line(g.Key, NameOf(g.First(), grouping), Delivered(g.Key), [.. g]));
        return grouping is RefundGrouping.Week or RefundGrouping.Month
            ? [.. lines.UnionBy(deliveredIn.Select(d => Line(Day(d.Key), "", d.Value, [])), l => l.Key).OrderBy(l => l.Key, StringComparer.Ordinal)]
            : [.. lines.OrderByDescending(l => l.Requests).ThenBy(l => l.Name, StringComparer.CurrentCulture).ThenBy(l => l.Key, StringComparer.Ordinal)];

        long? Delivered(string key) => grouping switch
        {
            RefundGrouping.Reason => null,
            RefundGrouping.Week or RefundGrouping.Month => deliveredIn.GetValueOrDefault(DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => pieces.GetValueOrDefault(key),
        };
    }

    /// <summary>Everything in one line.</summary>
    public static RefundLine All(IReadOnlyCollection<ReturnFact> facts, IReadOnlyCollection<DeliveredFact> delivered) => Line("", "", delivered.Sum(d => d.Pieces), [.. facts]);

    /// <summary>Products whose share of returns lies above the shop's, so far that chance explains it in less than one case of ten (lower end of the
    /// Wilson interval).</summary>
    public static IReadOnlyList<WeakProduct> Weak(IReadOnlyCollection<ReturnFact> facts, IReadOnlyCollection<DeliveredFact> delivered)
    {
        var usual = All(facts, delivered).Rate ?? 0;
        var pieces = delivered.GroupBy(d => d.Sku).ToDictionary(g => g.Key, g => g.Sum(d => d.Pieces));
        return
        [
            .. facts.GroupBy(f => f.Sku)
                .Select(g => (Facts: g.OrderByDescending(f => f.AskedAt).ThenByDescending(f => f.Id).ToList(), Delivered: pieces.GetValueOrDefault(g.Key)))
                .Where(p => p.Facts.Count >= LeastRequests && LowerEnd(p.Facts.Sum(f => f.Pieces), p.Delivered) > usual)
                .Select(p => new WeakProduct(
                    Line(p.Facts[0].Sku.ToString(CultureInfo.InvariantCulture), p.Facts[0].Product, p.Delivered, p.Facts),
                    p.Facts[0].OfferId,
                    p.Facts.GroupBy(f => f.Reason).OrderByDescending(r => r.Count()).ThenBy(r => r.Key, StringComparer.Ordinal).First().Key,
                    [.. p.Facts.Where(f => f.Comment.Length > 0).Take(MostWords).Select(f => new BuyerWords(f.Id, f.AskedAt, f.Comment))]))
                .OrderByDescending(w => w.Line.Rate).ThenByDescending(w => w.Line.Requests).ThenBy(w => w.Line.Key, StringComparer.Ordinal)
                .Take(MostWeak),
        ];
    }

    /// <summary>The lower end of the interval in which the share lies (Wilson score, one-sided 90 %); 0 when nothing was delivered.</summary>
    internal static double LowerEnd(long returned, long delivered)
    {
        if (delivered <= 0) return 0;
        var (n, p) = ((double)delivered, Math.Min(1, (double)returned / delivered));
        var z2 = Quantile * Quantile;
        return (p + (z2 / (2 * n)) - (Quantile * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n))))) / (1 + (z2 / n));
    }

    /// <summary>First day of the week or month of an instant, by the shop's clock.</summary>
    public static DateOnly SpanOf(DateTime at, RefundGrouping grouping, ShopTime zone)
    {
        var day = DateOnly.FromDateTime(zone.Local(at));
        return grouping == RefundGrouping.Month ? new DateOnly(day.Year, day.Month, 1) : day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private static Dictionary<string, long> DeliveredBy(IReadOnlyCollection<DeliveredFact> delivered, IReadOnlyCollection<ReturnFact> facts, RefundGrouping grouping)
    {
        // Of a product that nobody gave back the category is not needed.
        var categories = facts.GroupBy(f => f.Sku).ToDictionary(g => g.Key, g => g.First().Category ?? "");
        return delivered.GroupBy(d => grouping switch
        {
            RefundGrouping.Product => d.Sku.ToString(CultureInfo.InvariantCulture),
            RefundGrouping.Category => categories.GetValueOrDefault(d.Sku, "\0"),
            RefundGrouping.Scheme => d.Scheme.ToString(),
            RefundGrouping.Warehouse => d.Warehouse ?? "",
            _ => "\0",
        }).ToDictionary(g => g.Key, g => g.Sum(d => d.Pieces));
    }

    private static string KeyOf(ReturnFact fact, RefundGrouping grouping, ShopTime zone) => grouping switch
    {
        RefundGrouping.Product => fact.Sku.ToString(CultureInfo.InvariantCulture),
        RefundGrouping.Category => fact.Category ?? "",
        RefundGrouping.Reason => fact.Reason,
        RefundGrouping.Scheme => fact.Scheme.ToString(),
        RefundGrouping.Warehouse => fact.Warehouse ?? "",
        _ => Day(SpanOf(fact.AskedAt, grouping, zone)),
    };

    private static string NameOf(ReturnFact fact, RefundGrouping grouping) => grouping switch
    {
        RefundGrouping.Product => fact.Product,
        RefundGrouping.Category => fact.Category ?? "",
        RefundGrouping.Reason => fact.Reason,
        RefundGrouping.Scheme => OrderWordsOf(fact),
        RefundGrouping.Warehouse => fact.Warehouse ?? "",
        _ => "",
    };

    private static string OrderWordsOf(ReturnFact fact) => Orders.OrderWords.SchemeOf(fact.Scheme) ?? "";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static RefundLine Line(string key, string name, long? delivered, List<ReturnFact> facts) => new(
        key, name, delivered, facts.Count, facts.Sum(f => f.Pieces), facts.Count(f => f.IsDefect),
        [.. facts.Where(f => f.Refunded > 0).GroupBy(f => f.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Money(g.Sum(f => f.Refunded), g.Key))]);
}
