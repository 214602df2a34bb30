using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>One posting: what was bought, where it is, what it cost, and what stands beside it. A number of others is shown like one that never
/// was.</summary>
public sealed partial class OrderPage
{
    private CurrentUser? _user;
    private OpenOrder? _order;
    private string? _read;
    private bool _missing;
    private bool _failed;

    [Inject] private ILogger<OrderPage> Log { get; set; } = default!;

    [Parameter] public string PostingNumber { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        if (_read == PostingNumber) return;
        (_read, _order, _missing) = (PostingNumber, null, false);
        _user ??= await Session.UserAsync();
        await LoadAsync();
    }

    // A posting that is not known here yet may come.
    protected override bool Concerns(StoreEvent change) => change.Kind switch
    {
        EventKind.Posting => change.Subject == PostingNumber || _order?.Others.Any(o => o.PostingNumber == change.Subject) == true,
        EventKind.Product => change.StoreId == _order?.StoreId && (change.Subject.Length == 0 || _order.Posting.Items.Any(i => change.Subject == $"{i.Sku}")),
        EventKind.Store => change.StoreId == _order?.StoreId,

        // The notice to the buyer goes its way in a conversation.
        EventKind.Conversation => _order?.Readdressed?.Told == BuyerTold.UnderWay && change.StoreId == _order.StoreId,
        EventKind.Membership => change.Subject == _user?.Id,
        _ => false,
    };

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    private async Task LoadAsync()
    {
        var number = PostingNumber;
        try
        {
            var order = await Orders.OpenAsync(_user!, number, Leaving);
            if (number != PostingNumber) return;
            (_order, _missing, _failed) = (order, order is null, false);
        }
        catch (System.Data.Common.DbException fault)
        {
            // What was shown stays; without it there is a button to try again.
            Log.LogError(fault, "A posting could not be read");
            _failed = true;
        }
    }

    private static Dictionary<string, object> GivenTo(CurrentUser user, OpenOrder order) => new()
    {
        ["User"] = user,
        ["StoreId"] = order.StoreId,
        ["OrderNumber"] = order.OrderNumber,
        ["PostingNumber"] = order.Posting.PostingNumber,
    };
}
