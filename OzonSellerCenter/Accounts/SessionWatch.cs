using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Accounts;

/// <summary>Ends an open tab with its session: at once when the feed tells that something about the person changed, and within
/// half a minute by asking the database, should a notice be lost. A plain request has one too, which is over before it could watch.</summary>
internal sealed class SessionWatch : RevalidatingServerAuthenticationStateProvider
{
    private readonly Feed _feed;
    private readonly EventLog _events;
    private readonly SignInSessions _sessions;
    private readonly DemoPeople _demo;
    private readonly ILogger<SessionWatch> _log;
    private readonly CancellationTokenSource _leaving = new();

    public SessionWatch(ILoggerFactory logs, Feed feed, EventLog events, SignInSessions sessions, DemoPeople demo)
        : base(logs)
    {
        (_feed, _events, _sessions, _demo, _log) = (feed, events, sessions, demo, logs.CreateLogger<SessionWatch>());
    }

    /// <summary>Begins to listen; called once, when the tab's circuit opens.</summary>
    public void Begin() => _ = ListenAsync(_leaving.Token);

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await _sessions.FindAsync(authenticationState.User, cancellationToken) is { } user && _demo.MayEnter(user);

    protected override void Dispose(bool disposing)
    {
        _leaving.Cancel();
        base.Dispose(disposing);
    }

    private async Task ListenAsync(CancellationToken leaving)
    {
        using var listener = _feed.Listen();
        var reader = new GapReader(_events);
        try
        {
            await foreach (var notices in listener.ReadAsync(leaving))
            {
                var changes = await reader.CompleteAsync(notices, leaving);
                if (changes.Any(c => c.Kind == EventKind.Membership)) await LookAgainAsync(changes, leaving);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The tab was closed.
        }
        catch (Exception fault)
        {
            // From here on the half-minute check alone watches; it fails closed.
            _log.LogError(fault, "A tab stopped listening for changes of its person's rights.");
        }
    }

    private async Task LookAgainAsync(IReadOnlyList<StoreEvent> changes, CancellationToken leaving)
    {
        var state = await GetAuthenticationStateAsync();
        var me = Session.Of(state.User).Id;
        if (!changes.Any(c => c.Kind == EventKind.Membership && c.Subject == me)) return;
        var stands = await ValidateAuthenticationStateAsync(state, leaving);
        SetAuthenticationState(Task.FromResult(stands ? state : new AuthenticationState(new())));
    }
}

/// <summary>Tells the watch that its tab is open.</summary>
internal sealed class SessionWatchStart(AuthenticationStateProvider states) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        ((SessionWatch)states).Begin();
        return Task.CompletedTask;
    }
}
