namespace OzonSellerCenter.Shared;

/// <summary>Which rows of a list are chosen: some of them, or all that match its filter but for some.</summary>
public sealed class Picking
{
    private readonly HashSet<long> _ids = [];

    /// <summary>The list is there to choose from rather than to open.</summary>
    public bool IsOn { get; private set; }

    /// <summary>How many match the filter, when all of them are chosen; null while single ones are.</summary>
    public int? All { get; private set; }

    public int Count => All is { } all ? Math.Max(0, all - _ids.Count) : _ids.Count;

    /// <summary>Counts the changes of what is chosen.</summary>
    public int Turn { get; private set; }

    public void Start() => (IsOn, All, Turn) = (true, null, Turn + 1);

    public void End()
    {
        (IsOn, All, Turn) = (false, null, Turn + 1);
        _ids.Clear();
    }

    public bool Has(long id) => _ids.Contains(id) != (All is not null);

    public void Toggle(long id)
    {
        if (!_ids.Remove(id)) _ids.Add(id);
        Turn++;
    }

    /// <summary>All that match, so many.</summary>
    public void PickAll(int matching)
    {
        (All, Turn) = (matching, Turn + 1);
        _ids.Clear();
    }

    /// <summary>The chosen ones out of those that match, in their order; without all, only those picked.</summary>
    public IReadOnlyList<long> Of(IReadOnlyList<long> matching) => All is null ? [.. _ids.Order()] : [.. matching.Where(id => !_ids.Contains(id))];
}
