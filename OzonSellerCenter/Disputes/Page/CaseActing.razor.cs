using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>What follows in a case. Each form has its key, made when it was opened: pressed twice it is done once.</summary>
public sealed partial class CaseActing
{
    private ElementReference _amountBox;
    private ElementReference _ticketBox;
    private ElementReference _wordsBox;
    private CaseAct _act;
    private Guid _key;
    private string _words = "";
    private string _amount = "";
    private string _ticket = "";
    private DisputeOutcome _outcome;
    private FormErrors _errors = new();
    private string? _refusal;
    private string? _done;
    private bool _isBusy;
    private bool _wantsFocus;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenDispute Open { get; set; } = default!;

    /// <summary>Something was done that the page has to read again.</summary>
    [Parameter, EditorRequired] public EventCallback OnDone { get; set; }

    private Dispute Case => Open.Dispute;

    private ShopTime Shop => ShopTime.In(Open.TimeZone);

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    private bool IsLate => Open.NextTurn?.DueAt <= Now;

    /// <summary>It cannot be done any more: what was typed can still be read.</summary>
    private bool IsGone => !CaseActs.Can(Case, _act, Open.DeskDecides, Now);

    private bool TakesAmount => _act == CaseAct.Settle || (_act == CaseAct.OzonDecided && _outcome == DisputeOutcome.Split);

    private string NowKey => Case.State switch
    {
        DisputeState.Closed => $"Outcome_{Case.Outcome}",
        DisputeState.Decided => $"Decided_{Case.Outcome}",
        DisputeState.Gathering when Case.Kind == DisputeKind.Withholding => "Next_Contest",
        DisputeState.SellerAsked when Case.Kind == DisputeKind.Withholding => "Next_Video",
        DisputeState.AtOzon when Case.Kind == DisputeKind.Carrier => "Next_Carrier",
        _ => $"Next_{Case.State}",
    };

    /// <summary>What happens if nobody acts; null where nothing more does.</summary>
    private string? SilenceKey => Case.State switch
    {
        DisputeState.Closed => null,
        DisputeState.Gathering when Case is { Kind: DisputeKind.Withholding, Instance: 1 } => "Silence_Contest",
        DisputeState.SellerAsked when Case.Kind == DisputeKind.Withholding => "Silence_Video",
        DisputeState.Gathering or DisputeState.SellerAsked => "Silence_Account",
        DisputeState.Decided => Case.Instance == 1 ? "Silence_Appeal" : "Silence_Final",
        DisputeState.Released => "Silence_HandOver",
        DisputeState.BuyerAsked => "Silence_Buyer",
        _ => "Silence_Others",
    };

    private string Hint => _act switch
    {
        CaseAct.Escalate => Open.SupportChat is null ? "Hint_EscalateByHand" : "Hint_Escalate",
        CaseAct.Withdraw when !CaseActs.IsOfBuyer(Case) => "Hint_WithdrawOurs",
        _ => $"Hint_{_act}",
    };

    private string DoKey => _act == CaseAct.Escalate && Open.SupportChat is null ? "EscalatedByHand" : $"{_act}";

    private string Label(CaseAct act) => act == CaseAct.Withdraw && !CaseActs.IsOfBuyer(Case) ? "Act_WithdrawOurs" : $"Act_{act}";

    private void Choose(CaseAct act)
    {
        if (_act == act)
        {
            Close();
            return;
        }

        (_act, _key, _errors, _refusal, _done) = (act, Guid.NewGuid(), new FormErrors(), null, null);
        _words = act switch
        {
            CaseAct.Escalate => DisputeTemplates.Escalation(Case, Now),
            CaseAct.ShowProof => DisputeTemplates.Proof(Case, Open.Record.TrackingNumber, Open.Record.DeliveredAt is { } at ? Shop.Local(at) : null),
            _ => "",
        };
        (_outcome, _ticket, _amount) = (DisputeOutcome.None, Case.OzonTicket, act == CaseAct.Settle && Case.Offer > 0 ? AmountText.Show(Case.Offer) : "");
    }

