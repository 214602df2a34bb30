using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Packs of one case.</summary>
public sealed partial class PackPanel
{
    private IReadOnlyList<PackView>? _packs;
    private string _language = PackLanguage.All[0].Tag;
    private Reason? _refusal;
    private long _read;
    private bool _isBusy;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public Dispute Dispute { get; set; } = default!;

    /// <summary>A person has one at a time.</summary>
    private bool IsUnderWay => _packs?.Any(p => !p.Pack.IsOver && p.Pack.AskedBy == User.Id) == true;

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Dispute.Id) return;
        (_read, _packs, _refusal) = (Dispute.Id, null, null);
        await ReadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind switch
    {
        EventKind.Dispute => change.StoreId == Dispute.StoreId && change.Subject == Dispute.Id.ToString(CultureInfo.InvariantCulture),
        EventKind.Membership => change.Subject == User.Id,
        _ => false,
    };

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => ReadAsync();

    private async Task ReadAsync()
    {
        var id = Dispute.Id;
        var packs = await Queries.OfDisputeAsync(User, id, Leaving);
        if (id == Dispute.Id) _packs = packs;
    }

    private async Task AskAsync()
    {
        if (_isBusy) return;
        _isBusy = true;
        try
        {
            _refusal = (await Actions.AskAsync(User, Dispute.Id, _language, Leaving)).Outcome.Refusal;
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task CancelAsync(long id)
    {
        _refusal = (await Actions.CancelAsync(User, id, Leaving)).Refusal;
        await ReadAsync();
    }

    private string ErrorOf(EvidencePack pack)
    {
        var parts = (pack.Error ?? "").Split(':');
        return T[$"Error_{parts[0]}", parts[^1]];
    }

    private static string NameOf(string language) => PackLanguage.All.FirstOrDefault(l => l.Tag == language)?.Name ?? language;

    private static string ToneOf(PackState state) => state switch
    {
        PackState.Ready => "met",
        PackState.Failed => "over",
        PackState.Cancelled => "paused",
        _ => "accent",
    };
}
