using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace OzonSellerCenter.Insights;

/// <summary>What the analysis is asked. It lives in the address; unknown words in an address are ignored.</summary>
/// <param name="Days">Of the past, today included.</param>
/// <param name="Store">Only this store; null for all of the person's.</param>
public sealed record RefundQuestion(int Days = 90, RefundGrouping By = RefundGrouping.Product, int? Store = null)
{
    /// <summary>The spans offered.</summary>
    public static readonly IReadOnlyList<int> Spans = [30, 90, 180, 365];

    public static RefundQuestion Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new RefundQuestion(
            int.TryParse(words.GetValueOrDefault("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Spans.Contains(days) ? days : 90,
            Enum.GetValues<RefundGrouping>().FirstOrDefault(g => g.ToString().Equals(words.GetValueOrDefault("by").ToString(), StringComparison.OrdinalIgnoreCase)),
            int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null);
    }

    /// <summary>The query part of the address, with its question mark; empty for the default.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (Days != 90) query.Add("days", Days.ToString(CultureInfo.InvariantCulture));
        if (By != RefundGrouping.Product) query.Add("by", By.ToString().ToLowerInvariant());
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }
}
