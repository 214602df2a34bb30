using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Disputes.List;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Returns.List;
using OzonSellerCenter.Returns.Review;

namespace OzonSellerCenter.Shell;

/// <summary>The places of the app and how much waits in each.</summary>
public sealed partial class NavRail
{
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(300);
    private InboxCounters _inbox = new(0, 0);
    private DueCounters _due = DueCounters.None;
    private int _toDecide;
    private int _disputes;

    // Null for those who review nothing.
    private int? _reviews;
    private int? _cases;

    [Inject] private InboxQueries Inbox { get; set; } = default!;
    [Inject] private DeadlineQueries Deadlines { get; set; } = default!;
    [Inject] private ReturnListQueries Returns { get; set; } = default!;
    [Inject] private DisputeListQueries Disputes { get; set; } = default!;
    [Inject] private ReviewQueries Reviews { get; set; } = default!;
    [Inject] private DeskQueries Cases { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;

    protected override Task OnInitializedAsync() => CountAsync(_ => true);

    protected override bool Concerns(StoreEvent change) =>
        change.Kind is EventKind.Conversation or EventKind.Deadline or EventKind.Return or EventKind.Refund or EventKind.Dispute or EventKind.Alert or EventKind.Membership;

    // A deadline that passes is told by its alert, so the numbers follow the clock too. They come a little later than what they count: of a
    // message that reaches two hundred screens the message itself is shown on all of them first, and of many in a row they are counted once.
    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (changes.All(c => c.Kind != EventKind.Membership)) await Task.Delay(GatherFor, Leaving);
        await CountAsync(kind => changes.Any(c => c.Kind == kind || c.Kind == EventKind.Membership));
    }

    /// <summary>Counts what may have changed: a message, which reaches every open page, is nothing that returns and refunds have to be counted for.</summary>
    private async Task CountAsync(Func<EventKind, bool> hasChanged)
    {
        var user = await Session.UserAsync();
        _inbox = await Inbox.CountersAsync(user, Leaving);
        _due = await Deadlines.CountersAsync(user, storeId: null, Leaving);
        if (hasChanged(EventKind.Return)) _toDecide = await Returns.ToDecideAsync(user, Leaving);
        if (hasChanged(EventKind.Dispute)) _disputes = await Disputes.OpenAsync(user, Leaving);
        if (hasChanged(EventKind.Refund)) _reviews = await Reviews.WaitingAsync(user, Leaving);
        if (hasChanged(EventKind.Dispute)) _cases = await Cases.WaitingAsync(user, Leaving);
    }
}
