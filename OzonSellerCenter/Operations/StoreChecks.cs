using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Operations;

/// <summary>Every store: does its key open, what did Ozon last say, is anything stuck on its way out.</summary>
internal sealed class StoreChecks(IServiceProvider services)
{
    private readonly DateTime _now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    public async IAsyncEnumerable<Finding> FindingsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Store> stores;
        List<OutboundCommand> open;
        Finding? fault = null;
        await using (var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation))
        {
            try
            {
                stores = await db.Stores.AsNoTracking().OrderBy(s => s.Id).ToListAsync(cancellation);
                open = await db.OutboundCommands.AsNoTracking()
                    .Where(c => c.State == CommandState.Waiting || c.State == CommandState.Sending || c.State == CommandState.Unclear).ToListAsync(cancellation);
            }
            catch (DbException unreadable)
            {
                (stores, open) = ([], []);
                fault = Finding.Broken("stores", $"The tables cannot be read: {unreadable.Message}");
            }
        }

        if (fault is not null) yield return fault;
        else if (stores.Count == 0) yield return Finding.Notice("stores", "none yet");
        foreach (var store in stores) yield return Check(store, [.. open.Where(c => c.StoreId == store.Id)]);
    }

    private Finding Check(Store store, List<OutboundCommand> open)
    {
        var name = $"{store.Name} ({store.ClientId})";
        if (store.ProtectedApiKey is { } sealedKey && !Opens(store.Id, sealedKey))
        {
            return Finding.Broken("store", $"{name}: its Api-Key was encrypted with another keys/master.key. Put that file back, or enter the key again.");
        }

        var words = string.Join("; ", Facts(store, open));
        var good = store.Connection is ConnectionState.Working && !(store.KeyExpiresAt < _now.AddDays(Store.KeyEndsSoonDays));
        return good ? Finding.Good("store", $"{name}: {words}") : Finding.Notice("store", $"{name}: {words}");
    }

    private IEnumerable<string> Facts(Store store, List<OutboundCommand> open)
    {
        yield return $"{store.Connection}{(store.ConnectionSince is { } since ? $" since {since:u}" : "")}{(store.ConnectionDetail is { Length: > 0 } said ? $" ({said})" : "")}";
        if (store.SyncedAt is { } synced) yield return $"in step with Ozon at {synced:u}";
        if (store.KeyExpiresAt is { } ends) yield return $"key ends {ends:u}";
        if (open.Count > 0) yield return $"{open.Count} on the way out, the oldest for {(_now - open.Min(c => c.CreatedAt)).TotalMinutes:0} min, {open.Count(c => c.State == CommandState.Unclear)} unclear";
    }

    private bool Opens(int storeId, byte[] sealedKey) => services.GetRequiredService<StoreSecrets>().TryUnprotect(storeId, sealedKey) is not null;
}
