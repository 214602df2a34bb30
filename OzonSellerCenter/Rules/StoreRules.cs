namespace OzonSellerCenter.Rules;

/// <summary>All values of a store with their history, as read at one moment. Immutable; one per operation.</summary>
public sealed class StoreRules
{
    private readonly Dictionary<string, RuleValue[]> _history;

    /// <param name="values">What the table holds, in any order.</param>
    /// <param name="sandbox">Which defaults fill in for keys the table does not hold yet.</param>
    public StoreRules(IEnumerable<RuleValue> values, bool sandbox)
    {
        _history = values.GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.OrderBy(v => v.EffectiveFrom).ToArray());
        foreach (var missing in RuleDefaults.For(sandbox).Where(d => !_history.ContainsKey(d.Key)))
        {
            _history[missing.Key] = [missing.ForStore(0)];
        }
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
}
