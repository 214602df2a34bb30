using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>What a person does with alerts: is shown them, hears them, reads them.</summary>
public sealed class AlertActions(Databases databases, AlertQueries queries, TimeProvider clock)
{
    private const int MaxClaim = 500;

    /// <summary>Takes what this person was not shown yet. Over all his tabs, reconnects and restarts each alert is returned once; the
    /// receipt decides. Of several new stages of one clock only the latest is returned, and none whose obligation is done.</summary>
    public Task<IReadOnlyList<AlertItem>> ClaimToastAsync(CurrentUser user, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now - AlertQueries.NewsFor;
        var stores = db.AlertedStores();
        var waiting = Open(db).Where(r => r.UserId == user.Id && r.ToastAt == null && (r.Channels & AlertChannels.Toast) != 0
            && stores.Contains(r.StoreId) && r.Alert.RaisedAt >= since);
        var receipts = await waiting.OrderByDescending(r => r.AlertId).Take(MaxClaim).ToListAsync(cancellation);
        if (receipts.Count == 0) return (IReadOnlyList<AlertItem>)[];
        foreach (var receipt in receipts) receipt.ToastAt = now;
        var items = await LatestAsync(db, receipts, user.Id, cancellation);
        await db.CommitAsync(cancellation);
        return items;
    });

    /// <summary>Takes what a browser may tell outside the page. Over all browsers of a person each alert is notified once and sounds once.
    /// Nothing is taken that he does not want, that falls in his quiet hours or that is done.</summary>
    /// <param name="canShow">The browser may show notifications.</param>
    /// <param name="canSound">The browser may play a tone.</param>
    public Task<DesktopClaim> ClaimDesktopAsync(
        CurrentUser user, IReadOnlyCollection<long> alertIds, bool canShow, bool canSound, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var stores = db.AlertedStores();
        var ids = alertIds.Take(MaxClaim).ToArray();
        var receipts = await Open(db).Where(r => ids.Contains(r.AlertId) && r.UserId == user.Id && !r.IsQuiet && stores.Contains(r.StoreId)).ToListAsync(cancellation);
        var shown = receipts.Where(r => canShow && r.DesktopAt is null && r.Channels.HasFlag(AlertChannels.Desktop)).ToList();
        var sounded = receipts.Where(r => canSound && r.SoundAt is null && r.Channels.HasFlag(AlertChannels.Sound)).ToList();
        if (shown.Count + sounded.Count == 0) return DesktopClaim.Nothing;
        foreach (var receipt in shown) receipt.DesktopAt = now;
        foreach (var receipt in sounded) receipt.SoundAt = now;
        var items = await LatestAsync(db, shown, user.Id, cancellation);
        var zone = items.Count == 0 ? null : await db.Stores.Where(s => s.Id == items[0].StoreId).Select(s => s.TimeZone).SingleAsync(cancellation);
        await db.CommitAsync(cancellation);
        return new DesktopClaim(items, sounded.Count > 0, zone);
    });

    /// <summary>Marks one alert as read by this person.</summary>
    /// <returns>Refused: <c>NotFound</c>.</returns>
    public Task<Outcome> MarkReadAsync(CurrentUser user, long alertId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.AlertedStores();
        if (!await db.Alerts.AnyAsync(a => a.Id == alertId && stores.Contains(a.StoreId), cancellation)) return Outcome.NotFound;
        await ReadAsync(db, user.Id, [alertId], cancellation);
        return Outcome.Done;
    });

    /// <summary>Marks everything unread as read by this person.</summary>
    public Task<Outcome> MarkAllReadAsync(CurrentUser user, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        foreach (var storeId in db.AlertedStores())
        {
            await ReadAsync(db, user.Id, await queries.Unread(db, storeId, user.Id).Select(a => a.Id).ToListAsync(cancellation), cancellation);
        }

        return Outcome.Done;
    });

    private async Task ReadAsync(SellerCenterDb db, string userId, List<long> alertIds, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var part in alertIds.Chunk(MaxClaim))
        {
            foreach (var receipt in await db.AlertReceipts.Where(r => r.UserId == userId && r.ReadAt == null && part.Contains(r.AlertId)).ToListAsync(cancellation))
            {
                receipt.ReadAt = now;

                // The person's other tabs count anew.
                db.Announce(receipt.StoreId, EventKind.Alert, "");
            }
        }

        await db.CommitAsync(cancellation);
    }

    private static IQueryable<AlertReceipt> Open(SellerCenterDb db) =>
        db.AlertReceipts.Where(r => r.Alert.Deadline.MetAt == null && r.Alert.Deadline.State != DeadlineState.Cancelled);

    // Read before the commit, so that what is returned is what was taken.
    private static async Task<IReadOnlyList<AlertItem>> LatestAsync(
        SellerCenterDb db, List<AlertReceipt> receipts, string userId, CancellationToken cancellation)
    {
        var ids = receipts.Select(r => r.AlertId).ToArray();
        var items = await AlertQueries.Items(db, db.Alerts.Where(a => ids.Contains(a.Id)).OrderByDescending(a => a.Id), userId).ToListAsync(cancellation);
        return [.. items.DistinctBy(a => (a.StoreId, a.Subject, a.Kind, a.StartedAt)).OrderBy(a => a.DueAt).ThenBy(a => a.Id)];
    }
}

/// <summary>What a browser is to tell outside the page.</summary>
/// <param name="Shown">What ends first first; empty when there is nothing to show.</param>
/// <param name="Sounds">A tone belongs to it.</param>
/// <param name="TimeZone">IANA name of the zone in which the times of the first one are meant.</param>
public sealed record DesktopClaim(IReadOnlyList<AlertItem> Shown, bool Sounds, string? TimeZone)
{
    public static DesktopClaim Nothing { get; } = new([], false, null);
}
