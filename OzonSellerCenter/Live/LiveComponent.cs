using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Live;

/// <summary>A screen that looks again when something changed in a store its person may see. It listens before it loads, on the
/// renderer's thread, replays what it missed, and stops and waits when the person leaves.</summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Feed.Listener? _listener;
    private Task _listening = Task.CompletedTask;

    [Inject] private Feed Feed { get; set; } = default!;
    [Inject] private EventLog EventLog { get; set; } = default!;

    /// <summary>Cancelled when the person leaves the screen.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    /// <summary>Whether the screen has to look again. Asked of every event of every store, outside of the renderer's thread: a message is told to all
    /// parts of all open pages, and most of them show nothing of it.</summary>
    protected abstract bool Concerns(StoreEvent change);

    /// <summary>Called on the renderer's thread with what concerns the screen and changed since the last call, in order, without gaps. Read again
    /// what is shown.</summary>
    protected abstract Task OnChangedAsync(IReadOnlyList<StoreEvent> changes);

    protected override void OnInitialized()
    {
        _listener = Feed.Listen();
        _listening = ListenAsync(_listener);
    }

    private async Task ListenAsync(Feed.Listener listener)
    {
        var reader = new GapReader(EventLog);
        try
        {
            await foreach (var notices in listener.ReadAsync(Leaving))
            {
                var changes = (await reader.CompleteAsync(notices, Leaving)).Where(Concerns).ToList();
                if (changes.Count == 0) continue;
                await InvokeAsync(async () =>
                {
                    await OnChangedAsync(changes);
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The person left; nothing to tell.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _listening;
        _listener?.Dispose();
        await OnLeavingAsync();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Last words of a screen, such as ending its script module.</summary>
    protected virtual ValueTask OnLeavingAsync() => ValueTask.CompletedTask;
}
