using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Live;

/// <summary>Reads the event table, for readers that noticed a gap.</summary>
public sealed class EventLog(Databases databases)
{
    /// <summary>More missed events than this are not replayed one by one: the reader is told the last ones and reloads anyway.</summary>
    public const int MaxReplay = 1000;

    /// <summary>Events of a store in the open interval (after, before), oldest first, at most <see cref="MaxReplay"/>.</summary>
    public async Task<IReadOnlyList<StoreEvent>> BetweenAsync(int storeId, long after, long before, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.StoreEvents.AsNoTracking()
            .Where(e => e.StoreId == storeId && e.Sequence > after && e.Sequence < before)
            .OrderBy(e => e.Sequence)
            .Take(MaxReplay)
            .ToListAsync(cancellation);
    }
}

/// <summary>Turns notices, which may be lost or out of order, into every event once and in order. Not thread-safe: one per reader.</summary>
public sealed class GapReader(EventLog log)
{
    private readonly Dictionary<int, long> _last = [];

    /// <summary>The notices with what was missed put in and what was already told left out.</summary>
    public async Task<IReadOnlyList<StoreEvent>> CompleteAsync(IReadOnlyList<StoreEvent> notices, CancellationToken cancellation)
    {
        var complete = new List<StoreEvent>(notices.Count);
        foreach (var notice in notices)
        {
            if (!_last.TryGetValue(notice.StoreId, out var last)) last = notice.Sequence - 1;
            if (notice.Sequence <= last) continue;
            if (notice.Sequence > last + 1) complete.AddRange(await log.BetweenAsync(notice.StoreId, last, notice.Sequence, cancellation));
            complete.Add(notice);
            _last[notice.StoreId] = notice.Sequence;
        }

        return complete;
    }
}
