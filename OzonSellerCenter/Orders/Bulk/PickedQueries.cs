using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Bulk;

/// <summary>How many of the chosen postings allow what can be done with many.</summary>
public sealed record PickedAllow(int Pack, int Labels, int HandOver)
{
    public static PickedAllow Nothing { get; } = new(0, 0, 0);
}

/// <summary>A chosen posting with what it holds.</summary>
public sealed record PickedPosting(long Id, string PostingNumber, IReadOnlyList<Pieces> Items);

/// <summary>Reads the postings that were chosen in the list.</summary>
public sealed class PickedQueries(Databases databases, OrderListQueries orders)
{
    /// <summary>Postings at once at most.</summary>
    public const int MaxRows = 1_000;

    /// <summary>Keys of the postings that match a filter, in the order of the list, at most one more than <see cref="MaxRows"/>.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(CurrentUser user, OrderFilter filter, CancellationToken cancellation)
    {
        var ids = new List<long>();
        OrderPlace? after = null;
        do
        {
            var page = await orders.ListAsync(user, filter, after, cancellation, MaxRows + 1 - ids.Count);
            ids.AddRange(page.Rows.Select(r => r.Id));
            after = page.Next;
        }
        while (after is not null && ids.Count <= MaxRows);
        return ids;
    }

    /// <summary>What Ozon allows with them now, for stores in which the person works.</summary>
    public async Task<PickedAllow> AllowAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = WorkedIn(db);
        var postings = await db.Postings.Where(p => ids.Contains(p.Id) && stores.Contains(p.StoreId))
            .Select(p => new { p.Status, p.AvailableActions }).ToListAsync(cancellation);
        return new PickedAllow(
            postings.Count(p => WishCheck.Allows(p.AvailableActions, new PackWish([]))),
            postings.Count(p => Labels.LabelActions.CanPrint(p.Status, p.AvailableActions)),
            postings.Count(p => WishCheck.Allows(p.AvailableActions, new HandOverWish())));
    }

    /// <summary>Those of them that are in sight.</summary>
    public async Task<IReadOnlyDictionary<long, PickedPosting>> ByIdAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Postings.Where(p => ids.Contains(p.Id))
            .Select(p => new PickedPosting(p.Id, p.PostingNumber, p.Items.OrderBy(i => i.Id).Select(i => new Pieces(i.Sku, i.Quantity)).ToList()))
            .AsSplitQuery().ToDictionaryAsync(p => p.Id, cancellation);
    }

    /// <summary>Whether there is a store in which the person does more than read.</summary>
    public async Task<bool> MayActAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return WorkedIn(db).Count > 0;
    }

    private static List<int> WorkedIn(SellerCenterDb db) => [.. db.StoresInSight.Where(s => db.RoleIn(s) is StoreRole.Owner or StoreRole.Agent)];
}
