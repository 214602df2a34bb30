using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>Tabs of the desk's cases.</summary>
public enum DeskTab
{
    Waiting = 0,
    TakenUp = 1,

    /// <summary>The shop or the buyer was asked for more.</summary>
    MoreWanted = 2,

    /// <summary>Decided, or let go to Ozon, in the last 30 days.</summary>
    Decided = 3,
}

/// <summary>What the queue of cases is narrowed to; it is in the address.</summary>
/// <param name="Mine">Taken up, or decided, by the person.</param>
/// <param name="Appeal">Second instance.</param>
public sealed record DeskFilter(DeskTab Tab = DeskTab.Waiting, DisputeKind? Kind = null, DisputeTopic? Topic = null, int? Store = null, bool Mine = false, bool Appeal = false)
{
    public static readonly DeskFilter Default = new();

    /// <summary>Something but the tab narrows it.</summary>
    public bool IsNarrowed => this != Default with { Tab = Tab };

    /// <summary>Whether an address means the queue of cases, and not that of refunds.</summary>
    public static bool IsMeant(string? query) => QueryHelpers.ParseQuery(query).GetValueOrDefault("queue") == "cases";

    public static DeskFilter Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new DeskFilter(
            Word<DeskTab>(words.GetValueOrDefault("tab")) ?? DeskTab.Waiting, Word<DisputeKind>(words.GetValueOrDefault("kind")), Word<DisputeTopic>(words.GetValueOrDefault("topic")),
            int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null,
            words.GetValueOrDefault("mine") == "1", words.GetValueOrDefault("appeal") == "1");
    }

    /// <summary>The case that is looked at; null for none.</summary>
    public static long? CaseOf(string? query) => long.TryParse(QueryHelpers.ParseQuery(query).GetValueOrDefault("case"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The address.</summary>
    /// <param name="caseId">The case that is looked at.</param>
    public string ToAddress(long? caseId = null)
    {
        var query = new QueryBuilder { { "queue", "cases" } };
        if (Tab != DeskTab.Waiting) query.Add("tab", Tab.ToString().ToLowerInvariant());
        if (Kind is { } kind) query.Add("kind", kind.ToString().ToLowerInvariant());
        if (Topic is { } topic) query.Add("topic", topic.ToString().ToLowerInvariant());
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        if (Mine) query.Add("mine", "1");
        if (Appeal) query.Add("appeal", "1");
        if (caseId is { } id) query.Add("case", id.ToString(CultureInfo.InvariantCulture));
        return Links.Support + query;
    }

    private static T? Word<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(word![0]) ? value : null;
}
