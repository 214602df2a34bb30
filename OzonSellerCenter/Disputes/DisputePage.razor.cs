using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Page;

namespace OzonSellerCenter.Disputes;

/// <summary>The page of a case. An id of others is shown like one that never was.</summary>
public sealed partial class DisputePage
{
    private CurrentUser? _user;
    private OpenDispute? _open;
    private long? _read;
    private bool _missing;
    private bool _failed;

    [Inject] private ILogger<DisputePage> Log { get; set; } = default!;

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
        EventKind.Dispute => change.Subject == Id.ToString(CultureInfo.InvariantCulture) || _open?.Earlier.Cases.Any(c => change.Subject == c.Id.ToString(CultureInfo.InvariantCulture)) == true,
        EventKind.Posting => change.StoreId == _open?.Dispute.StoreId && change.Subject == _open.Dispute.PostingNumber,
        EventKind.Return => _open?.Dispute.ReturnRequestId is { } request && change.Subject == request.ToString(CultureInfo.InvariantCulture),
        EventKind.Rule or EventKind.Store => change.StoreId == _open?.Dispute.StoreId,
        EventKind.Membership => change.StoreId == _open?.Dispute.StoreId || change.Subject == _user?.Id,
        _ => false,
    };

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => _user is null ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        var id = Id;
        try
        {
            var open = await Disputes.OpenAsync(_user!, id, Leaving);
            if (id != Id) return;

            // What is read later may be older: the case as it stood before something was saved here must not come back.
            if (open is not null && _open is { } shown && shown.Dispute.Id == id && open.Dispute.Version < shown.Dispute.Version) return;
            (_open, _missing, _failed) = (open, open is null, false);
        }
        catch (System.Data.Common.DbException fault)
        {
            // What was shown stays; without it there is a button to try again.
            Log.LogError(fault, "A case could not be read");
            _failed = true;
        }
    }
}
