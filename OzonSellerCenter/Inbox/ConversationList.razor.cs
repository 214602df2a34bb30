using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>The list of conversations. Rows change in place as they change in the shop; they change places only while the hand is not on
/// the list, so that nobody presses the wrong one.</summary>
public sealed partial class ConversationList
{
    private static readonly TimeSpan CountsPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan CountsAge = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _recount = new(0);
    private readonly ShownRows _shownRows = new();
    private readonly Picking _picking = new();
    private InboxCounts _counts = InboxCounts.None;
    private Virtualize<InboxRow>? _virtualize;
    private ElementReference _element;
    private IJSObjectReference? _hold;
    private DotNetObjectReference<ConversationList>? _self;
    private InboxFilter? _shown;
    private bool _loading = true;
    private bool _failed;
    private bool _handOnList;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = InboxFilter.Default;

    /// <summary>The person's stores; with several of them each row names its own.</summary>
    [Parameter] public IReadOnlyList<InboxStore> Stores { get; set; } = [];

    /// <summary>The open conversation; it stays in the list when the filter would drop it.</summary>
    [Parameter] public long? Selected { get; set; }

    [CascadingParameter] private InboxTeam Team { get; set; } = InboxTeam.None;

    private bool MayPick => Team.Answering.Any(c => c.UserId == User.Id);

    private IReadOnlyList<InboxRow> Rows => _shownRows.Rows;

    private string? StoreOf(InboxRow row) => Stores.Count > 1 && Filter.Store is null ? Stores.FirstOrDefault(s => s.Id == row.StoreId)?.Name : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Filter) return;
        var first = _shown is null;
        _picking.End();
        _shown = Filter;
        await ReloadAsync();
        if (first) _ = CountAsync();
        else _recount.Release();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The element comes and goes with the skeleton and the empty list.
        if (_loading || Rows.Count == 0 || _hold is not null) return;
        _self ??= DotNetObjectReference.Create(this);
        var module = await Js.InvokeAsync<IJSObjectReference>("import", Leaving, AssetFiles.Url("js/inbox.js"));
        _hold = await module.InvokeAsync<IJSObjectReference>("hold", Leaving, _element, _self);
    }

    /// <summary>The hand is on the list, or it is scrolled; when it leaves, what waited falls into place.</summary>
    [JSInvokable]
    public async Task HoldAsync(bool held)
    {
        _handOnList = held;
        if (held || _shownRows.Held.Count == 0) return;
        await SettleAsync();
        StateHasChanged();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Conversation or EventKind.Posting
        || (change.Kind == EventKind.Membership && change.Subject == User.Id);

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (changes.Any(c => c.Kind == EventKind.Membership))
        {
            await ReloadAsync();
            _recount.Release();
            return;
        }

        var postings = changes.Where(c => c.Kind == EventKind.Posting).Select(c => c.Subject).ToHashSet();
        var ids = changes.Where(c => c.Kind == EventKind.Conversation).Select(c => long.Parse(c.Subject, CultureInfo.InvariantCulture))
            .Concat(Rows.Where(r => r.PostingNumber is { } number && postings.Contains(number)).Select(r => r.Id))
            .ToHashSet();
        if (ids.Count == 0) return;
        await TakeInAsync(ids, settle: !_handOnList);
        _recount.Release();
    }

    private async Task ReloadAsync()
    {
        _loading = Rows.Count == 0;
        try
        {
            var page = await Inbox.ListAsync(User, Filter, null, Leaving);
            _failed = false;
            _shownRows.Start(page, Filter.Sort);
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The list of conversations could not be read");
            _failed = true;
        }

        _loading = false;
        if (Rows.Count == 0) _hold = null;
        await RefreshAsync();
    }

    private async ValueTask<ItemsProviderResult<InboxRow>> ProvideAsync(ItemsProviderRequest request)
    {
        while (_shownRows.HasMore && request.StartIndex + request.Count > Rows.Count)
        {
            _shownRows.Append(await Inbox.ListAsync(User, Filter, _shownRows.Cursor, Leaving));
        }

        var total = Rows.Count + (_shownRows.HasMore ? InboxQueries.PageSize : 0);
        return new ItemsProviderResult<InboxRow>([.. Rows.Skip(request.StartIndex).Take(request.Count)], total);
    }

    /// <summary>Reads the changed rows again; whether they may change places now says <paramref name="settle"/>.</summary>
    private async Task TakeInAsync(IReadOnlyCollection<long> ids, bool settle)
    {
        var read = (await Inbox.RowsAsync(User, Filter, ids, Leaving)).ToDictionary(r => r.Id);
        if (Selected is { } open && ids.Contains(open) && !read.ContainsKey(open) && _shownRows.Contains(open))
        {
            foreach (var row in await Inbox.RowsAsync(User, new InboxFilter { Tab = Filter.Tab }, [open], Leaving)) read[open] = row;
        }

        _shownRows.TakeIn(ids, read, settle);
        await RefreshAsync();
    }

    private Task SettleAsync() => TakeInAsync([.. _shownRows.Held], settle: true);

    private async Task ToTopAsync()
    {
        if (_shownRows.Held.Count > 0) await SettleAsync();
        if (_hold is not null) await _hold.InvokeVoidAsync("toTop", Leaving);
    }

    private void StartPicking() => _picking.Start();

    private void EndPicking() => _picking.End();

    private void Pick(long id) => _picking.Toggle(id);

    private Task RefreshAsync() => _virtualize?.RefreshDataAsync() ?? Task.CompletedTask;

    /// <summary>Figures follow the changes, gathered, and the minutes.</summary>
    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                _counts = await Inbox.CountsAsync(User, Filter, Leaving);
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

    protected override async ValueTask OnLeavingAsync()
    {
        _recount.Dispose();
        _self?.Dispose();
        try
        {
            if (_hold is not null) await _hold.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }
}
