using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>The form of the account. It is saved a second after the last letter, with the version it was read with: what a colleague wrote meanwhile is
/// shown, never written over, and what is typed here stays whatever happens to the case.</summary>
public sealed partial class AccountForm : IAsyncDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _turn = new(1);
    private ElementReference _accountBox;
    private ElementReference _offerBox;
    private AccountTyping _typing = default!;
    private AccountDraft _known = default!;
    private FormErrors _errors = new();
    private Reason? _refusal;
    private ITimer? _pause;
    private DateTime? _savedAt;
    private long _shown;
    private long _version;
    private int _typed;
    private int _kept;
    private bool _isElsewhere;
    private bool _isSaving;
    private bool _isBusy;
    private bool _wantsFocus;
    private bool _left;

    // The questions stand open while there is no account yet; later they open and close under the hand alone.
    private bool _asksFirst;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;

    /// <summary>The case as it was read last.</summary>
    [Parameter, EditorRequired] public OpenDispute Open { get; set; } = default!;

    /// <summary>Something was done that the page has to read again.</summary>
    [Parameter, EditorRequired] public EventCallback OnDone { get; set; }

    /// <summary>It went on while something was typed: what is there can only be read.</summary>
    private bool IsGone => !Open.Dispute.IsWritable;

    /// <summary>What the reviewer asks for.</summary>
    private string? Question => Open.Dispute.State == DisputeState.SellerAsked ? Open.Steps.FirstOrDefault(s => s.Step.Event == DisputeEvent.AskSeller)?.Step.Words : null;

    private string? SavedText => _typed != _kept ? T["Saving"].Value : _savedAt is { } at ? T["SavedAt", ShopTime.In(Open.TimeZone).Time(at)].Value : null;

    protected override void OnParametersSet()
    {
        if (_shown != Open.Dispute.Id)
        {
            Take();
            (_shown, _asksFirst) = (Open.Dispute.Id, _typing.Length == 0);
        }
        else
        {
            _typing.See(Open);
            if (!_isSaving) Compare();
        }
    }

    /// <summary>Takes over what stands in the case.</summary>
    private void Take()
    {
        (_typing, _known, _version) = (new AccountTyping(Open), DraftOf(Open.Dispute), Open.Dispute.Version);
        (_isElsewhere, _refusal, _errors, _kept) = (false, null, new FormErrors(), _typed);
    }

    /// <summary>Whether somebody else wrote on the account: other changes of the case only bring a new version.</summary>
    private void Compare()
    {
        if (Open.Dispute.Version <= _version) return;
        if (IsSame(DraftOf(Open.Dispute), _known)) _version = Open.Dispute.Version;
        else if (_typed == _kept) Take();
        else _isElsewhere = true;
    }

    private async Task KeepMineAsync()
    {
        (_version, _isElsewhere, _refusal) = (Open.Dispute.Version, false, null);
        _typed++;
        await KeepAsync();
    }

    private void ChooseTopic(ChangeEventArgs e) => Change(() =>
    {
        if (Enum.TryParse<DisputeTopic>(e.Value as string, out var topic)) _typing.Take(topic);
    });

    private void Change(Action change)
    {
        change();
        _typed++;
        if (_errors.Any) _errors = _typing.Check(Open.LeastWords);
        _pause?.Dispose();
        _pause = Clock.CreateTimer(_ => _ = InvokeAsync(PausedAsync), null, TypingPause, Timeout.InfiniteTimeSpan);
    }

    private async Task PausedAsync()
    {
        if (_left || _isElsewhere) return;
        await KeepAsync();
        StateHasChanged();
    }

    private async Task<bool> KeepAsync()
    {
        await _turn.WaitAsync();
        _isSaving = true;
        try
        {
            if (_typed == _kept) return true;
            if (IsGone) return false;
            var (typed, draft) = (_typed, _typing.Draft(_known.Offer));
            var (outcome, version) = await Actions.SaveAsync(User, Open.Dispute.Id, draft, _version, CancellationToken.None);
            _isElsewhere = outcome.Refusal?.Key == "ChangedMeanwhile";
            _refusal = _isElsewhere ? null : outcome.Refusal;
            if (!outcome.IsDone) return false;
            (_known, _version, _kept, _savedAt) = (draft, version, typed, Clock.GetUtcNow().UtcDateTime);
            return true;
        }
        finally
        {
            _isSaving = false;
            _turn.Release();
        }
    }

    private async Task SubmitAsync()
    {
        if (_isBusy) return;
        (_isBusy, _refusal, _errors) = (true, null, _typing.Check(Open.LeastWords));
        try
        {
            _wantsFocus = _errors.Any;
            if (_errors.Any || !await KeepAsync()) return;
            _refusal = (await Actions.SubmitAsync(User, Open.Dispute.Id, _version, CancellationToken.None)).Refusal;
            if (_refusal is null) await OnDone.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_wantsFocus) return;
        _wantsFocus = false;
        await (_errors.IsFirst("Account") ? _accountBox : _offerBox).FocusAsync();
    }

    private string? Invalid(string field) => _errors[field] is null ? null : "true";

    private static AccountDraft DraftOf(Dispute dispute) => new(dispute.Topic, dispute.Account, dispute.Answers, dispute.Offer);

    private static bool IsSame(AccountDraft one, AccountDraft other) => (one.Topic, one.Account, one.Offer) == (other.Topic, other.Account, other.Offer)
        && one.Answers.OrderBy(a => a.Key, StringComparer.Ordinal).SequenceEqual(other.Answers.OrderBy(a => a.Key, StringComparer.Ordinal));

    /// <summary>Who leaves within the second before it is saved loses nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        _left = true;
        if (_pause is not null) await _pause.DisposeAsync();
        if (!_isElsewhere && _typed != _kept) await KeepAsync();
        _turn.Dispose();
    }
}
