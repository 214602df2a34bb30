using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Review;

/// <summary>The review of one refund. An approval holds for what was on the screen: what changes while it is read is pointed out, and has to be seen
/// first.</summary>
public sealed partial class ReviewPanel
{
    private readonly List<string> _changes = [];
    private ReviewCase? _case;
    private long _seenVersion;
    private string _words = "";
    private Reason? _refusal;
    private Reason? _passwordRefusal;
    private bool _asksPassword;
    private bool _isBusy;
    private bool _missing;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public long Id { get; set; }

    [Inject] private ReviewQueries Queries { get; set; } = default!;
    [Inject] private RefundReviewActions Actions { get; set; } = default!;
    [Inject] private FreshSignIn SignIns { get; set; } = default!;
    [Inject] private AuthenticationStateProvider States { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        See();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind switch
    {
        EventKind.Refund => change.Subject == Id.ToString(CultureInfo.InvariantCulture),
        EventKind.Return => _case?.Open.Request is { } request && change.Subject == request.Id.ToString(CultureInfo.InvariantCulture),
        EventKind.Posting => change.Subject == _case?.Open.Refund.PostingNumber,
        EventKind.Membership => change.Subject == User.Id,
        _ => false,
    };

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        var was = _case?.Open.Refund;
        await LoadAsync();
        if (was is null || _case?.Open.Refund is not { } now) return;
        foreach (var key in ChangedIn(was, now)) _changes.Add(T[key, new Money(was.Sum, was.Currency), new Money(now.Sum, now.Currency)]);

        // Who has taken it up is no change of what is approved.
        if (_changes.Count == 0) _seenVersion = now.Version;
    }

    private static IEnumerable<string> ChangedIn(Refund was, Refund now)
    {
        if (was.Sum != now.Sum) yield return "Changed_Sum";
        if (was.Way != now.Way || was.Action?.Id != now.Action?.Id || was.Scope != now.Scope) yield return "Changed_Way";
        if (was.Explanation != now.Explanation || was.Reason != now.Reason || was.Comment != now.Comment) yield return "Changed_Words";
    }

    private async Task LoadAsync()
    {
        _case = await Queries.OpenAsync(User, Id, Leaving);
        _missing = _case is null;
    }

    private void See()
    {
        _changes.Clear();
        _seenVersion = _case?.Open.Refund.Version ?? 0;
    }

    private Task TakeUpAsync() => DoAsync(() => Actions.TakeUpAsync(User, Id, Leaving));

    private Task PutBackAsync() => DoAsync(() => Actions.PutBackAsync(User, Id, Leaving));

    private Task RefuseAsync() => DoAsync(() => Actions.RefuseAsync(User, Id, _seenVersion, _words, Leaving));

    private Task AskAsync() => DoAsync(() => Actions.AskMoreAsync(User, Id, _seenVersion, _words, Leaving));

    private Task ApproveAsync() => DoAsync(async () =>
    {
        var principal = (await States.GetAuthenticationStateAsync()).User;
        var outcome = await Actions.ApproveAsync(User, Id, _seenVersion, await SignIns.ProofAsync(principal, Leaving), _words, Leaving);
        if (outcome.Refusal?.Key != "SignInNotFresh") return outcome;
        (_asksPassword, _passwordRefusal) = (true, null);
        return Outcome.Done;
    });

    private async Task PasswordAsync(string password)
    {
        var principal = (await States.GetAuthenticationStateAsync()).User;
        _passwordRefusal = (await SignIns.ConfirmAsync(principal, password, Leaving)).Refusal;
        if (_passwordRefusal is not null) return;
        _asksPassword = false;
        await ApproveAsync();
    }

    private async Task DoAsync(Func<Task<Outcome>> deed)
    {
        if (_isBusy) return;
        _isBusy = true;
        try
        {
            _refusal = (await deed()).Refusal;
            var was = _case?.Open.Refund;
            await LoadAsync();
            if (was is not null && _case?.Open.Refund is { } now && !ChangedIn(was, now).Any() && _changes.Count == 0) _seenVersion = now.Version;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string Text(long minor) => new Money(minor, _case!.Open.Refund.Currency).ToString();
}
