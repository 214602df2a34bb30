using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>Everything due in the person's stores, by time. Rows change their band by themselves: each limit of a band is an alert stage
/// too, and an alert draws the page anew.</summary>
public sealed partial class DuePage
{
    private const int PageSize = 50;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(300);
    private DuePart? _part;
    private DueCounters _counters = DueCounters.None;
    private int? _shown;

    /// <summary>Only this store; chosen in the top bar.</summary>
    [SupplyParameterFromQuery(Name = "store")] public int? Store { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_part is not null && _shown == Store) return;
        _shown = Store;
        await LoadAsync(PageSize);
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Deadline or EventKind.Alert or EventKind.Membership or EventKind.Rule;

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        // In a busy store something changes all the time; the next change comes with what gathered meanwhile.
        if (changes.All(c => c.Kind is not (EventKind.Alert or EventKind.Membership))) await Task.Delay(GatherFor, Leaving);
        await LoadAsync(Math.Max(PageSize, _part?.Items.Count ?? 0));
    }

    private async Task LoadAsync(int count)
    {
        var user = await Session.UserAsync();
        _counters = await Queries.CountersAsync(user, Store, Leaving);
        _part = await Queries.DueAsync(user, Store, null, count, Leaving);
    }

    private async Task MoreAsync()
    {
        var last = _part!.Items[^1];
        var next = await Queries.DueAsync(await Session.UserAsync(), Store, new DueCursor(last.DueAt, last.Id), PageSize, Leaving);
        _part = new DuePart([.. _part.Items, .. next.Items], next.HasMore);
    }

    private IEnumerable<Band> Bands()
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        Band[] bands =
        [
            new("over", T["BandOverdue", _counters.Overdue], Between(null, now)),
            new("urgent", T["BandWithin", T.Span(_counters.UrgentFor), _counters.Urgent], Between(now, now + _counters.UrgentFor)),
            new("soon", T["BandWithin", T.Span(_counters.SoonFor), _counters.Soon], Between(now + _counters.UrgentFor, now + _counters.SoonFor)),
            new("", T["BandLater", _counters.Later], Between(now + _counters.SoonFor, null)),
        ];
        return bands.Where(b => b.Items.Count > 0);
    }

    private static string Text(int count) => count >= DueCounters.Cap ? $"{count}+" : $"{count}";

    private List<DueItem> Between(DateTime? after, DateTime? until) =>
        [.. _part!.Items.Where(i => (after is null || i.DueAt > after) && (until is null || i.DueAt <= until))];

    private sealed record Band(string Look, string Title, List<DueItem> Items);
}
