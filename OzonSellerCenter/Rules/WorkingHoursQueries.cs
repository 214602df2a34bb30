using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Rules;

/// <summary>The house's time of a store as its settings show it.</summary>
/// <param name="Pauses">Running and coming ones, by start.</param>
/// <param name="FirstAnswerDueAt">When a message that came now would have to be answered by the house's target.</param>
public sealed record HouseHours(WorkingHoursDraft Draft, IReadOnlyList<KnownPause> Pauses, DateTime FirstAnswerDueAt);

/// <summary>Reads for the settings of working hours.</summary>
public sealed class WorkingHoursQueries(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    /// <summary>The hours and pauses of a store; null for a store the person is no member of, existing or not.</summary>
    public async Task<HouseHours?> OfAsync(CurrentUser user, int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is null) return null;
        var hours = await db.WorkingHours.AsNoTracking().Where(h => h.StoreId == storeId).OrderByDescending(h => h.EffectiveFrom).FirstOrDefaultAsync(cancellation);
        var rules = await rulebook.ForAsync(storeId, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return new HouseHours(
            WorkingHoursDraft.Of(hours),
            [.. rules.PausesKnownAt(now).Where(p => p.Until > now).OrderBy(p => p.From)],
            rules.HouseTimeAt(now).Add(now, rules.SpanAt(RuleKeys.FirstAnswer, now)));
    }
}
