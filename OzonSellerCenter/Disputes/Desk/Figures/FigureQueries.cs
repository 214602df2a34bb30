using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk.Figures;

/// <summary>Reads the figures of the desk, of the stores where a person reviews.</summary>
public sealed class FigureQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Ends that are reckoned with at most, the newest.</summary>
    public const int MostEnds = 10_000;

    private static readonly DisputeEvent[] Ends = [DisputeEvent.Decide, DisputeEvent.OzonDecide, DisputeEvent.Withdraw, DisputeEvent.Settle, DisputeEvent.Lapse];

    // A stretch ends a moment before or after the step that ended it is written.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    /// <summary>The stores that may be chosen; empty for a person who reviews nothing.</summary>
    public async Task<IReadOnlyList<DeskStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = DeskQueries.ReviewedBy(db);
        return await db.Stores.Where(s => stores.Contains(s.Id)).OrderBy(s => s.Name).Select(s => new DeskStore(s.Id, s.Name)).ToListAsync(cancellation);
    }

    /// <summary>The figures; a store of others is like one without cases.</summary>
    public async Task<DeskFigures> AskAsync(CurrentUser user, FigureQuestion question, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        int[] stores = [.. DeskQueries.ReviewedBy(db).Where(s => question.Store is null || s == question.Store)];
        var zone = ShopTime.In(await db.Stores.Where(s => stores.Contains(s.Id)).OrderBy(s => s.Id).Select(s => s.TimeZone).FirstOrDefaultAsync(cancellation) ?? "UTC");
        var to = clock.GetUtcNow().UtcDateTime;
        var from = to.AddDays(-question.Days);
        var ends = await EndsAsync(db, stores, from, cancellation);
        var isCut = ends.Count > MostEnds;
        if (isCut) ends.RemoveAt(ends.Count - 1);
        var appeals = await db.DisputeSteps.CountAsync(s => stores.Contains(s.StoreId) && s.At >= from && s.Event == DisputeEvent.Appeal, cancellation);
        var figures = DeskReckoning.Of(ends, appeals, from, to, zone, isCut);
        var people = figures.Reviewers.Select(r => r.Key).ToArray();
        return figures with { Names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation) };
    }

    private static async Task<List<CaseEnd>> EndsAsync(SellerCenterDb db, int[] stores, DateTime from, CancellationToken cancellation)
    {
        var rows = await (
            from step in db.DisputeSteps
            join dispute in db.Disputes on step.DisputeId equals dispute.Id
            where stores.Contains(step.StoreId) && step.At >= @from && Ends.Contains(step.Event)
            orderby step.At descending, step.Id descending
            select new { step.DisputeId, step.Event, step.Outcome, step.Instance, step.At, step.Amount, step.By, dispute.Kind, dispute.Topic, dispute.OpenedAt, dispute.ClaimAmount, dispute.Turns })
            .Take(MostEnds + 1).ToListAsync(cancellation);
        var again = rows.Where(r => r.Instance > 1).Select(r => r.DisputeId).Distinct().ToArray();
        var before = await db.DisputeSteps.Where(s => again.Contains(s.DisputeId)
                && (s.Event == DisputeEvent.Appeal || (s.Instance == 1 && (s.Event == DisputeEvent.Decide || s.Event == DisputeEvent.OzonDecide))))
            .OrderBy(s => s.Id).Select(s => new { s.DisputeId, s.Event, s.At, s.Outcome, s.Amount, s.By }).ToListAsync(cancellation);
        var appealed = before.Where(s => s.Event == DisputeEvent.Appeal).ToLookup(s => s.DisputeId, s => s.At);
        var firsts = before.Where(s => s.Event != DisputeEvent.Appeal).ToLookup(s => s.DisputeId, s => new FirstDecision(s.Outcome, s.Amount, s.Event == DisputeEvent.Decide ? s.By : null));
        return rows.ConvertAll(r => new CaseEnd(
            r.DisputeId, r.Kind, r.Topic,
            r.Event switch
            {
                DisputeEvent.Withdraw => DisputeOutcome.Withdrawn,
                DisputeEvent.Settle => DisputeOutcome.Settled,
                DisputeEvent.Lapse => DisputeOutcome.Lapsed,
                _ => r.Outcome,
            },
            r.Instance, r.Instance > 1 ? appealed[r.DisputeId].DefaultIfEmpty(r.OpenedAt).Last() : r.OpenedAt, r.At, r.Amount, r.ClaimAmount,
            r.Event == DisputeEvent.Decide ? r.By : null, r.Event == DisputeEvent.Decide ? IsOnTime(r.Turns, r.At) : null, r.Instance > 1 ? firsts[r.DisputeId].LastOrDefault() : null));
    }

    private static bool? IsOnTime(IReadOnlyList<DisputeTurn> turns, DateTime at)
    {
        var ended = turns.Where(t => t.Kind == (int)DeadlineKind.DisputeDecision && t.EndedAt is { } end && (end - at).Duration() < SameMoment).ToList();
        return ended.Count == 0 ? null : ended.All(t => t.DueAt >= at);
    }
}
