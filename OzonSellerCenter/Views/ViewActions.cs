using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Views;

/// <summary>What people do with views: keep and remove them.</summary>
public sealed class ViewActions(Databases databases)
{
    /// <summary>Keeps a filter under a name. Refused: <c>ViewNameEmpty</c>, <c>ViewNameTooLong</c> (limit), <c>TooManyViews</c> (limit),
    /// <c>NotFound</c> (no such store for him), <c>SupportReadsOnly</c> (to share one must work in the store).</summary>
    /// <param name="user">Who keeps it.</param>
    /// <param name="page">The address of the list it is of.</param>
    /// <param name="name">What it is to be called.</param>
    /// <param name="query">The filter, as in the address.</param>
    /// <param name="storeId">The store with whose members it is shared; null for the person alone.</param>
    /// <param name="cancellation">Ends the work.</param>
    public Task<Outcome> SaveAsync(CurrentUser user, string page, string name, string query, int? storeId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        name = SavedView.Clean(name);
        if (name.Length == 0) return Outcome.Refused("ViewNameEmpty");
        if (name.Length > SavedView.MaxName) return Outcome.Refused("ViewNameTooLong", SavedView.MaxName);
        await using var db = await databases.ForAsync(user, cancellation);
        if (storeId is { } store)
        {
            if (db.RoleIn(store) is not { } role) return Outcome.NotFound;
            if (role == StoreRole.Support) return Outcome.Refused("SupportReadsOnly");
            db.Audit(store, "view.share", $"view:{name}", query);
        }

        var there = await db.SavedViews.CountAsync(v => v.Page == page && (storeId == null ? v.UserId == user.Id && v.StoreId == null : v.StoreId == storeId), cancellation);
        if (there >= SavedView.Max) return Outcome.Refused("TooManyViews", SavedView.Max);
        db.SavedViews.Add(new SavedView { UserId = user.Id, StoreId = storeId, Page = page, Name = name, Query = query });
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>Removes a view. Refused: <c>NotFound</c>, <c>ViewNotYours</c>.</summary>
    public Task<Outcome> RemoveAsync(CurrentUser user, long id, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.SavedViews.SingleOrDefaultAsync(v => v.Id == id, cancellation) is not { } view) return Outcome.NotFound;
        if (!MayRemove(db, view.UserId, view.StoreId)) return Outcome.Refused("ViewNotYours");
        db.SavedViews.Remove(view);
        if (view.StoreId is { } store) db.Audit(store, "view.remove", $"view:{view.Name}", view.Query);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    internal static bool MayRemove(SellerCenterDb db, string makerId, int? storeId) =>
        makerId == db.User?.Id || (storeId is { } store && db.RoleIn(store) == StoreRole.Owner);
}
