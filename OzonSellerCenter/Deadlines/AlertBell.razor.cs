using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>The bell of the top bar: how much is unread, also in the tab's title and icon, and the history.</summary>
public sealed partial class AlertBell
{
    private const int PageSize = 20;
    private const int MaxWhole = 200;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(300);
    private AlertPage? _page;
    private IReadOnlyList<MentionItem> _mentions = [];
    private int _unread;
    private bool _anyOverdue;
    private bool _all;
    private (int, bool) _told;

    private string Label => _unread == 0 ? T["AlertsNone"] : T.Count("AlertsNew", _unread);

    protected override Task OnInitializedAsync() => CountAsync();

    // The open history also shows what became of each.
    protected override bool Concerns(StoreEvent change) =>
        change.Kind is EventKind.Alert or EventKind.Membership || (change.Kind == EventKind.Deadline && _page is not null);

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        // In a busy store clocks change all the time, so such news is gathered.
        if (changes.All(c => c.Kind is not (EventKind.Alert or EventKind.Membership))) await Task.Delay(GatherFor, Leaving);
        await CountAsync();
        if (_page is not null) await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_told == (_unread, _anyOverdue)) return;
        _told = (_unread, _anyOverdue);
        try
        {
            await Js.InvokeVoidAsync("q.alerts.set", Leaving, _unread, _anyOverdue);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; a new one counts anew.
        }
    }

    private async Task CountAsync()
    {
        var user = await Session.UserAsync();
        var (alerts, anyOverdue) = await Queries.UnreadAsync(user, Leaving);
        (_unread, _anyOverdue) = (alerts + await Mentions.UnreadAsync(user, Leaving), anyOverdue);
    }

    private async Task LoadAsync()
    {
        _mentions = await Mentions.NewestAsync(await Session.UserAsync(), unreadOnly: !_all, PageSize, Leaving);
        _page = await WholeAsync(await ReadAsync(null, Math.Max(PageSize, _page?.Items.Count ?? 0)));
    }

    private async Task MoreAsync() => _page = await WholeAsync(await LongerAsync(_page!));

    // A group at the end is read to its own end, so that its number is true.
    private async Task<AlertPage> WholeAsync(AlertPage page)
    {
        while (page is { HasMore: true, Items.Count: < MaxWhole } && AlertGroup.Of(page.Items)[^1].Alerts.Count > 1) page = await LongerAsync(page);
        return page;
    }

    private async Task<AlertPage> LongerAsync(AlertPage page)
    {
        var last = page.Items[^1];
        var next = await ReadAsync(new AlertCursor(last.RaisedAt, last.Id), PageSize);
        return new AlertPage([.. page.Items, .. next.Items], next.HasMore);
    }

    private async Task<AlertPage> ReadAsync(AlertCursor? before, int count) =>
        await Queries.BellAsync(await Session.UserAsync(), unreadOnly: !_all, before, count, Leaving);

    private Task ShowAsync(bool all)
    {
        (_all, _page) = (all, null);
        return LoadAsync();
    }

    private async Task OpenAsync(AlertItem alert)
    {
        if (!alert.IsRead) await Actions.MarkReadAsync(await Session.UserAsync(), alert.Id, Leaving);
    }

    private async Task ReadAllAsync()
    {
        if (_unread == 0) return;
        await MentionActions.MarkAllReadAsync(await Session.UserAsync(), Leaving);
        await Actions.MarkAllReadAsync(await Session.UserAsync(), Leaving);
    }

    private static string Pressed(bool pressed) => pressed ? "true" : "false";
}
