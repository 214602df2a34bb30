using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>What bell and hub read. Alerts go to owners and agents of a store, not to support desks.</summary>
public sealed class AlertQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Counting stops here; the bell shows "99+".</summary>
    public const int MaxCount = 100;

    /// <summary>How long an unread alert stays news.</summary>
    internal static readonly TimeSpan NewsFor = TimeSpan.FromDays(7);

    /// <summary>A page of the bell, newest first.</summary>
    public async Task<AlertPage> BellAsync(CurrentUser user, bool unreadOnly, AlertCursor? before, int count, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var found = new List<AlertItem>();

        // Store by store, so that each reads its own index from the newest end.
        foreach (var storeId in db.AlertedStores())
        {
            var alerts = unreadOnly ? Unread(db, storeId, user.Id) : db.Alerts.Where(a => a.StoreId == storeId);
            if (before is not null)
            {
                alerts = alerts.Where(a => a.RaisedAt <= before.RaisedAt && (a.RaisedAt < before.RaisedAt || a.Id < before.Id));
            }

            found.AddRange(await Items(db, alerts.OrderByDescending(a => a.RaisedAt).ThenByDescending(a => a.Id).Take(count + 1), user.Id)
                .ToListAsync(cancellation));
        }

        var page = found.OrderByDescending(a => a.RaisedAt).ThenByDescending(a => a.Id).Take(count).ToList();
        return new AlertPage(page, found.Count > page.Count);
    }

    /// <summary>Unread alerts about what still stands, and whether one of them is overdue; counted up to <see cref="MaxCount"/>.</summary>
    public async Task<(int Count, bool AnyOverdue)> UnreadAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stages = new List<AlertStage>();
        foreach (var storeId in db.AlertedStores())
        {
            stages.AddRange(await Unread(db, storeId, user.Id).OrderByDescending(a => a.RaisedAt).Select(a => a.Stage).Take(MaxCount)
                .ToListAsync(cancellation));
        }

        return (Math.Min(stages.Count, MaxCount), stages.Contains(AlertStage.Overdue));
    }

    /// <summary>Alerts after the last one a client saw, oldest first, at most <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<AlertItem>> SinceAsync(CurrentUser user, long lastAlertId, int count, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.AlertedStores();
        return await Items(db, db.Alerts.Where(a => stores.Contains(a.StoreId) && a.Id > lastAlertId).OrderBy(a => a.Id).Take(count), user.Id)
            .ToListAsync(cancellation);
    }

    /// <summary>An alert and the people it goes to, as memberships stand now; null when it is gone.</summary>
    public async Task<(AlertItem Alert, IReadOnlyList<string> UserIds)?> ForDeliveryAsync(int storeId, long alertId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        if (await Items(db, db.Alerts.Where(a => a.Id == alertId), "").SingleOrDefaultAsync(cancellation) is not { } alert) return null;
        var people = await db.Memberships
            .Where(m => m.StoreId == storeId && m.User.DisabledAt == null && (m.Role == StoreRole.Owner || m.Role == StoreRole.Agent))
            .Select(m => m.UserId)
            .ToListAsync(cancellation);
        return (alert, people);
    }

    /// <summary>What was not read and is still worth it: answered or fallen away means done.</summary>
    internal IQueryable<Alert> Unread(SellerCenterDb db, int storeId, string userId)
    {
        var since = clock.GetUtcNow().UtcDateTime - NewsFor;
        var receipts = db.AlertReceipts;
        return db.Alerts.Where(a => a.StoreId == storeId && a.RaisedAt >= since
            && a.Deadline.MetAt == null && a.Deadline.State != DeadlineState.Cancelled && a.Deadline.State != DeadlineState.Waived
            && !receipts.Any(r => r.AlertId == a.Id && r.UserId == userId && r.ReadAt != null));
    }

    internal static IQueryable<AlertItem> Items(SellerCenterDb db, IQueryable<Alert> alerts, string userId)
    {
        var receipts = db.AlertReceipts;
        return alerts.AsNoTracking().Select(a => new AlertItem(
            a.Id, a.StoreId, a.Stage, a.Deadline.Kind, a.Deadline.Owner, a.Deadline.Subject, a.Deadline.Title, a.Deadline.StartedAt, a.DueAt, a.RaisedAt,
            receipts.Any(r => r.AlertId == a.Id && r.UserId == userId && r.ReadAt != null),
            a.Deadline.MetAt == null && a.Deadline.State != DeadlineState.Cancelled && a.Deadline.State != DeadlineState.Waived,
            a.Deadline.MetAt != null,
            a.Deadline.State));
    }
}
