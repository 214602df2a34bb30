using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>The evidence of a case, and the place where more is added.</summary>
public sealed partial class EvidenceCard
{
    private static readonly string Accepted = string.Join(',', EvidenceType.All.SelectMany(t => t.Extensions.Prepend(t.ContentType)));

    // Words of the script that draws uploads.
    private static readonly string[] Words =
    [
        "Uploading", "Waiting", "Checking", "Paused", "Retrying", "ChooseAgain", "FileGone", "SignedOut", "Failed", "Added", "Pause", "Resume", "Cancel", "Dismiss",
    ];

    private EvidenceList _list = EvidenceList.Empty;
    private ElementReference _root;
    private IJSObjectReference? _uploads;
    private string? _refusal;
    private long _withdraws;
    private string _why = "";
    private bool _compares;
    private long _read;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public Dispute Dispute { get; set; } = default!;

    /// <summary>The screen lets people add and change; whether this person may, his role and the case say.</summary>
    [Parameter] public bool MayAdd { get; set; }

    [CascadingParameter] public ShopTime? Shop { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private bool CanAdd => MayAdd && _list.MayChange && Dispute.IsOpen;

    private IReadOnlyList<ComparedPhoto> Buyers => Photos(l => l.Item.Kind == EvidenceKind.BuyerPhoto || l.Item.Side == EvidenceSide.Buyer);

    private IReadOnlyList<ComparedPhoto> Listing => Photos(l => l.Item.Kind == EvidenceKind.ListingPhoto);

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Dispute.Id) return;
        _read = Dispute.Id;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        var module = await Js.InvokeAsync<IJSObjectReference>("import", Leaving, AssetFiles.Url("js/evidence.js"));
        _uploads = await module.InvokeAsync<IJSObjectReference>("attach", Leaving, _root, new
        {
            user = User.Id,
            dispute = Dispute.Id,
            url = Links.EvidenceUploads(Dispute.Id),
            sprite = AssetFiles.Url("icons/sprite.svg"),
            texts = Words.ToDictionary(w => w, w => T[w].Value),
        });
    }

    protected override bool Concerns(StoreEvent change) => change.StoreId == Dispute.StoreId
        && (change.Kind == EventKind.Membership || (change.Kind == EventKind.Dispute && change.Subject == Dispute.Id.ToString(CultureInfo.InvariantCulture)));

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    protected override async ValueTask OnLeavingAsync()
    {
        try
        {
            if (_uploads is not null) await _uploads.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its scripts with it.
        }
    }

    private async Task LoadAsync() => _list = await Queries.ListAsync(User, Dispute.Id, Leaving);

    private async Task DoAsync(Task<Outcome> change)
    {
        _refusal = T.Of((await change).Refusal);
        await LoadAsync();
    }

    private async Task WithdrawAsync(long itemId)
    {
        var outcome = await Actions.WithdrawAsync(User, itemId, _why, CancellationToken.None);
        _refusal = T.Of(outcome.Refusal);
        if (outcome.IsDone) _withdraws = 0;
        await LoadAsync();
    }

    private bool CanWithdraw(EvidenceLine line) => CanAdd && Dispute.IsWritable && line.Item.Side != EvidenceSide.Buyer;

    private static EvidenceRole RoleOf(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var role) ? (EvidenceRole)role : EvidenceRole.None;

    private IEnumerable<string> Facts(EvidenceLine line)
    {
        var item = line.Item;
        yield return item.Kind == EvidenceKind.File && line.Type is { } type ? type.Name : T[$"Kind_{item.Kind}"];
        if (item.Extent > 0 && line.Type?.Group == EvidenceGroup.Document) yield return T.Count("Pages", item.Extent);
        if (item.Extent > 0 && line.Type?.Group == EvidenceGroup.Video)
            yield return TimeSpan.FromSeconds(item.Extent).ToString(item.Extent < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
        yield return FileSizes.Of(item.Size);
    }

    private static string SignOf(EvidenceLine line) => line.Item.Kind switch
    {
        EvidenceKind.OrderRecord => "orders",
        EvidenceKind.Transcript => "chat",
        EvidenceKind.Tracking => "truck",
        EvidenceKind.ListingText => "tag",
        _ => line.Type?.Group switch
        {
            EvidenceGroup.Video => "video",
            EvidenceGroup.Picture => "image",
            _ => "file",
        },
    };

    private string When(DateTime at) => (Shop ?? ShopTime.Moscow).DayAndTime(at, Clock.GetUtcNow().UtcDateTime);

    private static long Megabytes(long bytes) => bytes / EvidenceLimits.Megabyte;

    private List<ComparedPhoto> Photos(Func<EvidenceLine, bool> which) =>
        [.. _list.Lines.Where(l => !l.IsWithdrawn && l.Item.ViewSha256 is not null && which(l)).Select(l => new ComparedPhoto(Links.EvidenceView(l.Item.Id), l.Item.Name))];
}
