using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>The bell of the top bar: how much is unread, also in the tab's title and icon, and the history.</summary>
public sealed partial class AlertBell
{
    private const int PageSize = 20;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(300);
    private AlertPage? _page;
    private IReadOnlyList<MentionItem> _mentions = [];
    private int _unread;
    private bool _anyOverdue;
    private bool _all;
    private (int, bool) _told;

    private string Label => _unread == 0 ? T["AlertsNone"] : T.Count("AlertsNew", _unread);

    protected override Task OnInitializedAsync() => CountAsync();

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        // A deadline that was met takes its alerts out of the count. In a busy store that happens all the time, so such news is gathered.
        if (!changes.Any(c => c.Kind is EventKind.Alert or EventKind.Deadline or EventKind.Membership)) return;
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
        var user = await Session.UserAsync();
        _mentions = await Mentions.NewestAsync(user, unreadOnly: !_all, PageSize, Leaving);
        _page = await Queries.BellAsync(user, unreadOnly: !_all, null, Math.Max(PageSize, _page?.Items.Count ?? 0), Leaving);
    }

    private async Task MoreAsync()
    {
        var last = _page!.Items[^1];
        var next = await Queries.BellAsync(await Session.UserAsync(), !_all, new AlertCursor(last.RaisedAt, last.Id), PageSize, Leaving);
        _page = new AlertPage([.. _page.Items, .. next.Items], next.HasMore);
    }

    private Task ShowAsync(bool all)
    {
        (_all, _page) = (all, null);
        return LoadAsync();
    }

    private async Task ReadAsync(AlertItem alert)
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
