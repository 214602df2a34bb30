using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>The form of a refund. Its step stands in the address, so the browser's back button goes a step back; its key is made once, so that handed in
/// twice it is one refund.</summary>
public sealed partial class RefundFormPage
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(1);
    private readonly Guid _key = Guid.NewGuid();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<string> _happened = [];
    private readonly Dictionary<BuyerStep, string?> _tellings = [];
    private CurrentUser? _user;
    private RefundForm? _form;
    private RefundTyping _typing = new();
    private FormErrors _errors = new();
    private Reason? _refusal;
    private ITimer? _pause;
    private DateTime? _savedAt;
    private (long? Request, long? Action, long? Draft) _asked;
    private string? _read;
    private long _version;
    private int _typed;
    private int _kept;
    private int _step = 1;
    private bool _isElsewhere;
    private bool _isBusy;
    private bool _missing;
    private bool _failed;

    [Inject] private ILogger<RefundFormPage> Log { get; set; } = default!;

    [Parameter] public string PostingNumber { get; set; } = "";

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Why nothing can be written here: a key of the texts; null when it can.</summary>
    private string? Closed => _form switch
    {
        { MayWrite: false } => "SupportReadsOnly",
        { UnderWay: not null } => "UnderWay",
        { Draft.State: not (RefundState.Draft or RefundState.MoreWanted) } => "HandedIn",
        { Basis.Usable.Count: > 0 } => null,
        { Basis: { Ways.Count: > 0 } or { Paid: > 0, Left: 0 } } => "NothingLeft",
        { Basis.Request: { } request } when !ReturnActs.CanDecide(request.Source, request.Scheme) => "NotThroughApi",
        { Basis.Request: not null } => "NoPayingAction",
        _ => "NoWay",
    };

    private bool NeedsReview
    {
        get
        {
            var draft = _typing.Read(_form!.Basis.Currency, new FormErrors());
            return _form.Draft?.State == RefundState.MoreWanted || RefundCheck.NeedsReview(_form.Basis, draft.Amount + draft.Postage, _form.Rules, Now);
        }
    }

    private string? SavedText => _form?.Draft is null ? null : _typed != _kept ? T["Saving"].Value : _savedAt is { } at ? T["SavedAt", ShopTime.In(_form.TimeZone).Time(at)].Value : null;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Navigation.LocationChanged += OnMoved;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == PostingNumber) return;
        _read = PostingNumber;
        ReadAddress();
        _user ??= await Session.UserAsync();
        await LoadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind switch
    {
        EventKind.Posting => change.Subject == PostingNumber,
        EventKind.Return => _form?.Basis.Request is { } request && change.Subject == request.Id.ToString(CultureInfo.InvariantCulture),
        EventKind.Refund => change.StoreId == _form?.Basis.StoreId,
        EventKind.Rule => change.StoreId == _form?.Basis.StoreId,
        EventKind.Membership => change.Subject == _user?.Id,
        _ => false,
    };

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (_form is null || _user is null) return;

        // Not while it is being saved: what is saved here is no news.
        await _turn.WaitAsync(Leaving);
        try
        {
            var now = await Queries.OpenAsync(_user, PostingNumber, _asked.Request, _form.Draft?.Id ?? _asked.Draft, Leaving);
            if (now is null)
            {
                _missing = true;
                return;
            }

            foreach (var (key, args) in RefundNews.Between(_form, now)) _happened.Add(T[key, args]);
            _isElsewhere = now.IsOpen && now.Draft is { } draft && _form.Draft is not null && draft.Version != _version;
            _form = now;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var form = await Queries.OpenAsync(_user!, PostingNumber, _asked.Request, _asked.Draft, Leaving);
            (_form, _missing, _failed) = (form, form is null, false);
            if (form is null) return;
            Take(form);
            if (form.Draft is null && form.Basis.Usable.FirstOrDefault(w => w.Action is not null && w.Action.Id == _asked.Action) is { } asked) _typing.Take(asked);
            else if (_typing.Way is null && form.Basis.Usable is [{ } only]) _typing.Take(only);
            _step = Math.Min(_step, Reachable);
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The form of a refund could not be read");
            _failed = true;
        }
    }

    private void Take(RefundForm form)
    {
        (_form, _typing, _version, _isElsewhere, _kept, _typed) = (form, RefundTyping.Of(form.Basis, form.Draft), form.Draft?.Version ?? 0, false, 0, 0);
        _happened.Clear();
    }

    private async Task TakeOverAsync()
    {
        if (await Queries.OpenAsync(_user!, PostingNumber, _asked.Request, _form!.Draft!.Id, Leaving) is { } form) Take(form);
        (_refusal, _errors) = (null, new FormErrors());
    }

    private async Task KeepMineAsync()
    {
        (_version, _isElsewhere, _refusal) = (_form!.Draft!.Version, false, null);
        _happened.Clear();
        _typed++;
        await KeepAsync();
    }

    /// <summary>The last step that what is written allows.</summary>
    private int Reachable => _form?.Draft is null ? 1 : Check(false).Errors.Any ? 2 : Check(true).Errors.Any ? 3 : 4;

    private (RefundDraft Draft, FormErrors Errors) Check(bool whole) => _typing.Check(_form!.Basis, _form.Rules, Now, whole);

    private void Typed()
    {
        _typed++;
        if (_errors.Any) _errors = Check(_step > 2).Errors;
        _pause?.Dispose();
        _pause = Clock.CreateTimer(_ => _ = InvokeAsync(PausedAsync), null, TypingPause, Timeout.InfiniteTimeSpan);
    }

    private async Task PausedAsync()
    {
        if (Leaving.IsCancellationRequested || _isElsewhere) return;
        await KeepAsync();
        StateHasChanged();
    }
}
