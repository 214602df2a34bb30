using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>A running clock in a list.</summary>
/// <param name="RuleMinutes">How long its rule is.</param>
/// <param name="Title">The subject in words; empty when neither buyer nor order is known.</param>
public sealed record DueItem(
    long Id, int StoreId, DeadlineKind Kind, RuleOwner Owner, string RuleKey, int RuleMinutes, string Subject, string Title, DateTime StartedAt, DateTime DueAt)
{
    public string Url => SubjectLinks.Of(Subject);
}

/// <summary>Where a list goes on: after this clock.</summary>
public sealed record DueCursor(DateTime DueAt, long Id);

/// <summary>A page of what is due.</summary>
public sealed record DuePart(IReadOnlyList<DueItem> Items, bool HasMore);

/// <summary>Running clocks by nearness; the bands do not overlap.</summary>
/// <param name="UrgentFor">Time left up to which a clock is urgent, by the rulebook.</param>
/// <param name="SoonFor">Time left up to which it is soon.</param>
public sealed record DueCounters(int Overdue, int Urgent, int Soon, int Later, TimeSpan UrgentFor, TimeSpan SoonFor)
{
    /// <summary>Counting a band of a store stops here: nobody reads further, and a walk over 100,000 rows costs milliseconds.</summary>
    public const int Cap = 1000;

    /// <summary>Nothing due anywhere.</summary>
    public static DueCounters None { get; } = new(0, 0, 0, 0, TimeSpan.Zero, TimeSpan.Zero);

    public int All => Overdue + Urgent + Soon + Later;

    /// <summary>What wants somebody now.</summary>
    public int Pressing => Overdue + Urgent;
}

/// <summary>A clock of one subject, for the time track.</summary>
/// <param name="Stands">When from now on it stands still; never for Ozon's clocks and for those that are over.</param>
public sealed record TrackClock(
    DeadlineKind Kind, RuleOwner Owner, RuleValue Rule, DateTime StartedAt, DateTime DueAt, DateTime? MetAt, DeadlineState State, IReadOnlyList<Standstill> Stands);

/// <summary>Reads of deadlines. Each store reads its own partial index of running clocks; the finished majority costs nothing.</summary>
public sealed class DeadlineQueries(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    /// <summary>Everything due in the person's stores, what ends first first.</summary>
    /// <param name="storeId">Only this store; null for all of his.</param>
    public async Task<DuePart> DueAsync(CurrentUser user, int? storeId, DueCursor? after, int count, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var found = new List<DueItem>();
        foreach (var id in Stores(db, storeId))
        {
            var running = Running(db, id);
            if (after is not null) running = running.Where(d => d.DueAt >= after.DueAt && (d.DueAt > after.DueAt || d.Id > after.Id));
            found.AddRange(await running.OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(count + 1)
                .Select(d => new DueItem(d.Id, d.StoreId, d.Kind, d.Owner, d.RuleKey, d.RuleMinutes, d.Subject, d.Title, d.StartedAt, d.DueAt))
                .ToListAsync(cancellation));
        }

        var page = found.OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(count).ToList();
        return new DuePart(page, found.Count > page.Count);
    }

    /// <summary>How many running clocks are overdue, urgent, soon and later. Where stores set different thresholds, the wider ones hold.</summary>
    /// <param name="storeId">Only this store; null for all of his.</param>
    public Task<DueCounters> CountersAsync(CurrentUser user, int? storeId, CancellationToken cancellation) =>
        databases.ShareAsync(user, ("due", storeId), (db, ending) => CountersAsync(db, storeId, ending), cancellation);

    private async Task<DueCounters> CountersAsync(SellerCenterDb db, int? storeId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stores = Stores(db, storeId).ToList();
        var sum = await ThresholdsAsync(stores, now, cancellation);
        var (urgent, soon) = (now + sum.UrgentFor, now + sum.SoonFor);
        foreach (var id in stores)
        {
            var running = Running(db, id);
            sum = sum with
            {
                Overdue = sum.Overdue + await CountAsync(running.Where(d => d.DueAt <= now), cancellation),
                Urgent = sum.Urgent + await CountAsync(running.Where(d => d.DueAt > now && d.DueAt <= urgent), cancellation),
                Soon = sum.Soon + await CountAsync(running.Where(d => d.DueAt > urgent && d.DueAt <= soon), cancellation),
                Later = sum.Later + await CountAsync(running.Where(d => d.DueAt > soon), cancellation),
            };
        }

        return sum;
    }

    /// <summary>The clocks of a subject as its time track shows them: of each kind the latest, in the order in which they end.
    /// Empty for subjects of stores the person may not see.</summary>
    public async Task<IReadOnlyList<TrackClock>> TrackAsync(CurrentUser user, string subject, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var rows = new List<Deadline>();
        foreach (var id in db.StoresInSight)
        {
            rows.AddRange(await db.Deadlines.AsNoTracking().Where(d => d.StoreId == id && d.Subject == subject).ToListAsync(cancellation));
        }

        var clocks = new List<TrackClock>();
        foreach (var row in rows.GroupBy(d => d.Kind).Select(kind => kind.MaxBy(d => d.StartedAt)!).OrderBy(d => d.DueAt).ThenBy(d => d.Kind))
        {
            var rules = await rulebook.ForAsync(row.StoreId, cancellation);
            var now = clock.GetUtcNow().UtcDateTime;
            var rule = RuleValue.ToldWithPosting(row.RuleKey, row.StoreId, row.StartedAt, row.DueAt) ?? rules.At(row.RuleKey, row.MetAt ?? now);
            var stands = row is { Owner: RuleOwner.House, State: DeadlineState.Running } ? rules.HouseTimeAt(now).Standstills(now, row.DueAt) : [];
            clocks.Add(new TrackClock(row.Kind, row.Owner, rule, row.StartedAt, row.DueAt, row.MetAt, row.State, stands));
        }

        return clocks;
    }

    private async Task<DueCounters> ThresholdsAsync(List<int> stores, DateTime now, CancellationToken cancellation)
    {
        var widest = DueCounters.None;
        foreach (var id in stores)
        {
            var rules = await rulebook.ForAsync(id, cancellation);
            var (urgent, soon) = (rules.SpanAt(RuleKeys.UrgencyUrgent, now), rules.SpanAt(RuleKeys.UrgencySoon, now));
            widest = widest with
            {
                UrgentFor = urgent > widest.UrgentFor ? urgent : widest.UrgentFor,
                SoonFor = soon > widest.SoonFor ? soon : widest.SoonFor,
            };
        }

        return widest;
    }

    private static IEnumerable<int> Stores(SellerCenterDb db, int? only) => db.StoresInSight.Where(id => only is null || id == only);

    // In the order of the index, so that the cap ends the walk.
    private static Task<int> CountAsync(IQueryable<Deadline> running, CancellationToken cancellation) =>
        running.OrderBy(d => d.DueAt).Take(DueCounters.Cap).CountAsync(cancellation);

    // The state is a literal on purpose: only so do both databases use the partial index.
    private static IQueryable<Deadline> Running(SellerCenterDb db, int storeId) =>
        db.Deadlines.AsNoTracking().Where(d => d.StoreId == storeId && d.State == DeadlineState.Running);
}
