using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Finds postings by any fragment of their numbers, of their products' names and of the buyer's city. The index holds each word in
/// overlapping pieces of three characters, so that a fragment is a phrase of it; results come newest first, never ranked and never counted.</summary>
internal static class OrderSearch
{
    /// <summary>An order of a hundred products does not make its entry a hundred times as long.</summary>
    private const int MaxProducts = 20;

    /// <summary>Words of a query at most; further ones are not looked at.</summary>
    private const int MaxWords = 10;

    /// <summary>Postings that are looked at for a page at most; then it is given as it is.</summary>
    private const int MaxLooked = 4000;

    private const int MaxAtOnce = 1000;

    /// <summary>The results that come after a place, narrowed by the rest of the filter.</summary>
    public static async Task<OrderRows> FindAsync(
        SellerCenterDb db, OrderFilter filter, IReadOnlyList<OrderStore> stores, DateTime now, OrderPlace? after, int size, CancellationToken cancellation)
    {
        var match = MatchOf(filter.Text!);
        if (match is null || stores.Count == 0) return new OrderRows([], null, TooShort: match is null);
        match.RequireAny(stores.Select(s => SearchSigns.OfStore(s.Id)));
        var (rows, before, looked, take) = (new List<OrderRow>(), after?.Id ?? SearchKey.Newest, 0, 2 * size);
        while (true)
        {
            var keys = await SearchIndex.Postings.NewestAsync(db, match, before, take, cancellation);
            var found = await RowsAsync(db, filter, stores, now, keys.ConvertAll(SearchKey.IdOf), cancellation);
            foreach (var key in keys)
            {
                before = key;

                // An entry that outlived its posting may bear the key of a new one; its time tells.
                if (found.TryGetValue(SearchKey.IdOf(key), out var row) && KeyOf(row.InProcessAt, row.Id) == key) rows.Add(row);
                if (rows.Count == size) return new OrderRows(rows, new OrderPlace(OrderPart.Found, default, before));
            }

            looked += keys.Count;
            if (keys.Count < take) return new OrderRows(rows, null);
            if (looked >= MaxLooked) return new OrderRows(rows, new OrderPlace(OrderPart.Found, default, before));
            take = Math.Min(4 * take, MaxAtOnce);
        }
    }

    /// <summary>Brings the entries of postings up to date, in the transaction of what changed them.</summary>
    /// <param name="former">Keys under which they may stand in the index so far.</param>
    public static async Task WriteAsync(SellerCenterDb db, IReadOnlyCollection<long> ids, IReadOnlyCollection<long> former, CancellationToken cancellation)
    {
        if (ids.Count == 0) return;
        var postings = await db.Postings.Where(p => ids.Contains(p.Id)).AsSingleQuery()
            .Select(p => new Searched(
                p.Id, p.StoreId, p.PostingNumber, p.OrderNumber, p.TrackingNumber, p.City, p.InProcessAt,
                p.Items.OrderBy(i => i.Id).Select(i => i.Name).Take(MaxProducts).ToList()))
            .ToListAsync(cancellation);
        var documents = postings.ConvertAll(DocumentOf);
        await SearchIndex.Postings.RemoveAsync(db, [.. former.Except(documents.Select(d => d.Key))], cancellation);
        await SearchIndex.Postings.WriteAsync(db, documents, cancellation);
    }

    /// <summary>The key of a posting in the index: what has no date stands behind what has one.</summary>
    public static long KeyOf(DateTime? inProcessAt, long id) => SearchKey.Of(inProcessAt ?? DateTime.UnixEpoch, id);

    /// <summary>What an entry has to hold; null when nothing typed is long enough. A word may have been typed in the other keyboard layout.</summary>
    private static SearchMatch? MatchOf(string text)
    {
        var (match, any) = (new SearchMatch(), false);
        foreach (var word in WordsOf(text).Take(MaxWords))
        {
            List<IReadOnlyList<string>> meant = [PiecesOf(word), PiecesOf(KeyboardLayout.Other(word) ?? "")];
            meant.RemoveAll(pieces => pieces.Count == 0);
            if (meant.Count == 0) continue;
            match.Require(meant);
            any = true;
        }

        return any ? match : null;
    }

    // By their keys alone: given the stores, SQLite begins with all postings of them. Days begin by the clock of the store.
    private static async Task<Dictionary<long, OrderRow>> RowsAsync(
        SellerCenterDb db, OrderFilter filter, IReadOnlyList<OrderStore> stores, DateTime now, List<long> ids, CancellationToken cancellation)
    {
        var rows = new Dictionary<long, OrderRow>();
        foreach (var zone in stores.ToLookup(s => s.TimeZone, s => s.Id))
        {
            var postings = db.Postings.AsNoTracking().Where(p => ids.Contains(p.Id)).Within(filter, now).Narrow(filter, ShopTime.In(zone.Key));
            foreach (var row in await OrderListQueries.Rows(postings).ToListAsync(cancellation))
            {
                if (zone.Contains(row.StoreId)) rows[row.Id] = row;
            }
        }

        return rows;
    }

    private static SearchDocument DocumentOf(Searched posting)
    {
        string?[] numbers = [posting.PostingNumber, posting.OrderNumber, posting.TrackingNumber];
        var words = posting.Products.Append(posting.City ?? "").SelectMany(WordsOf)
            .Concat(numbers.OfType<string>()).Distinct().Select(PiecesOf).Where(pieces => pieces.Count > 0);
        return new SearchDocument(KeyOf(posting.InProcessAt, posting.Id), [.. words], [SearchSigns.OfStore(posting.StoreId)]);
    }

    private static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IReadOnlyList<string> PiecesOf(string word) => SearchIndex.PiecesOf(SearchWords.NumberOf(word));

    private sealed record Searched(
        long Id, int StoreId, string PostingNumber, string OrderNumber, string? TrackingNumber, string? City, DateTime? InProcessAt, List<string> Products);
}
