using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>Alerts as they come, at most two at once; each stage once per person over all his tabs. What comes in quick succession joins
/// the toast that stands. A tab in the background claims nothing: whoever comes back to it sees what he missed.</summary>
public sealed partial class AlertToasts
{
    private const int MaxVisible = 2;

    /// <summary>Up to here a stage looks urgent, as the rulebook's usual threshold has it.</summary>
    private const int UrgentMinutes = 30;

    private readonly List<Toast> _toasts = [];
    private DotNetObjectReference<AlertToasts>? _self;
    private IJSObjectReference? _script;
    private ElementReference _root;
    private bool _visible;
    private int _last;

    [CascadingParameter] public ShopTime? Shop { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _script = await Js.InvokeAsync<IJSObjectReference>("import", Leaving, AssetFiles.Url("js/alert-toasts.js"));
            await OnVisibleAsync(await _script.InvokeAsync<bool>("watch", Leaving, _root, _self));
        }
        catch (JSDisconnectedException)
        {
            // The page is gone before it began.
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // Likewise.
        }
    }

    protected override bool Concerns(StoreEvent change) => change is { Kind: EventKind.Alert, Subject.Length: > 0 };

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => _visible ? ClaimAsync() : Task.CompletedTask;

    /// <summary>The tab came to the front or went to the back.</summary>
    [JSInvokable]
    public Task OnVisibleAsync(bool visible)
    {
        _visible = visible;
        return visible ? InvokeAsync(ClaimAsync) : Task.CompletedTask;
    }

    /// <summary>Its time is over, or the person has seen it.</summary>
    [JSInvokable]
    public void Dismiss(int number)
    {
        _toasts.RemoveAll(t => t.Number == number);
        _ = InvokeAsync(StateHasChanged);
    }

    private async Task ClaimAsync()
    {
        var alerts = await Actions.ClaimToastAsync(await Session.UserAsync(), Leaving);
        if (alerts.Count == 0) return;
        var now = Clock.GetUtcNow().UtcDateTime;
        if (_toasts is [.., var newest] && (now - newest.At).Duration() <= AlertGroup.Window) _toasts[^1] = newest with { Group = newest.Group.With(alerts), At = now };
        else _toasts.Add(new Toast(++_last, new AlertGroup(alerts), now));

        // The rest is in the bell.
        if (_toasts.Count > MaxVisible) _toasts.RemoveAt(0);
        StateHasChanged();
    }

    private async Task OpenAsync(Toast toast)
    {
        _toasts.Remove(toast);
        if (toast.Group.Alerts.Count == 1) await Actions.MarkReadAsync(await Session.UserAsync(), toast.Group.First.Id, Leaving);
    }

    private static string Look(AlertGroup group) => group.IsOverdue ? "over" : group.First.MinutesBefore > UrgentMinutes ? "soon" : "urgent";

    protected override async ValueTask OnLeavingAsync()
    {
        try
        {
            if (_script is not null) await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }

        _self?.Dispose();
    }

    /// <summary>One toast.</summary>
    /// <param name="At">When something was last added to it.</param>
    private sealed record Toast(int Number, AlertGroup Group, DateTime At);
}
