using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>One case at the desk. A decision holds for what was on the screen: what changes while it is read is pointed out, and has to be seen first.</summary>
public sealed partial class DeskPanel
{
    private readonly List<string> _changes = [];
    private OpenCase? _case;
    private long _seenVersion;
    private bool _missing;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public long Id { get; set; }

    [Inject] private CaseQueries Queries { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        See();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind switch
    {
        EventKind.Dispute => change.Subject == Id.ToString(CultureInfo.InvariantCulture),
        EventKind.Posting => change.Subject == _case?.Dispute.PostingNumber,
        EventKind.Membership => change.Subject == User.Id,
        EventKind.Rule => change.StoreId == _case?.Dispute.StoreId,
        _ => false,
    };

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadSeenAsync();

    /// <summary>Reads again, and points out what the decision hangs on.</summary>
    private async Task LoadSeenAsync()
    {
        var was = _case;
        await LoadAsync();
        if (was is null || _case is not { } now) return;
        foreach (var key in ChangedIn(was, now).Where(k => !_changes.Contains(k))) _changes.Add(key);

        // Who has taken it up, and what the person himself did, is no change of what is decided.
        if (_changes.Count == 0) _seenVersion = now.Dispute.Version;
    }

    private static IEnumerable<string> ChangedIn(OpenCase was, OpenCase now)
    {
        var (before, after) = (was.Dispute, now.Dispute);
        if (before.Claim != after.Claim || before.ClaimAmount != after.ClaimAmount || before.Topic != after.Topic) yield return "Changed_Claim";
        if (before.Account != after.Account || before.Offer != after.Offer) yield return "Changed_Account";
        if (!was.Evidence.Select(i => (i.Id, i.WithdrawnAt, i.Caption)).SequenceEqual(now.Evidence.Select(i => (i.Id, i.WithdrawnAt, i.Caption)))) yield return "Changed_Evidence";
        if (now.Steps.Skip(was.Steps.Count).Any(s => s.Event is DisputeEvent.BuyerWrote or DisputeEvent.BuyerAnswer)) yield return "Changed_Buyer";

        // Money that a decision of this case moved is no news to who decided.
        if (was.Money is { } money && now.Money is { } left && money.Held - money.PaidByCase != left.Held - left.PaidByCase) yield return "Changed_Money";
    }

    private async Task LoadAsync()
    {
        _case = await Queries.OpenAsync(User, Id, Leaving);
        _missing = _case is null;
    }

    private void See()
    {
        _changes.Clear();
        _seenVersion = _case?.Dispute.Version ?? 0;
    }

    private string Sum(long minor) => new Money(minor, _case!.Dispute.Currency).ToString();
}
