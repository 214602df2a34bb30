using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace OzonSellerCenter.Disputes.Desk.Figures;

/// <summary>What is asked of the desk's figures; it is in the address.</summary>
/// <param name="Days">How far back.</param>
/// <param name="Store">One store; null for all.</param>
public sealed record FigureQuestion(int Days = 90, int? Store = null)
{
    /// <summary>The spans offered.</summary>
    public static readonly IReadOnlyList<int> Spans = [30, 90, 180, 365];

    public static FigureQuestion Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new FigureQuestion(
            int.TryParse(words.GetValueOrDefault("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Spans.Contains(days) ? days : 90,
            int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null);
    }

    /// <summary>The query part of the address, with its question mark; empty for the default.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (Days != 90) query.Add("days", Days.ToString(CultureInfo.InvariantCulture));
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }
}
