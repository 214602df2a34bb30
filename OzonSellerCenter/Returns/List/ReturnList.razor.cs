using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.List;

/// <summary>The list of requests. Rows change in place; none comes, goes or moves under the hand: a pill tells how many want to.</summary>
public sealed partial class ReturnList
{
    private static readonly ReturnFilter AllOfThem = ReturnFilter.Default with { Tab = ReturnTab.All };
    private static readonly TimeSpan CountsPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan CountsAge = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _recount = new(0);
    private readonly HashSet<long> _moved = [];
    private readonly Picking _picking = new();
    private List<ReturnRow> _rows = [];
    private ReturnPlace? _next;
    private ReturnCounts _counts = ReturnCounts.None;
    private Virtualize<ReturnRow>? _virtualize;
    private ReturnFilter? _shown;
    private bool _loading = true;
    private bool _failed;
    private bool _mayAct;
    private int _turn;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public ReturnFilter Filter { get; set; } = ReturnFilter.Default;

    /// <summary>The person's stores; with several of them each row names its own.</summary>
    [Parameter] public IReadOnlyList<ReturnStore> Stores { get; set; } = [];

    [CascadingParameter] private ShopTime? Shop { get; set; }

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        var first = _shown is null;
        _shown = Filter;
        _picking.End();
        await ReloadAsync();
        if (first) _mayAct = await Returns.MayActAsync(User, Leaving);
        if (first) _ = CountAsync();
        else _recount.Release();
    }

    // Wishes to cancel are told as one, without an id.
    protected override bool Concerns(StoreEvent change) =>
        change.Kind == EventKind.Return || (change.Kind == EventKind.Membership && change.Subject == User.Id);

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        _recount.Release();
        if (_rows.Count == 0 || changes.Any(c => c.Kind == EventKind.Membership)) await ReloadAsync();
        else await TakeInAsync([.. changes.Where(c => c is { Kind: EventKind.Return, Subject.Length: > 0 }).Select(c => long.Parse(c.Subject, System.Globalization.CultureInfo.InvariantCulture)).Distinct()]);
    }

    private async Task ReloadAsync()
    {
        // Shown from its beginning: the element is a new one, so it is not scrolled.
        _turn++;
        _loading = _rows.Count == 0;
        var filter = Filter;
        try
        {
            var page = await Returns.ListAsync(User, filter, null, Leaving);
            if (filter != Filter) return;
            (_rows, _next, _failed) = ([.. page.Rows], page.Next, false);
            _moved.Clear();
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The list of requests could not be read");
            _failed = true;
        }

        _loading = false;
        await RefreshAsync();
    }

    private async ValueTask<ItemsProviderResult<ReturnRow>> ProvideAsync(ItemsProviderRequest request)
    {
        while (_next is { } next && request.StartIndex + request.Count > _rows.Count)
        {
            var page = await Returns.ListAsync(User, Filter, next, Leaving);

            // Begun anew meanwhile, or read by another request.
            if (next != _next) continue;
            var known = _rows.Select(r => r.Id).ToHashSet();
            _rows.AddRange(page.Rows.Where(r => !known.Contains(r.Id)));
            _next = page.Next;
        }

        var total = _rows.Count + (_next is null ? 0 : ReturnListQueries.PageSize);
        return new ItemsProviderResult<ReturnRow>([.. _rows.Skip(request.StartIndex).Take(request.Count)], total);
    }

    /// <summary>Reads changed requests again. What is shown and left the filter stays, as it stands now, until the list is read anew.</summary>
    private async Task TakeInAsync(IReadOnlyCollection<long> ids)
    {
        var fitting = (await Returns.RowsAsync(User, Filter, ids, Leaving)).ToDictionary(r => r.Id);
        var strayed = ids.Where(id => !fitting.ContainsKey(id) && _rows.Exists(r => r.Id == id)).ToList();
        var outside = strayed.Count == 0 ? [] : (await Returns.RowsAsync(User, AllOfThem, strayed, Leaving)).Where(r => !r.IsCancellation).ToDictionary(r => r.Id);
        foreach (var (id, row) in fitting.Concat(outside))
        {
            var at = _rows.FindIndex(r => r.Id == id);
            if (at < 0 || outside.ContainsKey(id) || ReturnNarrowing.PlaceOf(Filter, _rows[at]) != ReturnNarrowing.PlaceOf(Filter, row)) _moved.Add(id);
            if (at >= 0) _rows[at] = row;
        }

        // A wish to cancel that is not open any more is not read at all.
        foreach (var gone in _rows.Where(r => r.IsCancellation && !fitting.ContainsKey(r.Id))) _moved.Add(gone.Id);
        await RefreshAsync();
    }

    private void StartPicking() => _picking.Start();

    private void EndPicking() => _picking.End();

    /// <summary>Nothing while rows are there to be opened: then no row needs the server.</summary>
    private EventCallback<MouseEventArgs> PickOf(ReturnRow row) =>
        _picking.IsOn && !row.IsCancellation ? EventCallback.Factory.Create<MouseEventArgs>(this, () => _picking.Toggle(row.Id)) : default;

    private Task RefreshAsync() => _virtualize?.RefreshDataAsync() ?? Task.CompletedTask;

    private string Time(DateTime at) => (Shop ?? ShopTime.Moscow).DayAndTime(at, Now);

    private static string SilenceKey(ReturnRow row) => row.IsCancellation ? "Silence_Cancelled" : $"Silence_{row.Silence}";

    private static string? LookOf(ReturnStage stage) => stage switch { ReturnStage.Approved => "met", ReturnStage.Rejected => "over", ReturnStage.Arbitration => "soon", _ => null };

    private IEnumerable<(string Fact, string? Lang)> Facts(ReturnRow row)
    {
        if (row.Reason.Length > 0) yield return (row.Reason, "ru");
        if (row.PostingNumber.Length > 0) yield return (row.PostingNumber, null);
        if (OrderWords.SchemeOf(row.Scheme) is { } scheme) yield return (scheme, null);
        if (row.Offers > 0) yield return (T["OffersUsed", row.Offers, ReturnActs.MaxOffers], null);
        if (Stores.Count > 1 && Filter.Store is null && Stores.FirstOrDefault(s => s.Id == row.StoreId) is { } store) yield return (store.Name, null);
    }

    /// <summary>Figures follow the changes, gathered, and the minutes.</summary>
    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                _counts = await Returns.CountsAsync(User, Filter.Store, Leaving);
                StateHasChanged();
                await _recount.WaitAsync(CountsAge, Leaving);
                await Task.Delay(CountsPause, Leaving);
                while (_recount.CurrentCount > 0) await _recount.WaitAsync(Leaving);
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The person left.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    protected override ValueTask OnLeavingAsync()
    {
        _recount.Dispose();
        return ValueTask.CompletedTask;
    }
}
