using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;

namespace OzonSellerCenter.Live;

/// <summary>Passes each alert on to the hub's clients. To whom is asked of the memberships at the moment of sending, so a right taken
/// away is felt with the next alert.</summary>
public sealed class AlertBroadcaster(
    Feed feed, EventLog events, AlertQueries queries, AlertConnections connections, IHubContext<AlertHub> hub, ILogger<AlertBroadcaster> log) : BackgroundService
{
    private Feed.Listener? _listener;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here and not in ExecuteAsync, which starts later: nothing that is committed after the start is missed.
        _listener = feed.Listen();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reader = new GapReader(events);
        try
        {
            await foreach (var notices in _listener!.ReadAsync(stoppingToken))
            {
                await PassOnAsync(reader, notices, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    private async Task PassOnAsync(GapReader reader, IReadOnlyList<StoreEvent> notices, CancellationToken cancellation)
    {
        try
        {
            foreach (var change in await reader.CompleteAsync(notices, cancellation))
            {
                if (change.Kind == EventKind.Membership) await connections.CutEndedAsync(change.Subject, cancellation);
                if (change.Kind == EventKind.Alert && long.TryParse(change.Subject, CultureInfo.InvariantCulture, out var id))
                {
                    await SendAsync(change.StoreId, id, cancellation);
                }
            }
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // The clients can ask for what they missed by its number.
            log.LogError(fault, "Alerts could not be passed on to the hub.");
        }
    }

    private async Task SendAsync(int storeId, long alertId, CancellationToken cancellation)
    {
        if (connections.Count == 0) return;
        foreach (var delivery in await queries.ForDeliveryAsync(storeId, alertId, cancellation))
        {
            await hub.Clients.User(delivery.UserId).SendAsync("alert", AlertMessage.Of(delivery), cancellation);
        }
    }
}
