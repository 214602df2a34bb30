using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Rules;

/// <summary>The rules of every store: read once, kept until an event says that one of them changed.</summary>
public sealed class Rulebook
{
    private readonly Databases _databases;
    private readonly ConcurrentDictionary<int, Lazy<Task<StoreRules>>> _kept = new();

    public Rulebook(Databases databases)
    {
        _databases = databases;
        databases.Committed += Forget;
    }

    /// <summary>The rules of a store. A caller that reads during a change may get the former values once.</summary>
    public async Task<StoreRules> ForAsync(int storeId, CancellationToken cancellation)
    {
        var reading = _kept.GetOrAdd(storeId, id => new Lazy<Task<StoreRules>>(() => ReadAsync(id)));
        try
        {
            return await reading.Value.WaitAsync(cancellation);
        }
        catch when (reading.Value.IsFaulted)
        {
            // A failed read is not kept: the next caller tries again.
            _kept.TryRemove(KeyValuePair.Create(storeId, reading));
            throw;
        }
    }

    /// <summary>Writes the values a store starts on, for every rule that has none yet. May be repeated.</summary>
    public async Task EnsureAsync(int storeId, bool sandbox, CancellationToken cancellation) => await Databases.RetryAsync(async () =>
    {
        await using var db = await _databases.ForStoreAsync(storeId, cancellation);
        var there = await db.RuleValues.Where(r => r.StoreId == storeId).Select(r => r.Key).Distinct().ToListAsync(cancellation);
        foreach (var value in RuleDefaults.For(sandbox).Where(d => !there.Contains(d.Key)))
        {
            db.RuleValues.Add(value.ForStore(storeId));
            db.Announce(storeId, EventKind.Rule, value.Key);
        }

        await db.CommitAsync(cancellation);
    });

    // The read is shared by all who ask, so it does not end with one of them.
    private async Task<StoreRules> ReadAsync(int storeId)
    {
        await using var db = await _databases.ForStoreAsync(storeId, CancellationToken.None);
        var sandbox = await db.Stores.Where(s => s.Id == storeId).Select(s => s.IsSandbox).SingleOrDefaultAsync(CancellationToken.None);
        var values = await db.RuleValues.AsNoTracking().Where(r => r.StoreId == storeId).ToListAsync(CancellationToken.None);
        return new StoreRules(values, sandbox);
    }

    // Whoever began to read before the commit is thrown out here; whoever begins later reads the new values.
    private void Forget(IReadOnlyList<StoreEvent> events)
    {
        foreach (var changed in events.Where(e => e.Kind == EventKind.Rule)) _kept.TryRemove(changed.StoreId, out _);
    }
}
