using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>The box for a note to colleagues. It is emptied only once the note is safe.</summary>
public sealed partial class NoteBox : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ElementReference _root;
    private IJSObjectReference? _box;
    private IJSObjectReference? _mentions;
    private DotNetObjectReference<NoteBox>? _self;
    private Reason? _refusal;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenConversation Conversation { get; set; } = default!;
    [CascadingParameter] private InboxTeam Team { get; set; } = InboxTeam.None;

    private string DraftKey => string.Create(CultureInfo.InvariantCulture, $"{User.Id}:{Conversation.Id}:note");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        var draft = await Conversations.NoteDraftAsync(User, Conversation.Id, _leaving.Token);
        var people = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/mentions.js"));
        _mentions = await people.InvokeAsync<IJSObjectReference>("attach", _leaving.Token, _root);
        var module = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/drafts.js"));
        _box = await module.InvokeAsync<IJSObjectReference>("attach", _leaving.Token, _root, _self, new
        {
            key = DraftKey,
            text = draft.Text,
            savedAt = ClockInstants.Milliseconds(draft.SavedAt) ?? 0,
            limit = Note.MaxText,
        });
        StateHasChanged();
        await FocusAsync();
    }

    /// <summary>Typing paused.</summary>
    [JSInvokable]
    public async Task SaveDraftAsync(string text) => await Drafts.SaveNoteAsync(User, Conversation.Id, text, _leaving.Token);

    /// <summary>The button, or Ctrl+Enter. <paramref name="sendKey"/> stays the same until the note is taken.</summary>
    [JSInvokable]
    public async Task SendAsync(string text, string sendKey)
    {
        if (!Guid.TryParse(sendKey, out var key)) return;
        var outcome = await Notes.AddAsync(User, Conversation.Id, key, text, _leaving.Token);
        _refusal = outcome.Refusal;
        if (outcome.IsDone && _box is not null) await _box.InvokeVoidAsync("clear", _leaving.Token, text);
        StateHasChanged();
    }

    /// <summary>The box is shown and wants to be written into.</summary>
    public async Task FocusAsync()
    {
        if (_box is not null) await _box.InvokeVoidAsync("focus", _leaving.Token);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_mentions is not null) await _mentions.InvokeVoidAsync("dispose");
            if (_box is not null) await _box.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; what was typed lies in the browser.
        }

        await _leaving.CancelAsync();
        _leaving.Dispose();
        _self?.Dispose();
    }
}