    private void Close() => (_act, _refusal, _errors) = (CaseAct.None, null, new FormErrors());

    private async Task DoAsync()
    {
        if (_isBusy || IsGone) return;
        (_isBusy, _refusal, _done) = (true, null, null);
        try
        {
            _errors = Check(out var amount);
            _wantsFocus = _errors.Any;
            if (_errors.Any) return;
            var act = _act;
            _refusal = await DoAsync(act, amount);
            if (_refusal is not null) return;
            Close();
            _done = act == CaseAct.Escalate && Open.SupportChat is null ? "Done_EscalatedByHand" : $"Done_{act}";
            await OnDone.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private FormErrors Check(out long amount)
    {
        amount = 0;
        var errors = new FormErrors();
        if (_act == CaseAct.OzonDecided) errors.Require(_outcome != DisputeOutcome.None, "Outcome", "OutcomeMissing");
        if (TakesAmount && AmountText.Read(_amount, Case.Currency, out amount).Refusal is { } wrong) errors.Add("Amount", wrong.Key, Case.Currency);
        errors.Require(amount <= Case.ClaimAmount, "Amount", "OfferWrong", new Money(Case.ClaimAmount, Case.Currency));
        if (_act == CaseAct.HandOver) errors.Require(!string.IsNullOrWhiteSpace(_ticket), "Ticket", "TicketMissing");
        else errors.Require(!string.IsNullOrWhiteSpace(_words), "Words", "WordsMissing");
        return errors;
    }

    /// <returns>Why it was refused, in the person's words; null when it was done.</returns>
    private async Task<string?> DoAsync(CaseAct act, long amount)
    {
        var (id, stay) = (Case.Id, CancellationToken.None);
        if (act == CaseAct.Escalate && Open.SupportChat is { } chat
            && (await Chats.SendAsync(User, new Reply(chat, _key, _words, [], 0, Anyway: true, KeepsDraft: true), stay)).Refusal is { } unsent)
            return Inbox[unsent.Key, [.. unsent.Args.Select(a => a is DateTime at ? Shop.DayAndTime(at, Now) : a)]];
        var outcome = act switch
        {
            CaseAct.Escalate => await Actions.EscalateAsync(User, id, _words, stay),
            CaseAct.ShowProof => await Actions.ShowProofAsync(User, id, _key, _words, stay),
            CaseAct.Settle or CaseAct.Withdraw => await Actions.EndAsync(User, id, act == CaseAct.Settle, _words, amount, stay),
            CaseAct.HandOver => await Actions.HandOverAsync(User, id, _ticket, stay),
            CaseAct.OzonDecided => await Actions.OzonDecidedAsync(User, id, _outcome, AwardedBy(_outcome, amount), _words, stay),
            _ => await Actions.AppealAsync(User, id, _words, stay),
        };
        return T.Of(outcome.Refusal);
    }

    /// <summary>What a whole decision gives: to the buyer, with a withholding back to the shop.</summary>
    private long AwardedBy(DisputeOutcome outcome, long split) => outcome switch
    {
        DisputeOutcome.Split => split,
        DisputeOutcome.Buyer when CaseActs.IsOfBuyer(Case) => Case.ClaimAmount,
        DisputeOutcome.Seller when !CaseActs.IsOfBuyer(Case) => Case.ClaimAmount,
        _ => 0,
    };

    private string? Invalid(string field) => _errors[field] is null ? null : "true";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_wantsFocus) return;
        _wantsFocus = false;
        var box = _errors.IsFirst("Amount") ? _amountBox : _errors.IsFirst("Ticket") ? _ticketBox : _errors.IsFirst("Words") ? _wordsBox : default;
        if (box.Context is not null) await box.FocusAsync();
    }
}
