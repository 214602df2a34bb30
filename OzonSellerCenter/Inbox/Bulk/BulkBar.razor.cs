using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>The deeds on the chosen conversations of the list.</summary>
public sealed partial class BulkBar : IDisposable
{
    private const int NamesShown = 20;
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _stop;
    private BulkRun? _run;
    private BulkSnooze? _anyway;
    private IReadOnlyDictionary<long, InboxRow> _names = new Dictionary<long, InboxRow>();
    private IReadOnlyList<string> _tags = [];
    private string _tag = "";
    private string? _note;
    private bool _isBack;
    private bool _answering;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = InboxFilter.Default;
    [Parameter, EditorRequired] public Picking Picking { get; set; } = default!;

    /// <summary>What is chosen changed here.</summary>
    [Parameter] public EventCallback OnPicked { get; set; }

    /// <summary>The person is done with choosing.</summary>
    [Parameter] public EventCallback OnEnd { get; set; }

    [CascadingParameter] private InboxTeam Team { get; set; } = InboxTeam.None;

    [Inject] private BulkActions Actions { get; set; } = default!;
    [Inject] private BulkReplies Replies { get; set; } = default!;
    [Inject] private InboxQueries Queries { get; set; } = default!;
    [Inject] private TagQueries Tags { get; set; } = default!;
    [Inject] private ILogger<BulkBar> Log { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _stop?.Dispose();
    }

    private async Task LoadTagsAsync() => _tags = await Tags.InUseAsync(User, Filter.Store, _leaving.Token);

    private async Task PickAllAsync()
    {
        var matching = await Queries.CountAsync(User, Filter, BulkActions.MaxRows + 1, _leaving.Token);
        _note = matching > BulkActions.MaxRows ? T["TooMany", BulkActions.MaxRows].Value : null;
        if (_note is null) Picking.PickAll(matching);
        await OnPicked.InvokeAsync();
    }

    private async Task<IReadOnlyList<long>> IdsAsync() =>
        Picking.Of(Picking.All is null ? [] : await Queries.IdsAsync(User, Filter, BulkActions.MaxRows, _leaving.Token));

    private Task TagAsync() => string.IsNullOrWhiteSpace(_tag) ? Task.CompletedTask : StartAsync(new BulkTag(_tag));

    private async Task StartAsync(BulkChange change) => await StartAsync(await IdsAsync(), change);

    private Task StartAsync(IReadOnlyList<long> ids, BulkChange change)
    {
        _anyway = change is BulkSnooze { Anyway: false } snooze ? snooze with { Anyway = true } : null;
        return GoAsync(new BulkRun(ids, id => Actions.DoAsync(User, id, change), Log), isBack: false);
    }

    private Task SendAsync(IReadOnlyList<PlannedReply> planned)
    {
        var byId = planned.ToDictionary(p => p.Id);
        (_anyway, _answering) = (null, false);
        return GoAsync(new BulkRun([.. byId.Keys], id => Replies.SendAsync(User, byId[id]), Log), isBack: false);
    }

    private Task UndoAsync() => GoAsync(_run!.Back(), isBack: true);

    /// <summary>Puts off also those of which a clock of Ozon ends before.</summary>
    private Task AnywayAsync() => StartAsync([.. _run!.Refused.Where(r => r.Refusal!.Key == "SnoozePastOzon").Select(r => r.Id)], _anyway!);

    private async Task GoAsync(BulkRun run, bool isBack)
    {
        _stop?.Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        (_run, _isBack, _note) = (run, isBack, null);
        if (isBack) _anyway = null;
        var drawn = Clock.GetTimestamp();
        await run.GoAsync(Told, _stop.Token);
        if (_leaving.IsCancellationRequested) return;
        if (run.Refused.All(r => r.Refusal!.Key != "SnoozePastOzon")) _anyway = null;
        _names = (await Queries.ByIdAsync(User, [.. run.Refused.Take(NamesShown).Select(r => r.Id)], _leaving.Token)).ToDictionary(r => r.Id);

        void Told()
        {
            if (!run.IsOver && Clock.GetElapsedTime(drawn) < DrawEvery) return;
            drawn = Clock.GetTimestamp();
            StateHasChanged();
        }
    }

    private Task StopAsync() => _stop!.CancelAsync();

    private async Task CloseAsync()
    {
        _run = null;
        await OnEnd.InvokeAsync();
    }
}
