using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>The results of a search. Live only in place: what comes in meanwhile neither moves a row nor adds one.</summary>
public sealed partial class SearchResults
{
    /// <summary>Pages without anything new after which it is asked whether to go on.</summary>
    private const int Patience = 10;

    private readonly List<SearchHit> _hits = [];
    private CancellationTokenSource _searching = new();
    private Virtualize<SearchHit>? _virtualize;
    private InboxFilter? _shown;
    private SearchMarks? _marks;
    private long? _next;
    private List<string> _otherLayout = [];
    private Reason? _refusal;
    private bool _isCut;
    private bool _isIncomplete;
    private bool _rests;
    private bool _loading = true;
    private bool _failed;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = InboxFilter.Default;

    /// <summary>The person's stores; with several of them each row names its own.</summary>
    [Parameter] public IReadOnlyList<InboxStore> Stores { get; set; } = [];

    /// <summary>The open conversation.</summary>
    [Parameter] public long? Selected { get; set; }

    [CascadingParameter] private InboxTeam Team { get; set; } = InboxTeam.None;

    private string Close => Links.Inbox + (Filter with { Query = null }).ToQuery();

    private string? StoreOf(InboxRow row) => Stores.Count > 1 && Filter.Store is null ? Stores.FirstOrDefault(s => s.Id == row.StoreId)?.Name : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        _shown = Filter;
        await SearchAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Membership or EventKind.Posting or EventKind.Conversation;

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (changes.Any(c => c.Kind == EventKind.Membership && c.Subject == User.Id))
        {
            await SearchAsync();
            return;
        }

        var postings = changes.Where(c => c.Kind == EventKind.Posting).Select(c => c.Subject).ToHashSet();
        var changed = changes.Where(c => c.Kind == EventKind.Conversation).Select(c => long.Parse(c.Subject, CultureInfo.InvariantCulture)).ToHashSet();
        var ids = _hits.Select(h => h.Row).Where(r => changed.Contains(r.Id) || (r.PostingNumber is { } number && postings.Contains(number))).Select(r => r.Id).ToList();
        if (ids.Count == 0) return;
        var rows = (await Inbox.ByIdAsync(User, ids, Leaving)).ToDictionary(r => r.Id);
        for (var i = 0; i < _hits.Count; i++)
        {
            if (rows.TryGetValue(_hits[i].Row.Id, out var row)) _hits[i] = _hits[i] with { Row = row };
        }

        await RefreshAsync();
    }

    private async Task SearchAsync()
    {
        // Of two searches the later one counts.
        await _searching.CancelAsync();
        _searching.Dispose();
        var searching = _searching = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        _hits.Clear();
        (_loading, _failed, _rests, _next, _refusal, _otherLayout) = (true, false, false, null, null, []);
        try
        {
            await ReadOnAsync(searching.Token);
        }
        catch (OperationCanceledException) when (searching.IsCancellationRequested)
        {
            return;
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The search failed");
            _failed = true;
        }

        _loading = false;
        await RefreshAsync();
    }

    /// <summary>Reads on until there is something new; after some pages without it the person is asked first.</summary>
    private async Task ReadOnAsync(CancellationToken cancellation)
    {
        var before = _hits.Count;
        for (var pages = 0; pages < Patience; pages++)
        {
            Take(await Search.FindAsync(User, Filter, _next, cancellation));
            if (_next is null || _hits.Count > before) return;
        }

        _rests = true;
    }

    private void Take(SearchPage page)
    {
        _hits.AddRange(page.Hits.ExceptBy(_hits.Select(h => h.Row.Id), h => h.Row.Id));
        (_marks, _next, _refusal, _isCut, _isIncomplete) = (page.Marks, page.Next, page.Refusal, page.IsCut, page.IsIncomplete);
        _otherLayout = [.. _otherLayout.Union(page.OtherLayout)];
    }

    private async Task GoOnAsync()
    {
        _rests = false;
        await ReadOnAsync(Leaving);
        await RefreshAsync();
    }

    private async ValueTask<ItemsProviderResult<SearchHit>> ProvideAsync(ItemsProviderRequest request)
    {
        var searching = _searching.Token;
        try
        {
            while (_next is not null && !_rests && request.StartIndex + request.Count > _hits.Count) await ReadOnAsync(searching);
        }
        catch (OperationCanceledException) when (searching.IsCancellationRequested)
        {
            // Another search has begun; it fills the list.
        }

        var total = _hits.Count + (_next is not null && !_rests ? SearchQueries.PageSize : 0);
        return new ItemsProviderResult<SearchHit>([.. _hits.Skip(request.StartIndex).Take(request.Count)], total);
    }

    private Task RefreshAsync() => _virtualize?.RefreshDataAsync() ?? Task.CompletedTask;

    protected override ValueTask OnLeavingAsync()
    {
        _searching.Dispose();
        return ValueTask.CompletedTask;
    }
}
