namespace OzonSellerCenter.Deadlines;

/// <summary>Alerts that came about together and are told as one: the most urgent in words, the others by number.</summary>
public sealed record AlertGroup(IReadOnlyList<AlertItem> Alerts)
{
    /// <summary>What comes within this time of the one before belongs together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>From so many on the bell shows one line; two lines read faster than one that has to be opened.</summary>
    private const int LeastInBell = 3;

    /// <summary>What ends first.</summary>
    public AlertItem First => Alerts.OrderBy(a => a.DueAt).ThenBy(a => a.Id).First();

    /// <summary>How many things are to be done: two clocks of a conversation are one.</summary>
    public int Subjects => Alerts.DistinctBy(a => (a.StoreId, a.Subject)).Count();

    public int OverdueSubjects => Alerts.Where(a => a.IsOverdue).DistinctBy(a => (a.StoreId, a.Subject)).Count();

    public bool IsOverdue => Alerts.Any(a => a.IsOverdue);

    public bool AreConversations => Alerts.All(a => a.Subject.StartsWith("conversation:", StringComparison.Ordinal));

    /// <summary>Where one can do something about it.</summary>
    public string Url => Subjects == 1 ? First.Url : Shared.Links.Due;

    /// <summary>Adds what came later.</summary>
    public AlertGroup With(IEnumerable<AlertItem> more) => new([.. Alerts.Concat(more).DistinctBy(a => a.Id)]);

    /// <summary>Puts a list, newest first, into groups by the time at which they were raised.</summary>
    public static IReadOnlyList<AlertGroup> Of(IReadOnlyList<AlertItem> newestFirst)
    {
        var runs = new List<List<AlertItem>>();
        foreach (var alert in newestFirst)
        {
            if (runs is [.., var run] && run[^1].RaisedAt - alert.RaisedAt <= Window) run.Add(alert);
            else runs.Add([alert]);
        }

        return [.. runs.SelectMany(run => run.Count >= LeastInBell ? [new AlertGroup(run)] : run.Select(a => new AlertGroup([a])))];
    }
}
