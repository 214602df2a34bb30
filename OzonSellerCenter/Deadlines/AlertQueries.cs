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

    /// <summary>A page of the bell, newest first: what is unread of the person's, or everything that was raised in his stores.</summary>
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
        var stages = new List<int>();
        foreach (var storeId in db.AlertedStores())
        {
            stages.AddRange(await Unread(db, storeId, user.Id).OrderByDescending(a => a.RaisedAt).Select(a => a.MinutesBefore).Take(MaxCount)
                .ToListAsync(cancellation));
        }

        return (Math.Min(stages.Count, MaxCount), stages.Contains(0));
    }

    /// <summary>The person's alerts after the last one a client saw, oldest first, at most <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<AlertDelivery>> SinceAsync(CurrentUser user, long lastAlertId, int count, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var alerts = Mine(db, user.Id).Where(a => a.Id > lastAlertId).OrderBy(a => a.Id).Take(count);
        return await DeliveriesAsync(db, alerts, [user.Id], cancellation);
    }

    /// <summary>The number of the person's newest alert, from which a client goes on that never saw any; 0 when there is none.</summary>
    public async Task<long> NewestAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await Mine(db, user.Id).MaxAsync(a => (long?)a.Id, cancellation) ?? 0;
    }

    /// <summary>An alert and the people it goes to, as memberships stand now.</summary>
    public async Task<IReadOnlyList<AlertDelivery>> ForDeliveryAsync(int storeId, long alertId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var people = await db.Memberships
            .Where(m => m.StoreId == storeId && m.User.DisabledAt == null && (m.Role == StoreRole.Owner || m.Role == StoreRole.Agent))
            .Select(m => m.UserId)
            .ToListAsync(cancellation);
        return await DeliveriesAsync(db, db.Alerts.Where(a => a.Id == alertId), people, cancellation);
    }

    /// <summary>What became of an alert for this person; null when he may not see it.</summary>
    public async Task<AlertLogEntry?> LogAsync(CurrentUser user, long alertId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.AlertedStores();
        var alert = await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == alertId && stores.Contains(a.StoreId), cancellation);
        if (alert is null) return null;
        var mine = await db.AlertReceipts.AsNoTracking().SingleOrDefaultAsync(r => r.AlertId == alertId && r.UserId == user.Id, cancellation);
        return new AlertLogEntry(
            alert.RaisedAt, alert.MinutesBefore, mine?.Channels, mine?.IsQuiet ?? false, mine?.ToastAt, mine?.DesktopAt, mine?.SoundAt, mine?.ReadAt);
    }

    /// <summary>What was not read and is still worth it: answered or fallen away means done.</summary>
    internal IQueryable<Alert> Unread(SellerCenterDb db, int storeId, string userId)
    {
        var since = clock.GetUtcNow().UtcDateTime - NewsFor;
        var receipts = db.AlertReceipts;
        return db.Alerts.Where(a => a.StoreId == storeId && a.RaisedAt >= since
            && a.Deadline.MetAt == null && a.Deadline.State != DeadlineState.Cancelled && a.Deadline.State != DeadlineState.Waived && a.Deadline.State != DeadlineState.Watching
            && receipts.Any(r => r.AlertId == a.Id && r.UserId == userId && r.ReadAt == null));
    }

    internal static IQueryable<AlertItem> Items(SellerCenterDb db, IQueryable<Alert> alerts, string userId)
    {
        var receipts = db.AlertReceipts;
        return alerts.AsNoTracking().Select(a => new AlertItem(
            a.Id, a.StoreId, a.MinutesBefore, a.Deadline.Kind, a.Deadline.Owner, a.Deadline.RuleMinutes, a.Deadline.Subject, a.Deadline.Title,
            a.Deadline.StartedAt, a.DueAt, a.RaisedAt,
            !receipts.Any(r => r.AlertId == a.Id && r.UserId == userId && r.ReadAt == null),
            a.Deadline.MetAt == null && a.Deadline.State != DeadlineState.Cancelled && a.Deadline.State != DeadlineState.Waived && a.Deadline.State != DeadlineState.Watching,
            a.Deadline.MetAt != null,
            a.Deadline.State));
    }

    private static IQueryable<Alert> Mine(SellerCenterDb db, string userId)
    {
        var stores = db.AlertedStores();
        var receipts = db.AlertReceipts;
        return db.Alerts.Where(a => stores.Contains(a.StoreId) && receipts.Any(r => r.AlertId == a.Id && r.UserId == userId));
    }

    private static async Task<IReadOnlyList<AlertDelivery>> DeliveriesAsync(
        SellerCenterDb db, IQueryable<Alert> alerts, List<string> people, CancellationToken cancellation)
    {
        var items = await Items(db, alerts, "").ToDictionaryAsync(a => a.Id, cancellation);
        var receipts = await db.AlertReceipts.AsNoTracking()
            .Where(r => items.Keys.Contains(r.AlertId) && people.Contains(r.UserId))
            .OrderBy(r => r.AlertId)
            .Select(r => new { r.AlertId, r.UserId, r.Channels, r.IsQuiet })
            .ToListAsync(cancellation);
        return [.. receipts.Select(r => new AlertDelivery(items[r.AlertId], r.UserId, r.IsQuiet ? r.Channels & AlertChannels.Toast : r.Channels))];
    }
}
