using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>One open conversation. When it changes, its head and newest messages are read again; the composer is never made anew by that,
/// so what is being typed stays.</summary>
public sealed partial class ConversationPane
{
    private OpenConversation? _head;
    private List<ShownMessage> _messages = [];
    private LogAsides _asides = LogAsides.None;
    private bool _hasOlder;
    private bool _missing;
    private ShownDraft _draft = ShownDraft.Empty;
    private ShopTime _shop = ShopTime.Moscow;
    private long? _newFrom;
    private int _newCount;
    private string? _announced;
    private string? _notice;
    private bool _visible = true;
    private long? _shown;
    private Composer? _composer;
    private ElementReference _pane;
    private ElementReference _log;
    private IJSObjectReference? _module;
    private IJSObjectReference? _scroll;
    private IJSObjectReference? _watch;
    private DotNetObjectReference<ConversationPane>? _self;
    private long? _attached;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public long Id { get; set; }
    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = InboxFilter.Default;

    /// <summary>The person asks for the order beside it, where it is hidden.</summary>
    [Parameter] public EventCallback OnContext { get; set; }

    /// <summary>Told whenever the head was read.</summary>
    [Parameter] public EventCallback<OpenConversation> Opened { get; set; }

    private string Name => _head is null ? "" : _head.BuyerName ?? T[$"Nameless_{_head.Kind}"];

    private string Back => Links.Inbox + Filter.ToQuery();

    private string? ConnectionKey => _head is { Connection: not (ConnectionState.Working or ConnectionState.NotChecked) } head ? $"Connection_{head.Connection}" : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Id) return;
        _shown = Id;
        (_head, _missing, _announced, _notice) = (null, false, null, null);
        var read = await Conversations.OpenAsync(User, Id, Leaving);
        if (read is not { } open)
        {
            _missing = true;
            return;
        }

        (_head, _draft, _hasOlder) = (open.Head, open.Draft, open.Messages.HasOlder);
        (_messages, _asides) = ([.. open.Messages.Messages], open.Messages.Asides);
        _shop = ShopTime.In(open.Head.TimeZone);
        MarkNew();
        await Opened.InvokeAsync(open.Head);
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_head is null || _attached == Id) return;
        _attached = Id;
        _self ??= DotNetObjectReference.Create(this);
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", Leaving, AssetFiles.Url("js/inbox.js"));
        await _module.InvokeVoidAsync("enter", Leaving, _pane);
        _watch ??= await _module.InvokeAsync<IJSObjectReference>("watch", Leaving, _self);
        if (_scroll is not null) await _scroll.InvokeVoidAsync("dispose", Leaving);
        var scroll = await Js.InvokeAsync<IJSObjectReference>("import", Leaving, AssetFiles.Url("js/scroll.js"));
        _scroll = await scroll.InvokeAsync<IJSObjectReference>("attach", Leaving, _log, _self);
    }

    /// <summary>The reader came near the oldest message shown.</summary>
    [JSInvokable]
    public async Task LoadOlderAsync()
    {
        if (!_hasOlder || _messages.Count == 0) return;
        var id = Id;
        var page = await Conversations.OlderAsync(User, id, _messages[0], Leaving);
        if (id != Id) return;
        (_messages, _asides, _hasOlder) = ([.. page.Messages, .. _messages], _asides.With(page.Asides), page.HasOlder);
        StateHasChanged();
    }

    /// <summary>The tab came to the front or went; what nobody looks at is not read.</summary>
    [JSInvokable]
    public async Task VisibleAsync(bool visible)
    {
        _visible = visible;
        await ReadAsync();
    }

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        var subject = ConversationClocks.SubjectOf(Id)["conversation:".Length..];
        var mine = changes.Any(c => c.Kind == EventKind.Conversation && c.Subject == subject);
        if (!mine && !changes.Any(c => c.Kind is EventKind.Store or EventKind.Membership)) return;
        var id = Id;
        var read = await Conversations.RefreshAsync(User, id, Leaving);
        if (id != Id) return;
        if (read is not { } fresh)
        {
            (_head, _missing) = (null, true);
            return;
        }

        var newestBefore = _messages.Count == 0 ? 0 : _messages.Max(m => m.Id);
        _head = fresh.Head;
        TakeIn(fresh.Messages);
        Announce(newestBefore);
        await Opened.InvokeAsync(fresh.Head);
        StateHasChanged();
        await ReadAsync();
    }

    /// <summary>The newest messages as they are now, behind older ones that were read before.</summary>
    private void TakeIn(MessagePage page)
    {
        _asides = _asides.With(page.Asides);
        if (!page.HasOlder || page.Messages.Count == 0)
        {
            (_messages, _hasOlder) = ([.. page.Messages], page.HasOlder);
            return;
        }

        var first = page.Messages[0];
        var older = _messages.Where(m => m.SentAt < first.SentAt || (m.SentAt == first.SentAt && m.Id < first.Id)).ToList();
        if (older.Count == 0) _hasOlder = true;
        _messages = [.. older, .. page.Messages];
    }

    // Set once when it is opened, so that the line does not wander off while one reads.
    private void MarkNew()
    {
        var unread = _messages.Where(m => m.Author != MessageAuthor.Seller).TakeLast(_head!.Unread).ToList();
        _newFrom = unread.Count > 0 ? unread[0].Id : null;
        _newCount = unread.Count;
    }

    private void Announce(long newestBefore)
    {
        var news = _messages.Where(m => m.Id > newestBefore && m.Author != MessageAuthor.Seller).ToList();
        if (news.Count > 0) _announced = T["NewMessageSpoken", news[^1].Text];
    }

    private async Task ReadAsync()
    {
        if (_visible && _head is { Unread: > 0, MayAnswer: true } or { Unread: > 0, Kind: ConversationKind.Notice }) await Actions.MarkReadAsync(User, Id, Leaving);
    }

    private async Task TakeBackAsync(ShownMessage message) => await ToComposerAsync(await Actions.TakeBackAsync(User, message.Id, Leaving));

    private async Task EditAsync(ShownMessage message) => await ToComposerAsync(await Actions.EditRefusedAsync(User, message.Id, Leaving));

    private async Task RemoveAsync(ShownMessage message) => _notice = T.Of((await Actions.RemoveRefusedAsync(User, message.Id, Leaving)).Refusal);

    private void TellTeam(Reason? refusal) => _notice = Team.Of(refusal);

    private async Task ToComposerAsync(Outcome outcome)
    {
        _notice = T.Of(outcome.Refusal);
        if (outcome.IsDone && _composer is not null) await _composer.ReloadAsync();
    }

    protected override async ValueTask OnLeavingAsync()
    {
        try
        {
            if (_scroll is not null) await _scroll.InvokeVoidAsync("dispose");
            if (_watch is not null) await _watch.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its scripts with it.
        }

        _self?.Dispose();
    }
}
