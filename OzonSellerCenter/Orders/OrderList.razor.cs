using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders.Bulk;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>The list of postings. Rows change in place as they change in the shop; none comes, goes or moves under the hand: a pill tells how many
/// want to, and a press puts them in place.</summary>
public sealed partial class OrderList
{
    private static readonly TimeSpan CountsPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan CountsAge = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _recount = new(0);
    private readonly HashSet<(int, string)> _moved = [];
    private readonly Picking _picking = new();
    private List<OrderRow> _rows = [];
    private OrderPlace? _next;
    private OrderCounts _counts = OrderCounts.None;
    private Virtualize<OrderRow>? _virtualize;
    private OrderFilter? _shown;
    private bool _loading = true;
    private bool _failed;
    private bool _tooShort;
    private bool _mayAct;
    private int _turn;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OrderFilter Filter { get; set; } = OrderFilter.Default;

    /// <summary>The person's stores; with several of them each row names its own.</summary>
    [Parameter] public IReadOnlyList<OrderStore> Stores { get; set; } = [];

    [Inject] private PickedQueries Picked { get; set; } = default!;

    [CascadingParameter] private ShopTime? Shop { get; set; }

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        var first = _shown is null;
        _shown = Filter;
        _picking.End();
        await ReloadAsync();
        if (first) _mayAct = await Picked.MayActAsync(User, Leaving);
        if (first) _ = CountAsync();
        else _recount.Release();
    }

    protected override bool Concerns(StoreEvent change) =>
        change.Kind == EventKind.Posting || (change.Kind == EventKind.Membership && change.Subject == User.Id);

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        _recount.Release();
        if (_rows.Count == 0 || changes.Any(c => c.Kind == EventKind.Membership)) await ReloadAsync();
        else await TakeInAsync([.. changes.Select(c => c.Subject).Distinct()]);
    }

    private async Task ReloadAsync()
    {
        // Shown from its beginning: the element is a new one, so it is not scrolled.
        _turn++;
        _loading = _rows.Count == 0;
        var filter = Filter;
        try
        {
            var page = await Orders.ListAsync(User, filter, null, Leaving);
            if (filter != Filter) return;
            (_rows, _next, _tooShort, _failed) = ([.. page.Rows], page.Next, page.TooShort, false);
            _moved.Clear();
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The list of postings could not be read");
            _failed = true;
        }

        _loading = false;
        await RefreshAsync();
    }

    private async ValueTask<ItemsProviderResult<OrderRow>> ProvideAsync(ItemsProviderRequest request)
    {
        while (_next is { } next && request.StartIndex + request.Count > _rows.Count)
        {
            var page = await Orders.ListAsync(User, Filter, next, Leaving);

            // Begun anew meanwhile, or read by another request.
            if (next != _next) continue;
            var known = _rows.Select(r => r.Id).ToHashSet();
            _rows.AddRange(page.Rows.Where(r => !known.Contains(r.Id)));
            _next = page.Next;
        }

        var total = _rows.Count + (_next is null ? 0 : OrderListQueries.PageSize);
        return new ItemsProviderResult<OrderRow>([.. _rows.Skip(request.StartIndex).Take(request.Count)], total);
    }

    /// <summary>Reads changed postings again. What is shown and left the filter stays, as it stands now, until the list is read anew.</summary>
    private async Task TakeInAsync(IReadOnlyCollection<string> numbers)
    {
        var fitting = (await Orders.RowsAsync(User, Filter, numbers, Leaving)).ToDictionary(KeyOf);
        var strayed = _rows.Where(r => numbers.Contains(r.PostingNumber) && !fitting.ContainsKey(KeyOf(r))).Select(r => r.PostingNumber).ToList();
        var outside = strayed.Count == 0 ? [] : (await Orders.RowsAsync(User, OrderFilter.Default, strayed, Leaving)).ToDictionary(KeyOf);
        foreach (var (key, row) in fitting.Concat(outside))
        {
            var at = _rows.FindIndex(r => r.Id == row.Id);

            // Whether a new one has what is searched for the next reading tells.
            if (at < 0 && Filter.Text is not null) continue;
            var moved = at < 0 || outside.ContainsKey(key) || (_rows[at].InProcessAt, _rows[at].ShipBy) != (row.InProcessAt, row.ShipBy);
            if (moved) _moved.Add(key);
            if (at >= 0) _rows[at] = row;
        }

        await RefreshAsync();
    }

    private void StartPicking() => _picking.Start();

    private void EndPicking() => _picking.End();

    /// <summary>Nothing while rows are there to be opened: then no row needs the server.</summary>
    private EventCallback<MouseEventArgs> PickOf(OrderRow row) =>
        _picking.IsOn ? EventCallback.Factory.Create<MouseEventArgs>(this, () => _picking.Toggle(row.Id)) : default;

    private static (int, string) KeyOf(OrderRow row) => (row.StoreId, row.PostingNumber);

    private Task RefreshAsync() => _virtualize?.RefreshDataAsync() ?? Task.CompletedTask;

    private string Time(DateTime at) => (Shop ?? ShopTime.Moscow).DayAndTime(at, Now);

    private IEnumerable<(string Fact, string? Lang)> Facts(OrderRow row)
    {
        if (OrderWords.SchemeOf(row.Scheme) is { } scheme) yield return (scheme, null);
        if (row.City is { Length: > 0 } city) yield return (city, "ru");
        if (row.TrackingNumber is { Length: > 0 } number) yield return (number, null);
        if (Stores.Count > 1 && Filter.Store is null && Stores.FirstOrDefault(s => s.Id == row.StoreId) is { } store) yield return (store.Name, null);
    }

    /// <summary>Figures follow the changes, gathered, and the minutes.</summary>
    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                _counts = await Orders.CountsAsync(User, Filter.Store, Leaving);
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
