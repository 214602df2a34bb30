using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace OzonSellerCenter.Orders;

/// <summary>Tabs of the list of postings, by what is to be done next (<see cref="PostingStatuses"/>).</summary>
public enum OrderTab
{
    All,
    Packing,
    Shipping,
    OnTheWay,
    Delivered,
    Cancelled,
    Disputed,
}

/// <summary>Order of the list of postings.</summary>
public enum OrderSort
{
    /// <summary>What was taken into work last stands first.</summary>
    Newest,

    /// <summary>What has to be shipped soonest stands first; what need not be shipped any more follows, newest first.</summary>
    ShipBy,
}

/// <summary>Which postings the list shows. It lives in the address, so that a colleague can be sent it; unknown words in an address are ignored.</summary>
public sealed record OrderFilter
{
    /// <summary>Characters of <see cref="Text"/> and <see cref="Warehouse"/> at most.</summary>
    public const int MaxText = 200;

    public static OrderFilter Default { get; } = new();

    public OrderTab Tab { get; init; }
    public Scheme? Scheme { get; init; }

    /// <summary>Only what was taken into work on this day or later, by the clock of its store.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only what was taken into work on this day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only postings that cost as much or more, in whole units of their currency.</summary>
    public int? Min { get; init; }

    /// <summary>Only postings that cost as much or less.</summary>
    public int? Max { get; init; }

    public string? Warehouse { get; init; }

    /// <summary>Only what should have been shipped by now and was not, as by <see cref="OrderSort.ShipBy"/>; and behind it what is late on its way
    /// (<see cref="LateParcel"/>), who is late longest first.</summary>
    public bool Late { get; init; }

    /// <summary>Only what the buyer wants his money back for.</summary>
    public bool Refund { get; init; }

    /// <summary>Only this store; null for all stores of the person.</summary>
    public int? Store { get; init; }

    public OrderSort Sort { get; init; }

    /// <summary>Fragments of a number, a product's name or the buyer's city, as they were typed; results stand newest first.</summary>
    public string? Text { get; init; }

    /// <summary>Something narrows the tab, so that an empty list does not mean that there is nothing.</summary>
    public bool IsNarrowed =>
        Scheme is not null || From is not null || To is not null || Min is not null || Max is not null || Warehouse is not null || Late || Refund || Store is not null || Text is not null;

    /// <summary>How many wishes the menu of filters holds.</summary>
    public int InMenu => new object?[] { From, To, Min, Max, Warehouse }.Count(wish => wish is not null);

    /// <summary>Reads the query part of an address, with or without the question mark.</summary>
    public static OrderFilter Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new OrderFilter
        {
            Tab = Word<OrderTab>("tab") ?? OrderTab.All,
            Scheme = Word<Scheme>("scheme") is { } scheme and not Orders.Scheme.Unknown ? scheme : null,
            From = Day("from"),
            To = Day("to"),
            Min = Number("min"),
            Max = Number("max"),
            Warehouse = Free("warehouse"),
            Late = words.ContainsKey("late"),
            Refund = words.ContainsKey("refund"),
            Store = Number("store"),
            Sort = Word<OrderSort>("sort") ?? OrderSort.Newest,
            Text = Free("text"),
        };

        string? Free(string name) => words.GetValueOrDefault(name).ToString() is { Length: <= MaxText } word && !string.IsNullOrWhiteSpace(word) ? word : null;

        int? Number(string name) => int.TryParse(words.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        // Days at the ends of the calendar have no day before or after them.
        DateOnly? Day(string name) =>
            DateOnly.TryParseExact(words.GetValueOrDefault(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2100
                ? day
                : null;

        T? Word<T>(string name)
            where T : struct, Enum =>
            words.TryGetValue(name, out var word) && Enum.GetNames<T>().Contains(word.ToString(), StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<T>(word.ToString(), ignoreCase: true)
                : null;
    }

    /// <summary>The query part of the address, with its question mark; empty for the default.</summary>
    public string ToQuery() => Query().ToString();

    /// <summary>The address under which the list is saved as a file.</summary>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    public string ToExport(string format)
    {
        var query = Query();
        query.Add("format", format);
        return Shared.Links.OrdersExport + query;
    }

    private QueryBuilder Query()
    {
        var query = new QueryBuilder();
        if (Tab != OrderTab.All) Add("tab", Tab);
        if (Scheme is { } scheme) Add("scheme", scheme);
        if (From is { } from) query.Add("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (To is { } to) query.Add("to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (Min is { } min) query.Add("min", min.ToString(CultureInfo.InvariantCulture));
        if (Max is { } max) query.Add("max", max.ToString(CultureInfo.InvariantCulture));
        if (Warehouse is { } warehouse) query.Add("warehouse", warehouse);
        if (Late) query.Add("late", "1");
        if (Refund) query.Add("refund", "1");
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        if (Sort != OrderSort.Newest) Add("sort", Sort);
        if (Text is { } text) query.Add("text", text);
        return query;

        void Add<T>(string name, T word)
            where T : struct, Enum => query.Add(name, word.ToString().ToLowerInvariant());
    }
}
