using OzonSellerCenter.Data;

namespace OzonSellerCenter.Live;

/// <summary>Another person at the same thing.</summary>
/// <param name="IsLooking">Has it before him, in a tab that is in front.</param>
/// <param name="IsTyping">Typed within the last seconds.</param>
/// <param name="HasUnsaved">Has text in the box that was not sent.</param>
public sealed record Present(string UserId, string Name, bool IsLooking, bool IsTyping, bool HasUnsaved);

/// <summary>What one seat tells the others; the only thing that would have to pass between nodes.</summary>
/// <param name="SeatId">Unique over all nodes.</param>
/// <param name="Subject">What it is at, such as <c>conversation:42</c>.</param>
/// <param name="TypingUntil">Typing ends by itself then (UTC); null when nobody types.</param>
/// <param name="HasLeft">The seat is empty from now on.</param>
public sealed record PresenceMark(
    Guid SeatId, string Subject, string UserId, string Name, bool IsLooking, DateTime? TypingUntil, bool HasUnsaved, bool HasLeft = false);

/// <summary>Who is at what right now. Kept in memory and nowhere else: it is true only while the connections stand. Of this process alone so far; a
/// relay between nodes would send on what <see cref="Marked"/> tells and give what it receives to <see cref="Take"/>.</summary>
public sealed class Presence(TimeProvider clock)
{
    /// <summary>How long after the last key somebody counts as typing. Browsers tell at most every two seconds.</summary>
    public static readonly TimeSpan TypingFor = TimeSpan.FromSeconds(6);

    private readonly Lock _sync = new();
    private readonly Dictionary<string, Dictionary<Guid, PresenceMark>> _subjects = [];
    private long _changes;

    /// <summary>Raised on any thread after something changed at a subject that others can see.</summary>
    public event Action<string>? Changed;

    /// <summary>Raised for each mark of this process.</summary>
    public event Action<PresenceMark>? Marked;

    /// <summary>How often others were told; for figures and tests.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>A person takes a seat at a subject, which he may see: the caller has looked that up. Dispose when he leaves.</summary>
    public Seat Enter(string subject, CurrentUser user) => new(this, subject, user);

    /// <summary>The others at a subject, by name; of several tabs of one person the most active counts.</summary>
    public IReadOnlyList<Present> At(string subject, string exceptUserId)
    {
        PresenceMark[] marks;
        lock (_sync) marks = _subjects.TryGetValue(subject, out var seats) ? [.. seats.Values] : [];
        var now = clock.GetUtcNow().UtcDateTime;
        return
        [
            .. marks.Where(m => m.UserId != exceptUserId).GroupBy(m => m.UserId)
                .Select(g => new Present(g.Key, g.First().Name, g.Any(m => m.IsLooking), g.Any(m => m.TypingUntil > now), g.Any(m => m.HasUnsaved)))
                .Where(p => p.IsLooking || p.IsTyping || p.HasUnsaved)
                .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.UserId, StringComparer.Ordinal),
        ];
    }

    /// <summary>Takes over what a seat of another node tells.</summary>
    public void Take(PresenceMark mark)
    {
        Put(mark);
        Tell(mark.Subject);
    }

    internal TimeProvider Clock => clock;

    /// <summary>Keeps what a seat tells, before anybody hears of it.</summary>
    internal void Put(PresenceMark mark)
    {
        lock (_sync)
        {
            if (!_subjects.TryGetValue(mark.Subject, out var seats)) _subjects[mark.Subject] = seats = [];
            if (mark.HasLeft) seats.Remove(mark.SeatId);
            else seats[mark.SeatId] = mark;
            if (seats.Count == 0) _subjects.Remove(mark.Subject);
        }
    }

    /// <summary>Tells what was put: other nodes always, the people here only when it differs for them.</summary>
    internal void Pass(PresenceMark mark, bool quietly)
    {
        if (!quietly) Tell(mark.Subject);
        Marked?.Invoke(mark);
    }

    private void Tell(string subject)
    {
        Interlocked.Increment(ref _changes);
        Changed?.Invoke(subject);
    }
}
