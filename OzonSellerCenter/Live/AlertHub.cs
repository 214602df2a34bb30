using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Deadlines;

namespace OzonSellerCenter.Live;

/// <summary>Alerts for clients outside the circuit, at <c>/hubs/alerts</c>. The server calls <c>alert</c> with an <see cref="AlertMessage"/>
/// for every stage, once per connection; who was away asks <see cref="Since"/> with the last number he saw.</summary>
[Authorize]
public sealed class AlertHub(AlertQueries queries, AlertConnections connections) : Hub
{
    /// <summary>At most this many at once; ask again with the last number until the answer is empty.</summary>
    public const int MaxReplay = 200;

    /// <summary>The alerts after a number, oldest first, of the stores the person answers for at this moment.</summary>
    public async Task<IReadOnlyList<AlertMessage>> Since(long lastAlertId)
    {
        var alerts = await queries.SinceAsync(Session.Of(Context.User!), lastAlertId, MaxReplay, Context.ConnectionAborted);
        return [.. alerts.Select(AlertMessage.Of)];
    }

    public override Task OnConnectedAsync()
    {
        connections.Add(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context);
        return base.OnDisconnectedAsync(exception);
    }
}
