using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using OzonSellerCenter.Accounts;

namespace OzonSellerCenter.Live;

/// <summary>The open connections of the alert hub in this process, so that those of an ended sign-in can be cut.</summary>
public sealed class AlertConnections(SignInSessions sessions)
{
    private readonly ConcurrentDictionary<string, HubCallerContext> _open = new();

    /// <summary>How many are open; for figures and tests.</summary>
    public int Count => _open.Count;

    internal void Add(HubCallerContext connection) => _open[connection.ConnectionId] = connection;

    internal void Remove(HubCallerContext connection) => _open.TryRemove(connection.ConnectionId, out _);

    /// <summary>Cuts the connections of a person whose sign-in does not stand any more.</summary>
    internal async Task CutEndedAsync(string userId, CancellationToken cancellation)
    {
        foreach (var connection in _open.Values.Where(c => Session.Of(c.User!).Id == userId))
        {
            if (await sessions.FindAsync(connection.User!, cancellation) is null) connection.Abort();
        }
    }
}
