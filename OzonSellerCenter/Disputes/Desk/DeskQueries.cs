using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>A case in the queue.</summary>
/// <param name="ClaimAmount">Minor units.</param>
/// <param name="StartedAt">Begin of the stretch that ends first.</param>
/// <param name="DueAt">Its end; null when none runs.</param>
/// <param name="Reviewer">Name of who has taken it up, or decided; null when nobody.</param>
/// <param name="HadAHand">The person had a hand in it, so somebody else decides.</param>
/// <param name="WasFirst">The person decided in the first instance, so somebody else decides in the second.</param>
public sealed record DeskRow(
    long Id, DisputeKind Kind, DisputeTopic Topic, DisputeState State, DisputeOutcome Outcome, int Instance, string StoreName, string PostingNumber, string ProductName, long ClaimAmount, string Currency,
    DateTime? StartedAt, DateTime? DueAt, DateTime? DecidedAt, string? Reviewer, bool HadAHand, bool WasFirst)
{
    /// <summary>Somebody else has to.</summary>
    public bool IsBarred => HadAHand || WasFirst;
}

/// <summary>A store whose cases the person reviews.</summary>
public sealed record DeskStore(int Id, string Name);

/// <summary>The queue of a person.</summary>
/// <param name="MayReview">He is an owner, or of the support desk, of some store.</param>
/// <param name="Counts">Of the tabs but the last, narrowed as the rows are.</param>
public sealed record DeskQueue(bool MayReview, IReadOnlyList<DeskRow> Rows, IReadOnlyDictionary<DeskTab, int> Counts, IReadOnlyList<DeskStore> Stores)
{
    /// <summary>A count of this size means "this many or more".</summary>
    public const int Cap = 1000;

    /// <summary>Rows shown at most.</summary>
    public const int MaxRows = 200;
}

/// <summary>Reads which cases wait at the desk, in the stores where a person may review.</summary>
public sealed class DeskQueries(Databases databases, TimeProvider clock)
{
    private static readonly TimeSpan DecidedFor = TimeSpan.FromDays(30);

    /// <summary>The stores where the person of a context may review.</summary>
    public static int[] ReviewedBy(SellerCenterDb db) => [.. db.StoresInSight.Where(s => db.RoleIn(s) is StoreRole.Owner or StoreRole.Support)];

    public async Task<DeskQueue> QueueAsync(CurrentUser user, DeskFilter filter, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = ReviewedBy(db);
        if (stores.Length == 0) return new DeskQueue(false, [], new Dictionary<DeskTab, int>(), []);
        var since = clock.GetUtcNow().UtcDateTime - DecidedFor;
        var narrowed = Narrow(db.Disputes.Where(d => stores.Contains(d.StoreId)), filter, user);
        var shown = Within(narrowed, filter.Tab, since);
        var ordered = filter.Tab == DeskTab.Decided
            ? shown.OrderByDescending(d => d.DecidedAt ?? d.StateSince).ThenByDescending(d => d.Id)
            : shown.OrderBy(d => d.NextBy == null).ThenBy(d => d.NextBy).ThenBy(d => d.Id);
        var cases = await ordered.Take(DeskQueue.MaxRows).AsNoTracking().ToListAsync(cancellation);
        var hands = await CaseHands.OfAsync(db, [.. cases.Select(HandledCase.Of)], cancellation);
        var reviewers = cases.Select(d => d.Reviewer).OfType<string>().Distinct().ToArray();
        var names = await db.Users.Where(u => reviewers.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var named = await db.Stores.Where(s => stores.Contains(s.Id)).OrderBy(s => s.Name).Select(s => new DeskStore(s.Id, s.Name)).ToListAsync(cancellation);
        return new DeskQueue(true, cases.ConvertAll(d => RowOf(d, names, named, hands[d.Id].Contains(user.Id), user)), await CountsAsync(narrowed, since, cancellation), named);
    }

    /// <summary>Cases that wait and that nobody has taken up.</summary>
    /// <returns>Null for a person who reviews nothing.</returns>
    public async Task<int?> WaitingAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = ReviewedBy(db);
        return stores.Length == 0 ? null : await db.Disputes.Where(d => stores.Contains(d.StoreId) && d.State == DisputeState.Submitted).Take(DeskQueue.Cap).CountAsync(cancellation);
    }

    private static DeskRow RowOf(Dispute dispute, Dictionary<string, string> names, List<DeskStore> stores, bool hadAHand, CurrentUser user)
    {
        var turn = dispute.Turns.Where(t => t.EndedAt is null).MinBy(t => t.DueAt);
        return new DeskRow(
            dispute.Id, dispute.Kind, dispute.Topic, dispute.State, dispute.Outcome, dispute.Instance, stores.Find(s => s.Id == dispute.StoreId)?.Name ?? "", dispute.PostingNumber, dispute.ProductName,
            dispute.ClaimAmount, dispute.Currency, turn?.StartedAt, turn?.DueAt, dispute.DecidedAt, dispute.Reviewer is null ? null : names.GetValueOrDefault(dispute.Reviewer, ""),
            hadAHand, dispute.FirstReviewer == user.Id);
    }

    private static IQueryable<Dispute> Narrow(IQueryable<Dispute> disputes, DeskFilter filter, CurrentUser user)
    {
        if (filter.Kind is { } kind) disputes = disputes.Where(d => d.Kind == kind);
        if (filter.Topic is { } topic) disputes = disputes.Where(d => d.Topic == topic);
        if (filter.Store is { } store) disputes = disputes.Where(d => d.StoreId == store);
        if (filter.Mine) disputes = disputes.Where(d => d.Reviewer == user.Id);
        return filter.Appeal ? disputes.Where(d => d.Instance > 1) : disputes;
    }

    private static IQueryable<Dispute> Within(IQueryable<Dispute> disputes, DeskTab tab, DateTime since) => tab switch
    {
        DeskTab.TakenUp => disputes.Where(d => d.State == DisputeState.InReview),
        DeskTab.MoreWanted => disputes.Where(d => d.State == DisputeState.SellerAsked || d.State == DisputeState.BuyerAsked),
        DeskTab.Decided => disputes.Where(d =>
            ((d.State == DisputeState.Decided || d.State == DisputeState.Closed) && d.DecidedAt >= since)
            || ((d.State == DisputeState.Released || d.State == DisputeState.AtOzon) && d.Reviewer != null && d.StateSince >= since)),
        _ => disputes.Where(d => d.State == DisputeState.Submitted),
    };

    private static async Task<IReadOnlyDictionary<DeskTab, int>> CountsAsync(IQueryable<Dispute> disputes, DateTime since, CancellationToken cancellation)
    {
        var counts = new Dictionary<DeskTab, int>();
        foreach (var tab in new[] { DeskTab.Waiting, DeskTab.TakenUp, DeskTab.MoreWanted })
            counts[tab] = await Within(disputes, tab, since).Take(DeskQueue.Cap).CountAsync(cancellation);
        return counts;
    }
}
