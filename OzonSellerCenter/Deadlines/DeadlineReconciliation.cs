using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>Makes the rows of a subject equal to the clocks that its facts demand.</summary>
public static class DeadlineReconciliation
{
    /// <summary>Updates, adds and removes rows of one subject, in the caller's transaction; announces the subject when something changed.
    /// Rows added earlier in the same unit of work are seen too.</summary>
    /// <param name="clocks">All clocks of the subject, running and ended, in any order.</param>
    /// <param name="title">The subject in words.</param>
    public static async Task ReconcileAsync(
        SellerCenterDb db, int storeId, string subject, string title, IReadOnlyCollection<Clock> clocks, AlertPlan plan, CancellationToken cancellation)
    {
        var rows = await RowsAsync(db, storeId, subject, cancellation);
        var (changed, alertsChanged) = (false, false);
        foreach (var (row, clock) in Pair(rows, clocks))
        {
            if (clock is null)
            {
                // The facts came out of order and this clock never was; its alerts go with it.
                db.Deadlines.Remove(row!);
                (changed, alertsChanged) = (true, alertsChanged || row!.ToldBefore is not null);
                continue;
            }

            var deadline = row ?? db.Deadlines.Add(New(storeId, subject, clock)).Entity;
            var wantedSomebody = deadline.WantsSomebody;
            changed |= deadline.Follow(clock, title, plan) || row is null;
            alertsChanged |= deadline.ToldBefore is not null && deadline.WantsSomebody != wantedSomebody;
        }

        if (changed) db.Announce(storeId, EventKind.Deadline, subject);

        // What was told and is settled leaves the bells.
        if (alertsChanged) db.Announce(storeId, EventKind.Alert, "");
    }

    private static Deadline New(int storeId, string subject, Clock clock) =>
        new() { StoreId = storeId, Subject = subject, Kind = clock.Kind, StartedAt = clock.StartedAt, RuleKey = clock.Rule.Key };

    private static async Task<List<Deadline>> RowsAsync(SellerCenterDb db, int storeId, string subject, CancellationToken cancellation)
    {
        var rows = await db.Deadlines.Where(d => d.StoreId == storeId && d.Subject == subject).ToListAsync(cancellation);
        var added = db.ChangeTracker.Entries<Deadline>()
            .Where(e => e.State == EntityState.Added && e.Entity.StoreId == storeId && e.Entity.Subject == subject)
            .Select(e => e.Entity);
        return [.. rows.Where(r => db.Entry(r).State != EntityState.Deleted), .. added];
    }

    // First by key. What is left over is the same obligation with a corrected start (an older message came late): the newest row takes the
    // newest clock, keeps what it has told, and nobody is alerted twice.
    private static List<(Deadline? Row, Clock? Clock)> Pair(List<Deadline> rows, IReadOnlyCollection<Clock> clocks)
    {
        var pairs = new List<(Deadline?, Clock?)>();
        foreach (var kind in rows.Select(r => r.Kind).Concat(clocks.Select(c => c.Kind)).Distinct())
        {
            var free = rows.Where(r => r.Kind == kind).ToDictionary(r => r.StartedAt);
            var open = new List<Clock>();
            foreach (var clock in clocks.Where(c => c.Kind == kind))
            {
                if (free.Remove(clock.StartedAt, out var row)) pairs.Add((row, clock));
                else open.Add(clock);
            }

            using var newestRows = free.Values.OrderByDescending(r => r.StartedAt).GetEnumerator();
            foreach (var clock in open.OrderByDescending(c => c.StartedAt))
            {
                pairs.Add((newestRows.MoveNext() ? newestRows.Current : null, clock));
            }

            while (newestRows.MoveNext()) pairs.Add((newestRows.Current, null));
        }

        return pairs;
    }
}
