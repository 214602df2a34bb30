using System.Globalization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Rules;

/// <summary>Changes of the rulebook. Whoever keeps clocks hears <see cref="EventKind.Rule"/> and reckons them anew.</summary>
public sealed class RuleActions(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    private const decimal LongestHours = 24 * 90;
    private const decimal MostAmount = 1_000_000;

    /// <summary>Longer than any warranty Ozon names.</summary>
    private const decimal LongestDays = 3650;

    /// <summary>Sets a rule of a store from now on; the former value stays as history. Only an owner may.</summary>
    /// <param name="source">Why or from where; shown in "why this time?".</param>
    /// <returns>Refused: <c>NotFound</c> (no such store or rule for this person), <c>OwnersOnly</c>, <c>RuleOutOfRange</c> (0 to 90 days; a
    /// limit of an answer must be above 0; a period to return goods is whole days, 0 to 3650; of what is no time 0 to 1,000,000), <c>SourceMissing</c>.</returns>
    public async Task<Outcome> ChangeAsync(
        CurrentUser user, int storeId, string key, decimal value, string source, CancellationToken cancellation) => await Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role || !IsKnown(key)) return Outcome.NotFound;
        if (role != StoreRole.Owner) return Outcome.Refused("OwnersOnly");
        if (string.IsNullOrWhiteSpace(source)) return Outcome.Refused("SourceMissing");
        var now = clock.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)); // as the databases keep it
        var former = (await rulebook.ForAsync(storeId, cancellation)).At(key, now);
        if (!IsInRange(former, value)) return Outcome.Refused("RuleOutOfRange");
        if (former.Value == value && former.Source == source) return Outcome.Done;

        db.RuleValues.Add(new RuleValue
        {
            StoreId = storeId,
            Key = key,
            Value = value,
            Unit = former.Unit,
            Owner = former.Owner,
            Source = source.Trim(),
            SourceOn = DateOnly.FromDateTime(now),
            EffectiveFrom = now > former.EffectiveFrom ? now : former.EffectiveFrom.AddMicroseconds(1),
            ChangedBy = user.Id,
        });
        db.Audit(storeId, "rule.change", key, string.Create(CultureInfo.InvariantCulture, $"{former.Value:0.####} → {value:0.####} {former.Unit}"));
        db.Announce(storeId, EventKind.Rule, key);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    private static bool IsKnown(string key) => RuleDefaults.Ozon.Any(d => d.Key == key);

    private static bool IsInRange(RuleValue former, decimal value)
    {
        if (former.Unit == RuleUnits.Days) return value is >= 0 and <= LongestDays && decimal.Truncate(value) == value;
        if (former.Unit is not (RuleUnits.Minutes or RuleUnits.Hours)) return value is >= 0 and <= MostAmount;
        var hours = former.Unit == RuleUnits.Minutes ? value / 60 : value;
        var mayBeZero = former.Unit == RuleUnits.Minutes;
        return hours <= LongestHours && (mayBeZero ? hours >= 0 : hours > 0);
    }
}
