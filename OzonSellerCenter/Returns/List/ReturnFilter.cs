using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Returns.List;

/// <summary>Tabs of the list of requests: Ozon's groups (<see cref="ReturnStage"/>, same numbers), and all of them.</summary>
public enum ReturnTab
{
    All = 0,
    New = 1,
    Delivering = 2,
    Checkout = 3,
    Arbitration = 4,
    Approved = 5,
    Rejected = 6,
}

/// <summary>Which requests the list shows. It lives in the address; unknown words in an address are ignored.</summary>
public sealed record ReturnFilter
{
    /// <summary>Characters of <see cref="Text"/>, <see cref="Reason"/> and <see cref="Product"/> at most.</summary>
    public const int MaxText = 200;

    public static ReturnFilter Default { get; } = new();

    public ReturnTab Tab { get; init; } = ReturnTab.New;
    public Scheme? Scheme { get; init; }

    /// <summary>Only with this reason, as Ozon words it.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those of which the buyer says that something is wrong with the goods.</summary>
    public bool Defect { get; init; }

    /// <summary>Only of this product: Ozon's SKU, the shop's own name of it, or words of its title.</summary>
    public string? Product { get; init; }

    /// <summary>Only what was asked for on this day or later, by the clock of its store.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only what was asked for on this day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only what has to be decided within <see cref="ReturnListQueries.SoonIs"/>.</summary>
    public bool Soon { get; init; }

    /// <summary>Only this store; null for all stores of the person.</summary>
    public int? Store { get; init; }

    /// <summary>Fragments of a number, of the product or of what the buyer wrote, as they were typed.</summary>
    public string? Text { get; init; }

    /// <summary>Something narrows the tab, so that an empty list does not mean that there is nothing.</summary>
    public bool IsNarrowed => this with { Tab = ReturnTab.New } != Default;

    /// <summary>How many wishes the menu of filters holds.</summary>
    public int InMenu => new object?[] { Reason, Product, From, To }.Count(wish => wish is not null);

    /// <summary>What is soonest over stands first; otherwise what was asked for last.</summary>
    public bool IsByClock => Tab == ReturnTab.New || Soon;

    /// <summary>Reads the query part of an address, with or without the question mark.</summary>
    public static ReturnFilter Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new ReturnFilter
        {
            Tab = Word<ReturnTab>("tab") ?? ReturnTab.New,
            Scheme = Word<Scheme>("scheme") is { } scheme and not Orders.Scheme.Unknown ? scheme : null,
            Reason = Free("reason"),
            Defect = words.ContainsKey("defect"),
            Product = Free("product"),
            From = Day("from"),
            To = Day("to"),
            Soon = words.ContainsKey("soon"),
            Store = int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null,
            Text = Free("text"),
        };

        string? Free(string name) => words.GetValueOrDefault(name).ToString() is { Length: <= MaxText } word && !string.IsNullOrWhiteSpace(word) ? word : null;

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
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (Tab != ReturnTab.New) query.Add("tab", Tab.ToString().ToLowerInvariant());
        if (Scheme is { } scheme) query.Add("scheme", scheme.ToString().ToLowerInvariant());
        if (Reason is { } reason) query.Add("reason", reason);
        if (Defect) query.Add("defect", "1");
        if (Product is { } product) query.Add("product", product);
        if (From is { } from) query.Add("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (To is { } to) query.Add("to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (Soon) query.Add("soon", "1");
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        if (Text is { } text) query.Add("text", text);
        return query.ToString();
    }
}
