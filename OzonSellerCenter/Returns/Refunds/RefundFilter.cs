using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Which refunds the list shows. It lives in the address, so that a colleague can be sent it; unknown words in an address are ignored.</summary>
public sealed record RefundFilter
{
    /// <summary>Characters of <see cref="Text"/> at most.</summary>
    public const int MaxText = 40;

    public static RefundFilter Default { get; } = new();

    public RefundState? State { get; init; }
    public RefundWay? Way { get; init; }
    public int? Store { get; init; }

    /// <summary>Only what was begun on this day (UTC) or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only what was begun on this day (UTC) or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only what the person began.</summary>
    public bool Mine { get; init; }

    /// <summary>Beginning of a posting's or an order's number.</summary>
    public string? Text { get; init; }

    public bool IsNarrowed => this != Default;

    /// <summary>Reads the query part of an address, with or without the question mark.</summary>
    public static RefundFilter Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new RefundFilter
        {
            State = Word<RefundState>("state"),
            Way = Word<RefundWay>("way"),
            Store = int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null,
            From = Day("from"),
            To = Day("to"),
            Mine = words.ContainsKey("mine"),
            Text = words.GetValueOrDefault("text").ToString().Trim() is { Length: > 0 and <= MaxText } text ? text : null,
        };

        DateOnly? Day(string name) =>
            DateOnly.TryParseExact(words.GetValueOrDefault(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2100 ? day : null;

        T? Word<T>(string name)
            where T : struct, Enum =>
            words.TryGetValue(name, out var word) && Enum.GetNames<T>().Contains(word.ToString(), StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(word.ToString(), ignoreCase: true) : null;
    }

    /// <summary>The query part of the address, with its question mark; empty for the default.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (State is { } state) query.Add("state", state.ToString().ToLowerInvariant());
        if (Way is { } way) query.Add("way", way.ToString().ToLowerInvariant());
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        if (From is { } from) query.Add("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (To is { } to) query.Add("to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (Mine) query.Add("mine", "1");
        if (Text is { } text) query.Add("text", text);
        return query.ToString();
    }
}
