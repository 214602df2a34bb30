using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox.Views;

/// <summary>A view as a person may choose it.</summary>
/// <param name="StoreId">The store whose members see it; null when he alone does.</param>
/// <param name="SharedIn">Name of that store.</param>
/// <param name="MayRemove">It is his, or he owns the store.</param>
public sealed record ShownView(long Id, string Name, InboxFilter Filter, int? StoreId, string? SharedIn, bool MayRemove);

/// <summary>Reads the views of a person: his own and those shared in his stores.</summary>
public sealed class ViewQueries(Databases databases)
{
    /// <summary>By name, his own before the shared ones.</summary>
    public async Task<IReadOnlyList<ShownView>> OfAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.Stores;
        var views = await db.InboxViews
            .OrderBy(v => v.StoreId != null).ThenBy(v => v.Name).ThenBy(v => v.Id)
            .Take((1 + db.StoresInSight.Length) * InboxView.Max)
            .Select(v => new { v.Id, v.Name, v.Query, v.UserId, v.StoreId, SharedIn = stores.Where(s => s.Id == v.StoreId).Select(s => s.Name).FirstOrDefault() })
            .ToListAsync(cancellation);
        return [.. views.Select(v => new ShownView(v.Id, v.Name, InboxFilter.Parse(v.Query), v.StoreId, v.SharedIn, ViewActions.MayRemove(db, v.UserId, v.StoreId)))];
    }
}
