using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>The reply box of one conversation. It is emptied only once the answer is safe.</summary>
public sealed partial class Composer : IAsyncDisposable
{
    /// <summary>What has been on the screen for less counts as not yet seen.</summary>
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<ShownFile> _files = [];
    private ElementReference _root;
    private IJSObjectReference? _box;
    private DotNetObjectReference<Composer>? _self;
    private ITimer? _windowEnds;
    private DateTime? _timedFor;
    private Reason? _refusal;
    private bool _anyway;
    private bool _hasText;

    // The newest message when this answer was begun; what a colleague wrote after it stops the send.
    private long _seen;
    private long _newest;
    private long _newestBefore;
    private DateTime _newestAt;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenConversation Conversation { get; set; } = default!;

    /// <summary>The draft as it was when the conversation was opened.</summary>
    [Parameter, EditorRequired] public ShownDraft Draft { get; set; } = ShownDraft.Empty;

    /// <summary>Highest message id in the log.</summary>
    [Parameter, EditorRequired] public long NewestSeen { get; set; }

    /// <summary>Tells the others what is done in the box.</summary>
    [Parameter] public Seat? Seat { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;
    [CascadingParameter] private ShopTime Shop { get; set; } = ShopTime.Moscow;

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    private string DraftKey => string.Create(CultureInfo.InvariantCulture, $"{User.Id}:{Conversation.Id}");

    private bool HasDraft => _hasText || _files.Count > 0;

    private Reason? WhyClosed => Conversation switch
    {
        { Kind: ConversationKind.Notice } => new Reason("NoticesNotAnswered"),
        { MayAnswer: false } => new Reason("SupportReadsOnly"),
        { IsClosed: true } => new Reason("ChatClosed"),
        { WindowClosesAt: { } end } when end <= Now => new Reason("WindowClosed", end),
        _ => null,
    };

    protected override void OnInitialized()
    {
        (_files, _hasText) = (Draft.Files, Draft.Text.Length > 0);
        _seen = _newest = _newestBefore = NewestSeen;
        Seat?.Keep(HasDraft);
    }

    protected override void OnParametersSet()
    {
        if (NewestSeen > _newest) (_newestBefore, _newest, _newestAt) = (_newest, NewestSeen, Now);
        if (_timedFor == Conversation.WindowClosesAt) return;
        _timedFor = Conversation.WindowClosesAt;
        _windowEnds?.Dispose();
        _windowEnds = _timedFor > Now
            ? Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Later(_timedFor.Value - Now), Timeout.InfiniteTimeSpan)
            : null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (WhyClosed is not null)
        {
            // The box is off the page; opened again it is attached anew.
            if (_box is not null) await LetGoAsync();
            return;
        }

        if (_box is not null) return;
        _self ??= DotNetObjectReference.Create(this);
        var draft = firstRender ? Draft : await Conversations.DraftAsync(User, Conversation.Id, _leaving.Token);
        var module = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/drafts.js"));

        // The script was on the way while the window closed: the box it is for has left the page.
        if (WhyClosed is not null) return;
        _box = await module.InvokeAsync<IJSObjectReference>("attach", _leaving.Token, _root, _self, new
        {
            key = DraftKey,
            text = draft.Text,
            savedAt = ClockInstants.Milliseconds(draft.SavedAt) ?? 0,
            limit = InboxActions.MaxText,
            tellsTyping = true,
        });
        StateHasChanged();
    }

    /// <summary>Somebody types; told now and then.</summary>
    [JSInvokable]
    public void Typing() => Seat?.Type();

    /// <summary>Typing paused.</summary>
    [JSInvokable]
    public async Task SaveDraftAsync(string text)
    {
        if (!_hasText && text.Length > 0) Begin();
        _hasText = text.Length > 0;
        Seat?.Keep(HasDraft);
        await Drafts.SaveAsync(User, Conversation.Id, text, _leaving.Token);
    }

    /// <summary>The button, or Ctrl+Enter. <paramref name="sendKey"/> stays the same until the answer is taken.</summary>
    [JSInvokable]
    public async Task SendAsync(string text, string sendKey)
    {
        if (!Guid.TryParse(sendKey, out var key)) return;
        var reply = new Reply(Conversation.Id, key, text, [.. _files.Select(f => f.Id)], _seen, _anyway);
        var outcome = await Actions.SendAsync(User, reply, _leaving.Token);
        _refusal = outcome.Refusal;
        if (outcome.IsDone)
        {
            (_files, _anyway, _hasText) = ([], false, false);
            Begin();
            Seat?.StopTyping();
            Seat?.Keep(unsaved: false);
            if (_box is not null) await _box.InvokeVoidAsync("clear", _leaving.Token, text);
        }

        StateHasChanged();
    }

    /// <summary>The draft was changed by something else than typing, such as a message taken back into it.</summary>
    public async Task ReloadAsync()
    {
        var draft = await Conversations.DraftAsync(User, Conversation.Id, _leaving.Token);
        (_files, _hasText, _refusal) = (draft.Files, draft.Text.Length > 0, null);
        Seat?.Keep(HasDraft);
        if (_box is not null) await _box.InvokeVoidAsync("set", _leaving.Token, draft.Text);
        StateHasChanged();
    }

    /// <summary>The box is shown and wants to be written into.</summary>
    public async Task FocusAsync()
    {
        if (_box is not null) await _box.InvokeVoidAsync("focus", _leaving.Token);
    }

    private async Task SendAnywayAsync()
    {
        _anyway = true;
        if (_box is not null) await _box.InvokeVoidAsync("send", _leaving.Token);
    }

    private void OnFiles(IReadOnlyList<ShownFile> files) => (_files, _refusal) = (files, null);

    // An answer is begun: a message that flashed up a moment ago was not read yet.
    private void Begin() => _seen = Now - _newestAt < ReadingTime ? _newestBefore : _newest;

    private string Words(Reason reason)
    {
        var now = Now;
        return T[reason.Key, [.. reason.Args.Select(a => a is DateTime at ? Shop.DayAndTime(at, now) : a)]].Value;
    }

    // Timers go to 49 days.
    private static TimeSpan Later(TimeSpan wait) => wait < TimeSpan.FromDays(40) ? wait : TimeSpan.FromDays(40);

    private async Task LetGoAsync()
    {
        var box = _box;
        _box = null;
        try
        {
            if (box is not null) await box.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; what was typed lies in the browser.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _windowEnds?.Dispose();
        await LetGoAsync();
        await _leaving.CancelAsync();
        _leaving.Dispose();
        _self?.Dispose();
    }
}
