using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>One open conversation. When it changes, its head and newest messages are read again; the composer is never made anew by that,
/// so what is being typed stays.</summary>
public sealed partial class ConversationPane
{
    private OpenConversation? _head;
    private readonly ShownLog _shownLog = new();
    private bool _missing;
    private ShownDraft _draft = ShownDraft.Empty;
    private ShopTime _shop = ShopTime.Moscow;
    private string? _announced;
    private PaneNotice? _notice;
    private bool _visible = true;
    private long? _shown;
    private Writing? _writing;
    private Seat? _seat;
    private ElementReference _pane;
    private ElementReference _log;
    private IJSObjectReference? _module;
    private IJSObjectReference? _scroll;
    private IJSObjectReference? _watch;
    private DotNetObjectReference<ConversationPane>? _self;
    private long? _attached;
    private long? _reached;
    private long? _goTo;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public long Id { get; set; }
    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = InboxFilter.Default;

    /// <summary>The message to begin with; null for the newest.</summary>
    [Parameter] public long? At { get; set; }

    /// <summary>The person asks for the order beside it, where it is hidden.</summary>
    [Parameter] public EventCallback OnContext { get; set; }

    /// <summary>Told whenever the head was read; null once the conversation is not there any more for this person.</summary>
    [Parameter] public EventCallback<OpenConversation?> Opened { get; set; }

    private string Name => _head is null ? "" : _head.BuyerName ?? T[$"Nameless_{_head.Kind}"];

    private string Back => Links.Inbox + Filter.ToQuery();

    private string? ConnectionKey => _head is { Connection: not (ConnectionState.Working or ConnectionState.NotChecked) } head ? $"Connection_{head.Connection}" : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id) await OpenAsync();
        if (_head is not null && At is { } at && At != _reached) await ReachAsync(at);
        _reached = At;
    }

    private async Task OpenAsync()
    {
        _shown = Id;
        (_head, _missing, _announced, _notice, _reached) = (null, false, null, null, null);
        _seat?.Dispose();
        var read = await Conversations.OpenAsync(User, Id, Leaving);
        if (read is not { } open)
        {
            _missing = true;
            return;
        }

        (_head, _draft, _shop) = (open.Head, open.Draft, ShopTime.In(open.Head.TimeZone));
        _shownLog.Start(open.Messages, open.Head.Unread);
        _seat = Circuit.Enter(ConversationClocks.SubjectOf(Id), User);
        _seat.Look(_visible);
        await Opened.InvokeAsync(open.Head);
        await ReadAsync();
    }

    /// <summary>Loads back to a message, as far as anybody would scroll.</summary>
    private async Task ReachAsync(long messageId)
    {
        for (var pages = 0; pages < 20 && _shownLog.HasOlder && _shownLog.Messages.All(m => m.Id != messageId); pages++) await LoadOlderAsync();
        _goTo = messageId;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_head is null) return;
        if (_attached != Id) await AttachAsync();
        if (_goTo is not { } message || _scroll is null) return;
        _goTo = null;
        await _scroll.InvokeVoidAsync("show", Leaving, message);
    }

    private async Task AttachAsync()
    {
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
        if (!_shownLog.HasOlder || _shownLog.Messages.Count == 0) return;
        var id = Id;
        var page = await Conversations.OlderAsync(User, id, _shownLog.Messages[0], Leaving);
        if (id != Id) return;
        _shownLog.Prepend(page);
        StateHasChanged();
    }

    /// <summary>The tab came to the front or went; what nobody looks at is not read.</summary>
    [JSInvokable]
    public async Task VisibleAsync(bool visible)
    {
        _visible = visible;
        _seat?.Look(visible);
        await ReadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Store or EventKind.Membership
        || (change.Kind == EventKind.Conversation && change.Subject == Id.ToString(CultureInfo.InvariantCulture));

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        var id = Id;
        var read = await Conversations.RefreshAsync(User, id, Leaving);
        if (id != Id) return;
        if (read is not { } fresh)
        {
            (_head, _missing) = (null, true);
            _seat?.Dispose();
            await Opened.InvokeAsync(null);
            return;
        }

        var before = (_shownLog.Newest, _shownLog.Asides.NewestNote);
        _head = fresh.Head;
        _shownLog.TakeIn(fresh.Messages);
        Announce(before.Newest, before.NewestNote);
        await Opened.InvokeAsync(fresh.Head);
        StateHasChanged();
        await ReadAsync();
    }

    private void Announce(long newestBefore, long newestNoteBefore)
    {
        var note = _shownLog.Asides.Notes.LastOrDefault(n => n.Id > newestNoteBefore && n.AuthorId != User.Id);
        if (note is not null) _announced = Team["NewNoteSpoken", note.AuthorName, note.Text];
        var message = _shownLog.Messages.LastOrDefault(m => m.Id > newestBefore && m.Author != MessageAuthor.Seller);
        if (message is not null) _announced = T["NewMessageSpoken", message.Text];
    }

    private async Task ReadAsync()
    {
        if (_visible && _head is not null) await Mentions.SeenAsync(User, ConversationClocks.SubjectOf(Id), Leaving);
        if (_visible && _head is { Unread: > 0, MayAnswer: true } or { Unread: > 0, Kind: ConversationKind.Notice }) await Actions.MarkReadAsync(User, Id, Leaving);
    }

    private async Task TakeBackAsync(ShownMessage message) => await ToComposerAsync(await Actions.TakeBackAsync(User, message.Id, Leaving));

    private async Task EditAsync(ShownMessage message) => await ToComposerAsync(await Actions.EditRefusedAsync(User, message.Id, Leaving));

    private async Task RemoveAsync(ShownMessage message) => _notice = PaneNotice.Of(T.Of((await Actions.RemoveRefusedAsync(User, message.Id, Leaving)).Refusal));

    private async Task ToComposerAsync(Outcome outcome)
    {
        _notice = PaneNotice.Of(T.Of(outcome.Refusal));
        if (outcome.IsDone && _writing is not null) await _writing.ReloadAsync();
    }

    protected override async ValueTask OnLeavingAsync()
    {
        _seat?.Dispose();
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
