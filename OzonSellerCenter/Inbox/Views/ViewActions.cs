using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Views;

/// <summary>What people do with views: keep and remove them.</summary>
public sealed class ViewActions(Databases databases)
{
    /// <summary>Keeps a filter under a name. Refused: <c>ViewNameEmpty</c>, <c>ViewNameTooLong</c> (limit), <c>TooManyViews</c> (limit),
    /// <c>NotFound</c> (no such store for him), <c>SupportReadsOnly</c> (to share one must work in the store).</summary>
    /// <param name="storeId">The store with whose members it is shared; null for the person alone.</param>
    public Task<Outcome> SaveAsync(CurrentUser user, string name, InboxFilter filter, int? storeId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        name = InboxView.Clean(name);
        if (name.Length == 0) return Outcome.Refused("ViewNameEmpty");
        if (name.Length > InboxView.MaxName) return Outcome.Refused("ViewNameTooLong", InboxView.MaxName);
        await using var db = await databases.ForAsync(user, cancellation);
        if (storeId is { } store)
        {
            if (db.RoleIn(store) is not { } role) return Outcome.NotFound;
            if (role == StoreRole.Support) return Outcome.Refused("SupportReadsOnly");
            db.Audit(store, "view.share", $"view:{name}", filter.ToQuery());
        }

        var there = await db.InboxViews.CountAsync(v => storeId == null ? v.UserId == user.Id && v.StoreId == null : v.StoreId == storeId, cancellation);
        if (there >= InboxView.Max) return Outcome.Refused("TooManyViews", InboxView.Max);
        db.InboxViews.Add(new InboxView { UserId = user.Id, StoreId = storeId, Name = name, Query = filter.ToQuery() });
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>Removes a view. Refused: <c>NotFound</c>, <c>ViewNotYours</c>.</summary>
    public Task<Outcome> RemoveAsync(CurrentUser user, long id, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.InboxViews.SingleOrDefaultAsync(v => v.Id == id, cancellation) is not { } view) return Outcome.NotFound;
        if (!MayRemove(db, view.UserId, view.StoreId)) return Outcome.Refused("ViewNotYours");
        db.InboxViews.Remove(view);
        if (view.StoreId is { } store) db.Audit(store, "view.remove", $"view:{view.Name}", view.Query);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    internal static bool MayRemove(SellerCenterDb db, string makerId, int? storeId) =>
        makerId == db.User?.Id || (storeId is { } store && db.RoleIn(store) == StoreRole.Owner);
}
