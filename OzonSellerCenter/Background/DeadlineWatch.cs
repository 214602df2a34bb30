using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Background;

/// <summary>Raises every alert at its instant. It sleeps until the next one and wakes when deadlines changed; what was due while the
/// program was down is raised at the start. No scan: one look at an index per round.</summary>
public sealed class DeadlineWatch(
    Databases databases, Feed feed, AlertRaising raising, ConversationClocks clocks, LateParcels parcels, TimeProvider clock, ILogger<DeadlineWatch> log) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan ParkFor = TimeSpan.FromMinutes(5);
    private static readonly Meter Figures = new("OzonSellerCenter.Deadlines");
    private static readonly Histogram<double> Lateness =
        Figures.CreateHistogram<double>("alert.lateness", "s", "From the instant of a stage to its alert");

    private readonly Alarm _alarm = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = feed.Listen();
        var listening = ListenAsync(listener, stoppingToken);
        await AdvanceAsync(null, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RaiseAllDueAsync(stoppingToken);
                await _alarm.SleepAsync(await NextAtAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                // The database may be away for a while; alerts wait, none is lost.
                log.LogError(fault, "The deadline watch could not work and tries again.");
                await _alarm.SleepAsync(null, stoppingToken);
            }
        }

        await listening;
    }

    /// <summary>Raises what is due now, batch by batch, and returns how many alerts that were.</summary>
    internal async Task<int> RaiseAllDueAsync(CancellationToken cancellation)
    {
        for (var sum = 0; ;)
        {
            List<long> due;
            await using (var db = await databases.ForSystemAsync(cancellation)) due = await raising.DueAsync(db, Batch, cancellation);
            if (due.Count == 0) return sum;
            sum += await RaiseAsync(due, cancellation);
        }
    }

    private async Task<int> RaiseAsync(List<long> due, CancellationToken cancellation)
    {
        try
        {
            return await Databases.RetryAsync(() => RaiseOnceAsync(due, cancellation));
        }
        catch (Exception fault) when (due.Count > 1 && !cancellation.IsCancellationRequested)
        {
            // One bad row must not silence the others: each on its own.
            log.LogWarning(fault, "A batch of {Count} alerts failed and is raised one by one.", due.Count);
            var sum = 0;
            foreach (var id in due) sum += await RaiseAsync([id], cancellation);
            return sum;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(fault, "The alert of deadline {Deadline} failed and is tried again later.", due[0]);
            await ParkAsync(due[0], cancellation);
            return 0;
        }
    }

    private async Task<int> RaiseOnceAsync(List<long> due, CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var raised = await raising.RaiseAsync(db, due, cancellation);
        await ReckonAnewAsync(db, raised.Ended, cancellation);

        // Saved before the announcement, because that names the alert by its key.
        await db.SaveChangesAsync(cancellation);
        foreach (var alert in raised.Alerts)
        {
            db.Announce(alert.StoreId, EventKind.Alert, alert.Id.ToString(CultureInfo.InvariantCulture));
        }

        await db.CommitAsync(cancellation);
        foreach (var alert in raised.Alerts) Lateness.Record((alert.RaisedAt - alert.ReachedAt).TotalSeconds);
        return raised.Alerts.Count;
    }

    // A passed end changes more than its own row: a closed window ends every clock of the conversation.
    private async Task ReckonAnewAsync(SellerCenterDb db, List<Deadline> ended, CancellationToken cancellation)
    {
        var ids = ended.Select(d => ConversationClocks.ConversationOf(d.Subject)).OfType<long>().Distinct().ToArray();
        foreach (var conversation in await db.Conversations.Where(c => ids.Contains(c.Id)).ToListAsync(cancellation))
        {
            await clocks.RecomputeAsync(db, conversation, cancellation);
            db.Announce(conversation.StoreId, EventKind.Conversation, conversation.Id.ToString(CultureInfo.InvariantCulture));
        }

        await parcels.TakeAsync(db, ended, cancellation);
    }

    /// <summary>Takes up the stages that people chose, in one store or in all.</summary>
    internal async Task AdvanceAsync(int? storeId, CancellationToken cancellation)
    {
        try
        {
            await using var db = await databases.ForSystemAsync(cancellation);
            foreach (var id in storeId is { } one ? [one] : await db.Stores.Select(s => s.Id).ToListAsync(cancellation))
            {
                await raising.AdvanceAsync(db, id, cancellation);
            }

            _alarm.Call();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Each clock takes them up by itself when it speaks next or is reckoned anew.
            log.LogError(fault, "The alert stages that people chose could not be taken up.");
        }
    }

    private async Task ParkAsync(long deadlineId, CancellationToken cancellation)
    {
        var later = clock.GetUtcNow().UtcDateTime + ParkFor;
        await using var db = await databases.ForSystemAsync(cancellation);
        await db.Deadlines.Where(d => d.Id == deadlineId).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAlertAt, later), cancellation);
    }

    private async Task<DateTime?> NextAtAsync(CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        return await AlertRaising.NextAtAsync(db, cancellation);
    }

    private async Task ListenAsync(Feed.Listener listener, CancellationToken cancellation)
    {
        try
        {
            await foreach (var notices in listener.ReadAsync(cancellation))
            {
                if (notices.Any(n => n.Kind == EventKind.Deadline)) _alarm.Call();
                foreach (var storeId in notices.Where(n => n.Kind is EventKind.AlertSettings or EventKind.Membership).Select(n => n.StoreId).Distinct())
                {
                    await AdvanceAsync(storeId, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The program ends.
        }
    }
}
