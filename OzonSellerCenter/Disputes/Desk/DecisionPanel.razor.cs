using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>What is asked of one of the sides.</summary>
/// <param name="OfBuyer">Of the buyer; else of the shop.</param>
public sealed record AskedMore(bool OfBuyer, string Words);

/// <summary>The reviewer's part of the desk. What he types stays, whatever is refused or changes around it.</summary>
public sealed partial class DecisionPanel
{
    private DecisionDraft _draft = DecisionDraft.Empty;
    private AskedMore _asked = new(false, "");
    private Verdict? _verdict;
    private Reason? _errors;
    private Reason? _refusal;
    private Reason? _passwordRefusal;
    private Mode _mode;
    private string _words = "";
    private bool _asksPassword;
    private bool _isBusy;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenCase Case { get; set; } = default!;

    /// <summary>Of the case as the reviewer has seen it.</summary>
    [Parameter, EditorRequired] public long Version { get; set; }

    /// <summary>Something changed that he has not seen.</summary>
    [Parameter] public bool IsBlocked { get; set; }

    /// <summary>Something was done, or refused: look again.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    [CascadingParameter] private ShopTime? Shop { get; set; }

    [Inject] private DeskActions Actions { get; set; } = default!;
    [Inject] private FreshSignIn SignIns { get; set; } = default!;
    [Inject] private AuthenticationStateProvider States { get; set; } = default!;

    private enum Mode
    {
        Write,
        Ask,
        Review,
    }

    private Dispute Dispute => Case.Dispute;

    private bool IsWaiting => Dispute.State is DisputeState.Submitted or DisputeState.InReview;

    private bool IsTheirs => Dispute.State == DisputeState.InReview && Dispute.Reviewer != User.Id;

    private string AmountLabel => Dispute.Kind == DisputeKind.Withholding ? "BackToShop" : "ToBuyer";

    private void Typed(DecisionDraft draft) => (_draft, _errors) = (draft, null);

    /// <summary>The verdict as far as it is typed, for telling what would follow; null while no outcome, or no amount, is clear.</summary>
    private Verdict? Preview => _draft.Outcome != DisputeOutcome.None && _draft.Read(Case, 0, out var verdict).IsDone ? verdict : null;

    private void Review()
    {
        _refusal = null;
        _errors = _draft.Read(Case, Case.Terms.LeastWords, out var verdict).Refusal;
        if (_errors is null) (_verdict, _mode) = (verdict, Mode.Review);
    }

    private Task TakeUpAsync() => DoAsync(() => Actions.TakeUpAsync(User, Dispute.Id, CancellationToken.None));

    private Task PutBackAsync() => DoAsync(() => Actions.PutBackAsync(User, Dispute.Id, CancellationToken.None));

    private Task ReleaseAsync() => DoAsync(() => Actions.ReleaseAsync(User, Dispute.Id, Version, _words, CancellationToken.None));

    private async Task AskAsync()
    {
        await DoAsync(() => _asked.OfBuyer
            ? Actions.AskBuyerAsync(User, Dispute.Id, Version, _asked.Words, CancellationToken.None)
            : Actions.AskSellerAsync(User, Dispute.Id, Version, _asked.Words, CancellationToken.None));
        if (_refusal is null) (_asked, _mode) = (new AskedMore(false, ""), Mode.Write);
    }

    private Task ConfirmAsync() => DoAsync(async () =>
    {
        var principal = (await States.GetAuthenticationStateAsync()).User;
        var proof = await SignIns.ProofAsync(principal, CancellationToken.None);
        var outcome = await Actions.DecideAsync(User, Dispute.Id, Version, _verdict!, proof, CancellationToken.None);
        if (outcome.Refusal?.Key == "SignInNotFresh")
        {
            (_asksPassword, _passwordRefusal) = (true, null);
            return Outcome.Done;
        }

        // Refused, it goes back to where it was written.
        _mode = Mode.Write;
        return outcome;
    });

    private async Task PasswordAsync(string password)
    {
        var principal = (await States.GetAuthenticationStateAsync()).User;
        _passwordRefusal = (await SignIns.ConfirmAsync(principal, password, CancellationToken.None)).Refusal;
        if (_passwordRefusal is not null) return;
        _asksPassword = false;
        await ConfirmAsync();
    }

    private async Task DoAsync(Func<Task<Outcome>> deed)
    {
        if (_isBusy) return;
        _isBusy = true;
        try
        {
            _refusal = (await deed()).Refusal;
            await OnDone.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string Sum(long minor) => new Money(minor, Dispute.Currency).ToString();
}
