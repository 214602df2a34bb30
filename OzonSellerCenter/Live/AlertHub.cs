using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Live;

/// <summary>Alerts for clients outside the circuit, at <c>/hubs/alerts</c>. The server calls <c>alert</c> with an <see cref="AlertMessage"/>
/// for every stage that the person wants, once per connection; who was away asks <see cref="Since"/> with the last number he saw.</summary>
[Authorize]
public sealed class AlertHub(
    AlertQueries queries, AlertActions actions, AlertConnections connections, IStringLocalizer<DeadlinesTexts> texts, TimeProvider clock) : Hub
{
    /// <summary>At most this many at once; ask again with the last number until the answer is empty.</summary>
    public const int MaxReplay = 200;

    /// <summary>The person's alerts after a number, oldest first, of the stores he answers for at this moment.</summary>
    public async Task<IReadOnlyList<AlertMessage>> Since(long lastAlertId)
    {
        var alerts = await queries.SinceAsync(Session.Of(Context.User!), lastAlertId, MaxReplay, Context.ConnectionAborted);
        return [.. alerts.Select(AlertMessage.Of)];
    }

    /// <summary>The newest number, for a client that never saw any.</summary>
    public Task<long> Newest() => queries.NewestAsync(Session.Of(Context.User!), Context.ConnectionAborted);

    /// <summary>Takes alerts to be told outside the page, as one notice: of all browsers of a person the first one gets each of them.</summary>
    /// <param name="alertIds">What came within a short while.</param>
    /// <param name="canShow">The browser may show notifications.</param>
    /// <param name="canSound">The browser may play a tone.</param>
    /// <returns>Null when nothing is left to tell.</returns>
    public async Task<DesktopNotice?> Claim(long[] alertIds, bool canShow, bool canSound)
    {
        var claim = await actions.ClaimDesktopAsync(Session.Of(Context.User!), alertIds, canShow, canSound, Context.ConnectionAborted);
        if (claim.Shown.Count == 0) return claim.Sounds ? new DesktopNotice(null, "", "", true, []) : null;
        var group = new AlertGroup(claim.Shown);
        var (title, body) = texts.Notice(group, ShopTime.In(claim.TimeZone ?? ""), clock.GetUtcNow().UtcDateTime);
        return new DesktopNotice(title, body, group.Url, claim.Sounds, [.. claim.Shown.Select(a => a.Id)]);
    }

    /// <summary>The person pressed the notification of an alert.</summary>
    public Task Opened(long alertId) => actions.MarkReadAsync(Session.Of(Context.User!), alertId, Context.ConnectionAborted);

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
