using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>What a person does with alerts: is shown them, reads them.</summary>
public sealed class AlertActions(Databases databases, AlertQueries queries, TimeProvider clock)
{
    private const int MaxClaim = 500;

    /// <summary>Takes what this person was not shown yet. Over all his tabs, reconnects and restarts each alert is returned once; the
    /// receipt's key decides. Of several new stages of one clock only the latest is returned, and none whose obligation is done.</summary>
    public Task<IReadOnlyList<AlertItem>> ClaimToastAsync(CurrentUser user, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now - AlertQueries.NewsFor;
        var stores = db.AlertedStores();
        var receipts = db.AlertReceipts;
        var unseen = db.Alerts.Where(a => stores.Contains(a.StoreId) && a.RaisedAt >= since
            && !receipts.Any(r => r.AlertId == a.Id && r.UserId == user.Id));
        var items = await AlertQueries.Items(db, unseen.OrderByDescending(a => a.Id).Take(MaxClaim), user.Id).ToListAsync(cancellation);
        if (items.Count == 0) return (IReadOnlyList<AlertItem>)[];
        receipts.AddRange(items.Select(a => new AlertReceipt { StoreId = a.StoreId, AlertId = a.Id, UserId = user.Id, ShownAt = now }));
        await db.CommitAsync(cancellation);
        return [.. items.Where(a => a.IsOpen).DistinctBy(a => (a.StoreId, a.Subject, a.Kind, a.StartedAt)).OrderBy(a => a.DueAt)];
    });

    /// <summary>Marks one alert as read by this person.</summary>
    /// <returns>Refused: <c>NotFound</c>.</returns>
    public Task<Outcome> MarkReadAsync(CurrentUser user, long alertId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.AlertedStores();
        if (await db.Alerts.SingleOrDefaultAsync(a => a.Id == alertId && stores.Contains(a.StoreId), cancellation) is not { } alert) return Outcome.NotFound;
        await ReadAsync(db, user.Id, [(alert.Id, alert.StoreId)], cancellation);
        return Outcome.Done;
    });

    /// <summary>Marks everything unread as read by this person.</summary>
    public Task<Outcome> MarkAllReadAsync(CurrentUser user, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        foreach (var storeId in db.AlertedStores())
        {
            var ids = await queries.Unread(db, storeId, user.Id).Select(a => a.Id).ToListAsync(cancellation);
            await ReadAsync(db, user.Id, [.. ids.Select(id => (id, storeId))], cancellation);
        }

        return Outcome.Done;
    });

    private async Task ReadAsync(SellerCenterDb db, string userId, List<(long Id, int StoreId)> alerts, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var part in alerts.Chunk(MaxClaim))
        {
            var ids = part.Select(a => a.Id).ToArray();
            var there = await db.AlertReceipts.Where(r => r.UserId == userId && ids.Contains(r.AlertId)).ToListAsync(cancellation);
            var shown = there.Select(r => r.AlertId).ToHashSet();
            foreach (var receipt in there) receipt.ReadAt ??= now;
            db.AlertReceipts.AddRange(part.Where(a => !shown.Contains(a.Id)).Select(a =>
                new AlertReceipt { StoreId = a.StoreId, AlertId = a.Id, UserId = userId, ShownAt = now, ReadAt = now }));
        }

        // The person's other tabs count anew.
        foreach (var storeId in alerts.Select(a => a.StoreId).Distinct()) db.Announce(storeId, EventKind.Alert, "");
        await db.CommitAsync(cancellation);
    }
}
