using System.Globalization;

namespace OzonSellerCenter.Disputes.List;

/// <summary>What a filter leaves of the cases, and their order.</summary>
internal static class DisputeNarrowing
{
    /// <summary>Where what has no clock stands in a list by the clock: behind all that has one.</summary>
    public static readonly DateTime Never = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly DisputeState[] Open = [.. Enum.GetValues<DisputeState>().Where(s => s != DisputeState.Closed)];

    /// <summary>States of a standing; null for all of them.</summary>
    public static IReadOnlyList<DisputeState>? StatesOf(DisputeStanding standing) => standing switch
    {
        DisputeStanding.All => null,
        DisputeStanding.Open => Open,
        DisputeStanding.ToAct => DisputeFilter.Ours,
        _ => [(DisputeState)standing],
    };

    /// <summary>All of a filter but its store.</summary>
    public static IQueryable<Dispute> Narrow(this IQueryable<Dispute> disputes, DisputeFilter filter, string userId, DateTime now)
    {
        if (StatesOf(filter.Standing) is { } states) disputes = disputes.Where(d => states.Contains(d.State));
        if (filter.Kind is { } kind) disputes = disputes.Where(d => d.Kind == kind);
        if (filter.Topic is { } topic) disputes = disputes.Where(d => d.Topic == topic);
        if (filter.Whose == DisputeWhose.Mine) disputes = disputes.Where(d => d.Owner == userId);
        if (filter.Whose == DisputeWhose.Nobody) disputes = disputes.Where(d => d.Owner == null);
        if (filter.Overdue) disputes = disputes.Where(d => d.NextBy <= now);
        foreach (var word in (filter.Text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(10))
        {
            var id = IdOf(word);
            disputes = disputes.Where(d => d.Id == id || d.Searched.Contains(word));
        }

        return disputes;
    }

    /// <summary>The cases in the order of the list, from behind a place on, if one is given.</summary>
    public static IQueryable<Dispute> Page(this IQueryable<Dispute> disputes, DisputeFilter filter, DisputePlace? after)
    {
        if (filter.IsByClock)
        {
            var never = Never;
            if (after is { At: var at, Id: var id }) disputes = disputes.Where(d => (d.NextBy ?? never) > at || ((d.NextBy ?? never) == at && d.Id > id));
            return disputes.OrderBy(d => d.NextBy ?? never).ThenBy(d => d.Id);
        }

        // So written, an index on (OpenedAt, Id) is entered at the right place.
        if (after is { At: var opened, Id: var last }) disputes = disputes.Where(d => d.OpenedAt <= opened && (d.OpenedAt < opened || d.Id < last));
        return disputes.OrderByDescending(d => d.OpenedAt).ThenByDescending(d => d.Id);
    }

    /// <summary>Where a row stands.</summary>
    public static DisputePlace PlaceOf(DisputeFilter filter, DisputeRow row) => new(filter.IsByClock ? row.NextBy ?? Never : row.OpenedAt, row.Id);

    /// <summary>The order of the list; the same rule as the database's.</summary>
    public static int Compare(DisputeFilter filter, DisputePlace one, DisputePlace other)
    {
        var byKey = one.At.CompareTo(other.At);
        var order = byKey != 0 ? byKey : one.Id.CompareTo(other.Id);
        return filter.IsByClock ? order : -order;
    }

    /// <summary>The case a word means, as <c>d-2046</c> does; −1 for none.</summary>
    private static long IdOf(string word) =>
        word.StartsWith("d-", StringComparison.Ordinal) && long.TryParse(word.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
}
