using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>Raises the alerts that are due. Whoever calls it decides when; two callers at once raise each stage once, because the
/// deadline's version and the alerts' unique key let only one of them commit.</summary>
public sealed class AlertRaising(Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
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

    /// <summary>Adds the alerts of these deadlines, and whom they go to, to the caller's unit of work and moves their next instant; nothing is
    /// saved yet.</summary>
    public async Task<Raised> RaiseAsync(SellerCenterDb db, IReadOnlyCollection<long> deadlineIds, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var deadlines = await db.Deadlines.Where(d => deadlineIds.Contains(d.Id) && d.NextAlertAt != null && d.NextAlertAt <= now)
            .OrderBy(d => d.NextAlertAt)
            .ToListAsync(cancellation);
        var raised = new Raised([], []);
        foreach (var deadline in deadlines)
        {
            var people = await wishes.ForAsync(deadline.StoreId, cancellation);
            var plan = AlertPlan.Of(await rulebook.ForAsync(deadline.StoreId, cancellation), now, people);
            if (deadline.Tell(plan, now) is { } told)
            {
                db.Alerts.Add(told.Alert);
                db.AlertReceipts.AddRange(people.People.Where(p => told.Stages.Any(s => p.Wants(deadline.Kind, s, plan.UsualFor(deadline.Kind)))).Select(p => ReceiptOf(told.Alert, p)));
                raised.Alerts.Add(told.Alert);
            }

            if (deadline.DueAt <= now) raised.Ended.Add(deadline);
        }

        return raised;
    }

    /// <summary>Lets the running clocks of a store speak at the stages that its people chose, where those lie ahead and come before what was
    /// planned. Exact and by the database alone, so that a choice costs one statement and no walk over the clocks; repeating it changes nothing.</summary>
    public async Task AdvanceAsync(SellerCenterDb db, int storeId, CancellationToken cancellation)
    {
        var chosen = await wishes.ReadAsync(storeId, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var kind in chosen.ChosenKinds)
        {
            foreach (var minutes in chosen.ChosenFor(kind).Select(s => s.Minutes).OrderDescending())
            {
                var from = now.AddMinutes(minutes);
                object[] values = db.Database.IsNpgsql()
                    ? [TimeSpan.FromMinutes(minutes), storeId, (int)kind, from]
                    : [minutes * TimeSpan.MicrosecondsPerMinute, storeId, (int)kind, from.Ticks / TimeSpan.TicksPerMicrosecond];
                await db.Database.ExecuteSqlRawAsync(Advance, values, cancellation);
            }
        }
    }

    // Instants and spans as each database keeps them: the statement is the same.
    private const string Advance =
        """
        UPDATE "Deadlines" SET "NextAlertAt" = "DueAt" - {0}, "Version" = "Version" + 1
        WHERE "StoreId" = {1} AND "State" = 1 AND "Kind" = {2} AND "DueAt" > {3}
          AND "DueAt" - {0} > "StartedAt" AND ("NextAlertAt" IS NULL OR "NextAlertAt" > "DueAt" - {0})
        """;

    private static AlertReceipt ReceiptOf(Alert alert, PersonWishes person) => new()
    {
        StoreId = alert.StoreId,
        Alert = alert,
        UserId = person.UserId,
        Channels = person.ChannelsFor(alert.Deadline.Kind),
        IsQuiet = person.IsQuietAt(alert.RaisedAt),
    };
}

/// <summary>What one round raised.</summary>
/// <param name="Ended">Deadlines whose end has passed, so that their subject has to be reckoned anew.</param>
public sealed record Raised(List<Alert> Alerts, List<Deadline> Ended);
