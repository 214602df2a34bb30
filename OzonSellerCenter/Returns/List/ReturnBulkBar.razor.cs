using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.List;

/// <summary>Says of several requests that their goods have arrived. Each leaves after its time to be taken back, as on its page.</summary>
public sealed partial class ReturnBulkBar : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _stop;
    private BulkRun? _run;
    private IReadOnlyDictionary<long, (string Number, long ActionId)> _allow = new Dictionary<long, (string, long)>();
    private Dictionary<long, string> _numbers = [];
    private int _turn = -1;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public Picking Picking { get; set; } = default!;

    /// <summary>The person is done with choosing.</summary>
    [Parameter] public EventCallback OnEnd { get; set; }

    [Inject] private ReturnListQueries Queries { get; set; } = default!;
    [Inject] private ReturnActions Actions { get; set; } = default!;
    [Inject] private ILogger<ReturnBulkBar> Log { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_turn == Picking.Turn) return;
        var turn = _turn = Picking.Turn;
        var allow = await Queries.ReceivableAsync(User, [.. Picking.Of([]).Take(ReturnListQueries.MaxPicked)], _leaving.Token);
        if (turn == _turn) _allow = allow;
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _stop?.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var (allow, deed) = (_allow, Guid.NewGuid());
        _numbers = allow.ToDictionary(a => a.Key, a => a.Value.Number);
        await GoAsync(new BulkRun([.. allow.Keys], id => ReceiveAsync(id, allow[id].ActionId, DerivedKey.Of(deed, id)), Log));
    }

    private Task UndoAsync() => GoAsync(_run!.Back());

    private async Task GoAsync(BulkRun run)
    {
        _stop?.Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        _run = run;
        await run.GoAsync(Told, _stop.Token);

        void Told()
        {
            if (!_leaving.IsCancellationRequested) StateHasChanged();
        }
    }

    private async Task<BulkRow> ReceiveAsync(long id, long actionId, Guid key)
    {
        var outcome = await Actions.DecideAsync(User, id, new ReturnDecision(actionId), key, CancellationToken.None);
        return new BulkRow(id, outcome.Refusal, outcome.IsDone ? () => TakeBackAsync(id) : null);
    }

    private async Task<Outcome> TakeBackAsync(long requestId) =>
        await Queries.OpenDeedAsync(User, requestId, CancellationToken.None) is { } deed ? await Actions.TakeBackAsync(User, deed, CancellationToken.None) : Outcome.Refused("AlreadyLeft");

    private Task StopAsync() => _stop!.CancelAsync();

    private async Task CloseAsync()
    {
        _run = null;
        await OnEnd.InvokeAsync();
    }
}
