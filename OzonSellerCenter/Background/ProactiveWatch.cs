using OzonSellerCenter.Data;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Background;

/// <summary>Tells buyers as soon as something was noted for them, and goes on when a chat was opened. What was noted while the program was down is told
/// at the start.</summary>
internal sealed class ProactiveWatch(ProactiveTelling telling, Feed feed, TimeProvider clock, ILogger<ProactiveWatch> log) : BackgroundService
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
                await telling.TellDueAsync(stoppingToken);
                await _alarm.SleepAsync(null, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                // The database may be away for a while; what is noted waits.
                log.LogError(fault, "Buyers could not be told of their orders; this is tried again.");
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
                if (notices.Any(n => n.Kind is EventKind.Posting or EventKind.Conversation)) _alarm.Call();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The program ends.
        }
    }
}
