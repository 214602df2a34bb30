using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Rules;

/// <summary>The rules of every store: read once, kept until an event says that one of them changed.</summary>
public sealed class Rulebook
{
    private readonly Databases _databases;
    private readonly KeptPerStore<StoreRules> _kept;

    public Rulebook(Databases databases)
    {
        _databases = databases;
        _kept = new(ReadAsync);
        databases.Committed += Forget;
    }

    /// <summary>The rules of a store. A caller that reads during a change may get the former values once.</summary>
    public Task<StoreRules> ForAsync(int storeId, CancellationToken cancellation) => _kept.ForAsync(storeId, cancellation);

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

    private async Task<StoreRules> ReadAsync(int storeId)
    {
        await using var db = await _databases.ForStoreAsync(storeId, CancellationToken.None);
        var sandbox = await db.Stores.Where(s => s.Id == storeId).Select(s => s.IsSandbox).SingleOrDefaultAsync(CancellationToken.None);
        var values = await db.RuleValues.AsNoTracking().Where(r => r.StoreId == storeId).ToListAsync(CancellationToken.None);
        var hours = await db.WorkingHours.AsNoTracking().Where(h => h.StoreId == storeId).ToListAsync(CancellationToken.None);
        var pauses = await db.ClockPauses.AsNoTracking().Where(p => p.StoreId == storeId).ToListAsync(CancellationToken.None);
        return new StoreRules(values, sandbox, hours, pauses);
    }

    private void Forget(IReadOnlyList<StoreEvent> events)
    {
        foreach (var changed in events.Where(e => e.Kind == EventKind.Rule)) _kept.Forget(changed.StoreId);
    }
}
