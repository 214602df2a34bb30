using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Views;

/// <summary>A view as a person may choose it.</summary>
/// <param name="Query">The filter, as in the address.</param>
/// <param name="StoreId">The store whose members see it; null when he alone does.</param>
/// <param name="SharedIn">Name of that store.</param>
/// <param name="MayRemove">It is his, or he owns the store.</param>
public sealed record ShownView(long Id, string Name, string Query, int? StoreId, string? SharedIn, bool MayRemove);

/// <summary>Reads the views of a person: his own and those shared in his stores.</summary>
public sealed class ViewQueries(Databases databases)
{
    /// <summary>Those of a list, by name, his own before the shared ones.</summary>
    public async Task<IReadOnlyList<ShownView>> OfAsync(CurrentUser user, string page, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.Stores;
        var views = await db.SavedViews.Where(v => v.Page == page)
            .OrderBy(v => v.StoreId != null).ThenBy(v => v.Name).ThenBy(v => v.Id)
            .Take((1 + db.StoresInSight.Length) * SavedView.Max)
            .Select(v => new { v.Id, v.Name, v.Query, v.UserId, v.StoreId, SharedIn = stores.Where(s => s.Id == v.StoreId).Select(s => s.Name).FirstOrDefault() })
            .ToListAsync(cancellation);
        return [.. views.Select(v => new ShownView(v.Id, v.Name, v.Query, v.StoreId, v.SharedIn, ViewActions.MayRemove(db, v.UserId, v.StoreId)))];
    }
}
