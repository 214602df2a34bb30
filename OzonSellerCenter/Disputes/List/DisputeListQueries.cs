using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.List;

/// <summary>Reads the list of cases. Pages go by key, never by offset.</summary>
public sealed class DisputeListQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The rows after <paramref name="after"/>, from the beginning when null.</summary>
    public async Task<DisputeRows> ListAsync(CurrentUser user, DisputeFilter filter, DisputePlace? after, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var rows = new List<DisputeRow>();
        foreach (var store in db.StoresInSight.Where(s => filter.Store is null || s == filter.Store))
        {
            // One row more than asked for tells whether there is more.
            rows.AddRange(await RowsOfAsync(db, db.Disputes.Where(d => d.StoreId == store).Narrow(filter, user.Id, Now).Page(filter, after).Take(size + 1), cancellation));
        }

        rows.Sort((x, y) => DisputeNarrowing.Compare(filter, DisputeNarrowing.PlaceOf(filter, x), DisputeNarrowing.PlaceOf(filter, y)));
        return new DisputeRows([.. rows.Take(size)], rows.Count > size ? DisputeNarrowing.PlaceOf(filter, rows[size - 1]) : null);
    }

    /// <summary>Those of the given cases that belong into the list of the filter; for rows that changed while it is shown.</summary>
    public async Task<IReadOnlyList<DisputeRow>> RowsAsync(CurrentUser user, DisputeFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await RowsOfAsync(db, db.Disputes.Where(d => ids.Contains(d.Id) && (filter.Store == null || d.StoreId == filter.Store)).Narrow(filter, user.Id, Now), cancellation);
    }

    /// <summary>Open cases of each kind.</summary>
    public Task<DisputeCounts> CountsAsync(CurrentUser user, int? store, CancellationToken cancellation) =>
        databases.ShareAsync(user, ("dispute counts", store), (db, ending) => CountsAsync(db, store, ending), cancellation);

    /// <summary>How many cases wait for the shop, in all stores of the person.</summary>
    public Task<int> OpenAsync(CurrentUser user, CancellationToken cancellation) => databases.ShareAsync(user, "disputes to act on", async (db, ending) =>
    {
        var (stores, states) = (db.StoresInSight, DisputeFilter.Ours);
        return await db.Disputes.CountAsync(d => stores.Contains(d.StoreId) && states.Contains(d.State), ending);
    }, cancellation);

    /// <summary>The stores a person may choose between.</summary>
    public async Task<IReadOnlyList<DisputeStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Stores.OrderBy(s => s.Id).Select(s => new DisputeStore(s.Id, s.Name)).ToListAsync(cancellation);
    }

    private static async Task<List<DisputeRow>> RowsOfAsync(SellerCenterDb db, IQueryable<Dispute> disputes, CancellationToken cancellation)
    {
        // Without the long texts of a case.
        var found = await disputes.Select(d => new
        {
            d.Id,
            d.StoreId,
            d.Kind,
            d.Topic,
            d.State,
            d.Outcome,
            d.PostingNumber,
            d.ProductName,
            d.ClaimAmount,
            d.Currency,
            d.OpenedAt,
            d.Owner,
            d.NextBy,
            d.Turns,
        }).ToListAsync(cancellation);
        var owners = found.Select(d => d.Owner).OfType<string>().Distinct().ToList();
        var names = owners.Count == 0 ? [] : await db.Users.Where(u => owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        return [.. found.Select(d => (Case: d, Turn: d.Turns.Where(t => t.EndedAt is null).MinBy(t => t.DueAt))).Select(d => new DisputeRow
        {
            Id = d.Case.Id,
            StoreId = d.Case.StoreId,
            Kind = d.Case.Kind,
            Topic = d.Case.Topic,
            State = d.Case.State,
            Outcome = d.Case.Outcome,
            PostingNumber = d.Case.PostingNumber,
            Product = d.Case.ProductName,
            ClaimAmount = d.Case.ClaimAmount,
            Currency = d.Case.Currency,
            OpenedAt = d.Case.OpenedAt,
            TurnAt = d.Turn?.StartedAt,
            TurnKind = d.Turn?.Kind ?? 0,
            NextBy = d.Case.NextBy,
            Owner = d.Case.Owner is { } owner ? names.GetValueOrDefault(owner, "") : null,
        })];
    }

    private static async Task<DisputeCounts> CountsAsync(SellerCenterDb db, int? store, CancellationToken cancellation)
    {
        var counts = new Dictionary<DisputeKind, int>();
        var states = DisputeNarrowing.StatesOf(DisputeStanding.Open)!;
        foreach (var id in db.StoresInSight.Where(s => store is null || s == store))
        {
            // Open cases are few beside those that are closed, and the index leads to them.
            var kinds = await db.Disputes.Where(d => d.StoreId == id && states.Contains(d.State)).GroupBy(d => d.Kind).Select(g => new { Kind = g.Key, Count = g.Count() }).ToListAsync(cancellation);
            foreach (var of in kinds) counts[of.Kind] = Math.Min(DisputeCounts.Cap, counts.GetValueOrDefault(of.Kind) + of.Count);
        }

        return new DisputeCounts(counts);
    }
}
