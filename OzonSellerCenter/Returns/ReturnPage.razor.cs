using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Page;

namespace OzonSellerCenter.Returns;

/// <summary>The page of a buyer's request. An id of others is shown like one that never was.</summary>
public sealed partial class ReturnPage
{
    private CurrentUser? _user;
    private OpenReturn? _open;
    private long? _read;
    private bool _missing;
    private bool _failed;

    [Inject] private ILogger<ReturnPage> Log { get; set; } = default!;

    /// <summary>Ours, not Ozon's.</summary>
    [Parameter] public long Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id) return;
        (_read, _open, _missing) = (Id, null, false);
        _user ??= await Session.UserAsync();
        await LoadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind switch
    {
        EventKind.Return => change.Subject == Id.ToString(CultureInfo.InvariantCulture) || _open?.Earlier.Any(e => change.Subject == e.Id.ToString(CultureInfo.InvariantCulture)) == true,
        EventKind.Posting => change.StoreId == _open?.Request.StoreId && change.Subject == _open.Request.PostingNumber,
        EventKind.Refund => _open?.Refunds.Any(r => change.Subject == r.Id.ToString(CultureInfo.InvariantCulture)) == true,
        EventKind.Store => change.StoreId == _open?.Request.StoreId,
        EventKind.Membership => change.Subject == _user?.Id,
        _ => false,
    };

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    private async Task LoadAsync()
    {
        var id = Id;
        try
        {
            var open = await Returns.OpenAsync(_user!, id, Leaving);
            if (id != Id) return;
            (_open, _missing, _failed) = (open, open is null, false);
        }
        catch (System.Data.Common.DbException fault)
        {
            // What was shown stays; without it there is a button to try again.
            Log.LogError(fault, "A request could not be read");
            _failed = true;
        }
    }

    private static Dictionary<string, object> GivenTo(CurrentUser user, ReturnRequest request) => new()
    {
        ["User"] = user,
        ["StoreId"] = request.StoreId,
        ["OrderNumber"] = request.OrderNumber,
        ["PostingNumber"] = request.PostingNumber,
    };
}
