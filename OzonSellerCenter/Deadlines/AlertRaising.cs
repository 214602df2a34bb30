using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>Raises the alerts that are due. Whoever calls it decides when; two callers at once raise each stage once, because the
/// deadline's version and the alerts' unique key let only one of them commit.</summary>
public sealed class AlertRaising(Rulebook rulebook, TimeProvider clock)
{
    /// <summary>The instant at which something is due next in any store; null when nothing is.</summary>
    public static Task<DateTime?> NextAtAsync(SellerCenterDb db, CancellationToken cancellation) =>
        db.Deadlines.IgnoreQueryFilters().Where(d => d.NextAlertAt != null).OrderBy(d => d.NextAlertAt).Select(d => d.NextAlertAt)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>Keys of the deadlines whose next alert is due, the longest waiting first.</summary>
    public Task<List<long>> DueAsync(SellerCenterDb db, int count, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Deadlines.Where(d => d.NextAlertAt != null && d.NextAlertAt <= now)
            .OrderBy(d => d.NextAlertAt)
            .Select(d => d.Id)
            .Take(count)
            .ToListAsync(cancellation);
    }

    /// <summary>Adds the alerts of these deadlines to the caller's unit of work and moves their next instant; nothing is saved yet.</summary>
    public async Task<Raised> RaiseAsync(SellerCenterDb db, IReadOnlyCollection<long> deadlineIds, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var deadlines = await db.Deadlines.Where(d => deadlineIds.Contains(d.Id) && d.NextAlertAt != null && d.NextAlertAt <= now)
            .OrderBy(d => d.NextAlertAt)
            .ToListAsync(cancellation);
        var raised = new Raised([], []);
        foreach (var deadline in deadlines)
        {
            var plan = AlertPlan.Of(await rulebook.ForAsync(deadline.StoreId, cancellation), now);
            if (deadline.Tell(plan, now) is { } alert)
            {
                db.Alerts.Add(alert);
                raised.Alerts.Add(alert);
            }

            if (deadline.DueAt <= now) raised.Ended.Add(deadline);
        }

        return raised;
    }
}

/// <summary>What one round raised.</summary>
/// <param name="Ended">Deadlines whose end has passed, so that their subject has to be reckoned anew.</param>
public sealed record Raised(List<Alert> Alerts, List<Deadline> Ended);
