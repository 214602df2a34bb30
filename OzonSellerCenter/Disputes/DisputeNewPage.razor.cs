using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes;

/// <summary>The form that opens a case. Its key is made once, so that sent twice it opens one.</summary>
public sealed partial class DisputeNewPage
{
    private readonly Guid _key = Guid.NewGuid();
    private ElementReference _claimBox;
    private ElementReference _amountBox;
    private CurrentUser? _user;
    private DisputeGround? _ground;
    private StoreRules? _rules;
    private FormErrors _errors = new();
    private Reason? _refusal;
    private DisputeKind _kind;
    private DisputeTopic _topic;
    private long _sku;
    private string _claim = "";
    private string _amount = "";
    private bool _isBusy;
    private bool _wantsFocus;
    private bool _missing;
    private bool _failed;

    [Inject] private ILogger<DisputeNewPage> Log { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _user = await Session.UserAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var words = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        long? Number(string name) => long.TryParse(words.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        var order = words.GetValueOrDefault("order").ToString();
        try
        {
            _ground = await Opening.GroundAsync(_user!, order.Length is > 0 and <= 40 ? order : null, Number("return"), Number("conversation"), CancellationToken.None);
            (_missing, _failed) = (_ground is null, false);
            if (_ground is not { } ground) return;
            _rules = await Rulebook.ForAsync(ground.StoreId, CancellationToken.None);
            (_kind, _topic, _claim) = (ground.Kind, ground.Topic, ground.Claim);
            _amount = AmountText.Show(ground.Items is [var only] ? only.Price : ground.Total);
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "What a case is to be opened about could not be read");
            _failed = true;
        }
    }

    /// <summary>What a kind is, with the limits that hold for it.</summary>
    private string About(DisputeKind kind)
    {
        int Of(string key) => (int)_rules!.At(key, Clock.GetUtcNow().UtcDateTime).Value;

        return kind switch
        {
            DisputeKind.ReturnContested => T.Count("KindAbout_ReturnContested", Of(RuleKeys.DisputeOpen), Of(RuleKeys.DisputeOzonDecision)),
            DisputeKind.Withholding => T.Count("KindAbout_Withholding", Of(RuleKeys.DisputeContest), Of(RuleKeys.DisputeVideo)),
            DisputeKind.Carrier => T.Count("KindAbout_Carrier", Of(RuleKeys.DisputeCarrier)),
            _ => T.Count("KindAbout_Complaint", Of(RuleKeys.DisputeAnswer)),
        };
    }

    // The amount follows the piece as long as it is that of the former one.
    private void ChooseItem(ChangeEventArgs e)
    {
        var before = AmountText.Show(PriceOf(_sku));
        _sku = long.TryParse(e.Value as string, CultureInfo.InvariantCulture, out var sku) ? sku : 0;
        if (_amount == before) _amount = AmountText.Show(PriceOf(_sku));
    }

    private long PriceOf(long sku) => _ground!.Items.FirstOrDefault(i => i.Sku == sku)?.Price ?? _ground.Total;

    private async Task OpenAsync()
    {
        if (_isBusy || _ground is not { } ground) return;
        (_isBusy, _refusal, _errors) = (true, null, new FormErrors());
        try
        {
            _errors.Require(!string.IsNullOrWhiteSpace(_claim), "Claim", "ClaimMissing");
            if (AmountText.Read(_amount, ground.Currency, out var amount).Refusal is { } wrong) _errors.Add("Amount", wrong.Key, ground.Currency);
            else _errors.Require(amount <= ground.Total, "Amount", "AmountWrong", new Money(ground.Total, ground.Currency));
            _wantsFocus = _errors.Any;
            if (_errors.Any) return;
            var requestId = _kind is DisputeKind.Carrier ? null : ground.ReturnRequestId;
            var (outcome, id) = await Opening.OpenAsync(_user!, new NewDispute(_key, _kind, _topic, ground.PostingNumber, requestId, ground.ConversationId, _sku, _claim, amount), CancellationToken.None);
            _refusal = outcome.Refusal;
            if (_refusal is { Key: "KindWrong" }) _errors.Add("Kind", "KindWrong");
            if (outcome.IsDone) Navigation.NavigateTo(Links.Dispute(id));
        }
        finally
        {
            _isBusy = false;
        }
    }

    private string? Invalid(string field) => _errors[field] is null ? null : "true";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_wantsFocus) return;
        _wantsFocus = false;
        await (_errors.IsFirst("Claim") ? _claimBox : _amountBox).FocusAsync();
    }
}
