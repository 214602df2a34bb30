using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Page;

/// <summary>The decisions on a request. What was typed stays when it was refused, and when Ozon decided meanwhile.</summary>
public sealed partial class ReturnActing
{
    private OfferedAction? _open;
    private IReadOnlyList<RejectionReason> _rejections = [];
    private Guid _key = Guid.NewGuid();
    private string? _refusal;
    private bool _asking;

    [Inject] private ReturnActions Actions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenReturn Open { get; set; } = default!;

    [CascadingParameter] private ShopTime? Shop { get; set; }

    private ReturnRequest Request => Open.Request;

    private bool IsBusy => Open.UnderWay is not null || Open.OpenRefund is not null;

    /// <summary>Ozon does not offer any more what the form is about, or something else is on its way.</summary>
    private bool IsGone => IsBusy || !Request.Actions.Any(a => a.Id == _open?.Id);

    private bool CanPay(ReturnAct act) => !IsBusy && Request.PostingNumber.Length > 0 && (act != ReturnAct.Compensate || (Request.Offers < ReturnActs.MaxOffers && Request.Worth > 2 * Refunds.RefundBasis.OneUnit));

    private string RefundLink(OfferedAction action) => string.Create(CultureInfo.InvariantCulture, $"{Links.StartRefund(Request.PostingNumber, Request.Id)}&action={action.Id}");

    private void Choose(OfferedAction action)
    {
        // The reasons are kept as they were offered: without them nobody could read what he had chosen once Ozon has decided.
        (_refusal, _key, _rejections) = (null, Guid.NewGuid(), Request.Rejections);
        _open = _open?.Id == action.Id ? null : action;
    }

    private async Task DecideAsync(ReturnDecision decision)
    {
        if (_asking) return;
        _asking = true;
        try
        {
            var outcome = await Actions.DecideAsync(User, Request.Id, decision, _key, CancellationToken.None);
            _refusal = T.Of(outcome.Refusal);
            if (outcome.IsDone) Close();
        }
        finally
        {
            _asking = false;
        }
    }

    private void Close() => (_open, _key, _refusal) = (null, Guid.NewGuid(), null);

    private async Task TakeBackAsync(long deedId) => _refusal = T.Of((await Actions.TakeBackAsync(User, deedId, CancellationToken.None)).Refusal);

    private string Sum(long minor) => new Money(minor, Request.Currency).ToString();
}
