using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.List;

/// <summary>The list of cases. Rows change in place; none comes, goes or moves under the hand: a pill tells how many want to.</summary>
public sealed partial class DisputeList
{
    private static readonly DisputeFilter AllOfThem = DisputeFilter.Default with { Standing = DisputeStanding.All };
    private static readonly TimeSpan CountsPause = TimeSpan.FromMilliseconds(300);

    private readonly HashSet<long> _moved = [];
    private List<DisputeRow> _rows = [];
    private DisputePlace? _next;
    private DisputeCounts _counts = DisputeCounts.None;
    private Virtualize<DisputeRow>? _virtualize;
    private DisputeFilter? _shown;
    private bool _loading = true;
    private bool _failed;
    private int _turn;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public DisputeFilter Filter { get; set; } = DisputeFilter.Default;

    /// <summary>The person's stores; with several of them each row names its own.</summary>
    [Parameter] public IReadOnlyList<DisputeStore> Stores { get; set; } = [];

    [CascadingParameter] private ShopTime? Shop { get; set; }

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        _shown = Filter;
        await ReloadAsync();
        await CountAsync();
    }

    protected override bool Concerns(StoreEvent change) =>
        change.Kind == EventKind.Dispute || (change.Kind == EventKind.Membership && change.Subject == User.Id);

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (_rows.Count == 0 || changes.Any(c => c.Kind == EventKind.Membership)) await ReloadAsync();
        else await TakeInAsync([.. changes.Select(c => long.Parse(c.Subject, CultureInfo.InvariantCulture)).Distinct()]);

        // Of many changes in a row they are counted once.
        await Task.Delay(CountsPause, Leaving);
        await CountAsync();
    }

    private async Task CountAsync() => _counts = await Disputes.CountsAsync(User, Filter.Store, Leaving);

    private async Task ReloadAsync()
    {
        // Shown from its beginning: the element is a new one, so it is not scrolled.
        _turn++;
        _loading = _rows.Count == 0;
        var filter = Filter;
        try
        {
            var page = await Disputes.ListAsync(User, filter, null, Leaving);
            if (filter != Filter) return;
            (_rows, _next, _failed) = ([.. page.Rows], page.Next, false);
            _moved.Clear();
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The list of cases could not be read");
            _failed = true;
        }

        _loading = false;
        await RefreshAsync();
    }

    private async ValueTask<ItemsProviderResult<DisputeRow>> ProvideAsync(ItemsProviderRequest request)
    {
        while (_next is { } next && request.StartIndex + request.Count > _rows.Count)
        {
            var page = await Disputes.ListAsync(User, Filter, next, Leaving);

            // Begun anew meanwhile, or read by another request.
            if (next != _next) continue;
            var known = _rows.Select(r => r.Id).ToHashSet();
            _rows.AddRange(page.Rows.Where(r => !known.Contains(r.Id)));
            _next = page.Next;
        }

        var total = _rows.Count + (_next is null ? 0 : DisputeListQueries.PageSize);
        return new ItemsProviderResult<DisputeRow>([.. _rows.Skip(request.StartIndex).Take(request.Count)], total);
    }

    /// <summary>Reads changed cases again. What is shown and left the filter stays, as it stands now, until the list is read anew.</summary>
    private async Task TakeInAsync(IReadOnlyCollection<long> ids)
    {
        var fitting = (await Disputes.RowsAsync(User, Filter, ids, Leaving)).ToDictionary(r => r.Id);
        var strayed = ids.Where(id => !fitting.ContainsKey(id) && _rows.Exists(r => r.Id == id)).ToList();
        var outside = strayed.Count == 0 ? [] : (await Disputes.RowsAsync(User, AllOfThem, strayed, Leaving)).ToDictionary(r => r.Id);
        foreach (var (id, row) in fitting.Concat(outside))
        {
            var at = _rows.FindIndex(r => r.Id == id);
            if (at < 0 || outside.ContainsKey(id) || DisputeNarrowing.PlaceOf(Filter, _rows[at]) != DisputeNarrowing.PlaceOf(Filter, row)) _moved.Add(id);
            if (at >= 0) _rows[at] = row;
        }

        await RefreshAsync();
    }

    private Task RefreshAsync() => _virtualize?.RefreshDataAsync() ?? Task.CompletedTask;

    /// <summary>What happens next, in words: who has to do what.</summary>
    private static string NextOf(DisputeRow row) => row switch
    {
        { State: DisputeState.Closed } => $"Outcome_{row.Outcome}",
        { State: DisputeState.Decided } => $"Decided_{row.Outcome}",
        { State: DisputeState.Gathering, Kind: DisputeKind.Withholding } => "Next_Contest",
        { State: DisputeState.SellerAsked, Kind: DisputeKind.Withholding } => "Next_Video",
        { State: DisputeState.AtOzon, Kind: DisputeKind.Carrier } => "Next_Carrier",
        _ => $"Next_{row.State}",
    };

    private IEnumerable<(string Fact, string? Lang)> Facts(DisputeRow row)
    {
        yield return (row.Owner switch { null => T["Unassigned"], "" => T["SomebodyGone"], _ => row.Owner }, null);
        if (row.PostingNumber.Length > 0) yield return (row.PostingNumber, null);
        if (row.Product.Length > 0) yield return (row.Product, "ru");
        if (Stores.Count > 1 && Filter.Store is null && Stores.FirstOrDefault(s => s.Id == row.StoreId) is { } store) yield return (store.Name, null);
    }
}
