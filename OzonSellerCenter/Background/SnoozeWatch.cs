using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Background;

/// <summary>Brings snoozed conversations back at their time. It sleeps until the next one and wakes when conversations change; what came due
/// while the program was down comes back at the start.</summary>
public sealed class SnoozeWatch(SnoozeActions snoozes, Feed feed, TimeProvider clock, ILogger<SnoozeWatch> log) : BackgroundService
{
    private readonly Alarm _alarm = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = feed.Listen();
        var listening = ListenAsync(listener, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await snoozes.WakeDueAsync(stoppingToken);
                await _alarm.SleepAsync(await snoozes.NextAtAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                // The database may be away for a while; what is due comes back later.
                log.LogError(fault, "Snoozed conversations could not be brought back; this is tried again.");
                await _alarm.SleepAsync(null, stoppingToken);
            }
        }

        await listening;
    }

    private async Task ListenAsync(Feed.Listener listener, CancellationToken cancellation)
    {
        try
        {
            await foreach (var notices in listener.ReadAsync(cancellation))
            {
                if (notices.Any(n => n.Kind == EventKind.Conversation)) _alarm.Call();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The program ends.
        }
    }
}
