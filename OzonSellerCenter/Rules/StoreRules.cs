namespace OzonSellerCenter.Rules;

/// <summary>All values of a store with their history, as read at one moment. Immutable; one per operation.</summary>
public sealed class StoreRules
{
    private readonly Dictionary<string, RuleValue[]> _history;
    private readonly (DateTime From, WorkingWeek? Week, TimeZoneInfo Zone)[] _hours;
    private readonly ClockPause[] _pauses;

    /// <param name="values">What the table holds, in any order.</param>
    /// <param name="sandbox">Which defaults fill in for keys the table does not hold yet.</param>
    /// <param name="hours">Working hours with their history; none means always working.</param>
    /// <param name="pauses">Everything that was ever recorded of pauses.</param>
    public StoreRules(IEnumerable<RuleValue> values, bool sandbox, IEnumerable<WorkingHours>? hours = null, IEnumerable<ClockPause>? pauses = null)
    {
        _history = values.GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.OrderBy(v => v.EffectiveFrom).ToArray());
        foreach (var missing in RuleDefaults.For(sandbox).Where(d => !_history.ContainsKey(d.Key)))
        {
            _history[missing.Key] = [missing.ForStore(0)];
        }

        _hours = [.. (hours ?? []).OrderBy(h => h.EffectiveFrom)
            .Select(h => (h.EffectiveFrom, h.IsOn ? h.ToWeek() : null, TimeZoneInfo.FindSystemTimeZoneById(h.TimeZone)))];
        _pauses = [.. (pauses ?? []).OrderBy(p => p.Id)];
    }

    /// <summary>The value of a rule in force at an instant; before the first one began, the first one.</summary>
    /// <exception cref="KeyNotFoundException">No such rule.</exception>
    public RuleValue At(string key, DateTime instant)
    {
        var history = _history[key];
        return Array.FindLast(history, v => v.EffectiveFrom <= instant) ?? history[0];
    }

    /// <summary>The value as a span of time.</summary>
    public TimeSpan SpanAt(string key, DateTime instant) => At(key, instant).ToSpan();

    /// <summary>The working time of the house by the hours and pauses known at an instant.</summary>
    public HouseTime HouseTimeAt(DateTime instant)
    {
        var pauses = PausesKnownAt(instant);
        var hours = Array.FindLast(_hours, h => h.From <= instant);
        return hours.Week is null && pauses.Count == 0 ? HouseTime.Always : new HouseTime(hours.Week, hours.Zone ?? TimeZoneInfo.Utc, pauses);
    }

    /// <summary>The pauses as they were known at an instant, past and coming.</summary>
    public IReadOnlyList<KnownPause> PausesKnownAt(DateTime instant) => _pauses.Length == 0
        ? []
        : [.. _pauses.Where(p => p.RecordedAt <= instant).GroupBy(p => p.Key).Select(known => known.Last())
            .Where(p => p.EndsAt > p.StartsAt)
            .Select(p => new KnownPause(p.Key, p.StartsAt, p.EndsAt, p.Reason))];
}
