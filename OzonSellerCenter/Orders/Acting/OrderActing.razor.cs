using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Acting;

/// <summary>The buttons of a posting. Each wish goes to the outbox; the page shows how far it is.</summary>
public sealed partial class OrderActing
{
    private PostingAct? _open;
    private PostingChoices? _choices;
    private PostingAddress? _address;
    private Guid _key = Guid.NewGuid();
    private string? _refusal;
    private bool _asking;

    [Inject] private ShippingActions Actions { get; set; } = default!;
    [Inject] private PostingChoiceQueries Choices { get; set; } = default!;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenOrder Order { get; set; } = default!;

    private IReadOnlyList<PostingAct> Acts => PostingActs.Of(Order.AvailableActions, Order.Posting.Items.Sum(i => i.Quantity));

    private bool CanReaddress => WishCheck.CanReaddress(Order.Posting.Scheme, Order.Posting.Status);

    private IEnumerable<ShownDeed> Waiting => Order.Deeds.Where(d => d.IsUnderWay);

    // What cannot be taken back is never the step that is offered first.
    private static string? LookOf(PostingAct act, int number) => act is PostingAct.Cancel or PostingAct.CancelItems ? "danger" : number == 0 ? "primary" : null;

    protected override void OnParametersSet()
    {
        // What is not allowed any more is not left open.
        if (_open is { } open && !(open == PostingAct.Address ? CanReaddress : Acts.Contains(open))) Close();
    }

    private async Task ChooseAsync(PostingAct act)
    {
        (_refusal, _key) = (null, Guid.NewGuid());
        if (PostingActs.WishOf(act) is { } wish)
        {
            _open = null;
            await AskAsync(wish);
            return;
        }

        (_open, _choices, _address) = (_open == act ? null : act, null, null);
        if (_open == PostingAct.Address)
        {
            var address = await Choices.AddressAsync(User, Order.Posting.PostingNumber, CancellationToken.None);
            if (_open == act) _address = address;
        }

        if (_open is not (PostingAct.Cancel or PostingAct.CancelItems or PostingAct.DeliveryDate)) return;
        var choices = await Choices.ForAsync(User, Order.Posting.PostingNumber, act, CancellationToken.None);
        if (_open == act) _choices = choices;
    }

    private Task MissingAsync() => ChooseAsync(Acts.Contains(PostingAct.CancelItems) ? PostingAct.CancelItems : PostingAct.Cancel);

    private async Task AskAsync(PostingWish wish)
    {
        if (_asking) return;
        _asking = true;
        try
        {
            var outcome = await Actions.AskAsync(User, Order.Posting.PostingNumber, wish, _key, CancellationToken.None);
            _refusal = T.Of(outcome.Refusal);
            if (outcome.IsDone) Close();
        }
        finally
        {
            _asking = false;
        }
    }

    private void Close() => (_open, _choices, _address, _key) = (null, null, null, Guid.NewGuid());

    private async Task TakeBackAsync(long deedId) => _refusal = T.Of((await Actions.TakeBackAsync(User, deedId, CancellationToken.None)).Refusal);
}
