using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace OzonSellerCenter.Disputes.List;

/// <summary>Where the cases of the list stand: the states themselves (same numbers as <see cref="DisputeState"/>), and groups of them.</summary>
public enum DisputeStanding
{
    /// <summary>All that are not closed.</summary>
    Open = 0,
    Gathering = 1,
    Submitted = 2,
    InReview = 3,
    SellerAsked = 4,
    BuyerAsked = 5,
    Released = 6,
    AtOzon = 7,
    Decided = 8,
    Closed = 9,

    /// <summary>The shop has to act (<see cref="DisputeFilter.Ours"/>).</summary>
    ToAct = 20,
    All = 30,
}

/// <summary>Whose cases the list shows.</summary>
public enum DisputeWhose
{
    Anybody = 0,
    Mine = 1,
    Nobody = 2,
}

/// <summary>Which cases the list shows. It lives in the address; unknown words in an address are ignored.</summary>
public sealed record DisputeFilter
{
    /// <summary>Characters of <see cref="Text"/> at most.</summary>
    public const int MaxText = 200;

    /// <summary>States in which the next step is the shop's.</summary>
    public static readonly IReadOnlyList<DisputeState> Ours = [DisputeState.Gathering, DisputeState.SellerAsked, DisputeState.Released];

    public static DisputeFilter Default { get; } = new();

    /// <summary>The tab; null for all kinds.</summary>
    public DisputeKind? Kind { get; init; }
    public DisputeStanding Standing { get; init; }
    public DisputeTopic? Topic { get; init; }
    public DisputeWhose Whose { get; init; }

    /// <summary>Only those whose clock has run out.</summary>
    public bool Overdue { get; init; }

    /// <summary>Only this store; null for all stores of the person.</summary>
    public int? Store { get; init; }

    /// <summary>Fragments of a number, of the product or of the claim, as they were typed.</summary>
    public string? Text { get; init; }

    /// <summary>Something narrows the tab, so that an empty list does not mean that there is nothing.</summary>
    public bool IsNarrowed => this with { Kind = null } != Default;

    /// <summary>What is soonest over stands first; otherwise what was opened last.</summary>
    public bool IsByClock => Standing is not (DisputeStanding.Closed or DisputeStanding.All);

    /// <summary>Reads the query part of an address, with or without the question mark.</summary>
    public static DisputeFilter Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new DisputeFilter
        {
            Kind = Word<DisputeKind>("kind"),
            Standing = Word<DisputeStanding>("state") ?? DisputeStanding.Open,
            Topic = Word<DisputeTopic>("topic"),
            Whose = Word<DisputeWhose>("whose") ?? DisputeWhose.Anybody,
            Overdue = words.ContainsKey("overdue"),
            Store = int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null,
            Text = words.GetValueOrDefault("text").ToString() is { Length: <= MaxText } text && !string.IsNullOrWhiteSpace(text) ? text : null,
        };

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
        if (Kind is { } kind) query.Add("kind", kind.ToString().ToLowerInvariant());
        if (Standing != DisputeStanding.Open) query.Add("state", Standing.ToString().ToLowerInvariant());
        if (Topic is { } topic) query.Add("topic", topic.ToString().ToLowerInvariant());
        if (Whose != DisputeWhose.Anybody) query.Add("whose", Whose.ToString().ToLowerInvariant());
        if (Overdue) query.Add("overdue", "1");
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        if (Text is { } text) query.Add("text", text);
        return query.ToString();
    }
}
