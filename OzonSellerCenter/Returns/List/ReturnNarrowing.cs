using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.List;

/// <summary>What a filter leaves of the requests, and their order.</summary>
internal static class ReturnNarrowing
{
    /// <summary>Where what has no clock stands in a list by the clock: behind all that has one.</summary>
    public static readonly DateTime Never = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>All of a filter but its store.</summary>
    /// <param name="zone">By whose clock days begin.</param>
    /// <param name="soon">What is to be decided by then is soon.</param>
    public static IQueryable<ReturnRequest> Narrow(this IQueryable<ReturnRequest> requests, ReturnFilter filter, ShopTime zone, DateTime soon)
    {
        if (filter.Tab != ReturnTab.All)
        {
            var stage = (ReturnStage)filter.Tab;
            requests = requests.Where(r => r.Stage == stage);
        }

        var (from, to) = Period(filter, zone);
        if (from is { } start) requests = requests.Where(r => r.AskedAt >= start);
        if (to is { } end) requests = requests.Where(r => r.AskedAt < end);
        if (filter.Scheme is { } scheme) requests = requests.Where(r => r.Scheme == scheme);
        if (filter.Reason is { } reason) requests = requests.Where(r => r.Reason == reason);
        if (filter.Defect) requests = requests.Where(r => r.IsDefect == true);
        if (filter.Soon) requests = requests.Where(r => r.DecideBy <= soon);
        if (filter.Product is { } product)
        {
            var (sku, words) = (SkuOf(product), product.Trim().ToLowerInvariant());
            requests = requests.Where(r => r.Sku == sku || r.OfferId == product.Trim() || r.Searched.Contains(words));
        }

        foreach (var word in WordsOf(filter.Text)) requests = requests.Where(r => r.Searched.Contains(word));
        return requests;
    }

    /// <summary>The requests in the order of the list, from behind a place on, if one is given.</summary>
    public static IQueryable<ReturnRequest> Page(this IQueryable<ReturnRequest> requests, ReturnFilter filter, ReturnPlace? after)
    {
        if (filter.IsByClock)
        {
            var never = Never;
            if (after is { At: var at, Id: var id }) requests = requests.Where(r => (r.DecideBy ?? never) > at || ((r.DecideBy ?? never) == at && r.Id > id));
            return requests.OrderBy(r => r.DecideBy ?? never).ThenBy(r => r.Id);
        }

        // So written, an index on (AskedAt, Id) is entered at the right place.
        if (after is { At: var asked, Id: var last }) requests = requests.Where(r => r.AskedAt <= asked && (r.AskedAt < asked || r.Id < last));
        return requests.OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id);
    }

    /// <summary>Whether a filter leaves a wish to cancel, which is new as long as it is open.</summary>
    public static bool Leaves(ReturnFilter filter, ReturnRow row, IReadOnlyCollection<long> skus, IReadOnlyCollection<string> offers, ShopTime zone, DateTime soon)
    {
        bool Has(string word) => new[] { row.Number, row.PostingNumber, row.Product, row.Comment, row.Reason }.Any(t => t.Contains(word, StringComparison.OrdinalIgnoreCase));

        var (from, to) = Period(filter, zone);
        return filter is { Tab: ReturnTab.New or ReturnTab.All, Defect: false }
            && (filter.Scheme is null || filter.Scheme == row.Scheme)
            && (filter.Reason is null || filter.Reason == row.Reason)
            && (from is null || row.AskedAt >= from) && (to is null || row.AskedAt < to)
            && (!filter.Soon || row.DecideBy <= soon)
            && (filter.Product?.Trim() is not { } product || skus.Contains(SkuOf(product)) || offers.Contains(product) || row.Product.Contains(product, StringComparison.OrdinalIgnoreCase))
            && WordsOf(filter.Text).All(Has);
    }

    /// <summary>Where a row stands.</summary>
    public static ReturnPlace PlaceOf(ReturnFilter filter, ReturnRow row) => new(filter.IsByClock ? row.DecideBy ?? Never : row.AskedAt, row.Id);

    /// <summary>The order of the list; the same rule as the database's.</summary>
    public static int Compare(ReturnFilter filter, ReturnPlace one, ReturnPlace other)
    {
        var byKey = one.At.CompareTo(other.At);
        var order = byKey != 0 ? byKey : one.Id.CompareTo(other.Id);
        return filter.IsByClock ? order : -order;
    }

    private static long SkuOf(string product) => long.TryParse(product, System.Globalization.CultureInfo.InvariantCulture, out var sku) ? sku : -1;

    private static IEnumerable<string> WordsOf(string? text) => (text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(10);

    private static (DateTime? From, DateTime? To) Period(ReturnFilter filter, ShopTime zone) => (
        filter.From is { } from ? zone.Utc(from.ToDateTime(TimeOnly.MinValue)) : null,
        filter.To is { } to ? zone.Utc(to.AddDays(1).ToDateTime(TimeOnly.MinValue)) : null);
}
