using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Background;

/// <summary>A store that Ozon can be asked for.</summary>
internal sealed record OpenStore(int Id, OzonAccount Account);

/// <summary>Whether and why not a store talks to Ozon. After a refusal of the key or a lost connection nobody but <see cref="StoreCheck"/> calls,
/// so that a wrong key or an outage never becomes a storm; what is to be sent waits.</summary>
internal sealed class StoreGate(Databases databases, StoreSecrets secrets, Signals signals, TimeProvider clock, ILogger<StoreGate> log)
{
    /// <summary>States in which only the check calls Ozon.</summary>
    public static readonly ConnectionState[] Shut =
    [
        ConnectionState.NoKey, ConnectionState.WrongKey, ConnectionState.BadClientId, ConnectionState.OfferNotSigned, ConnectionState.KeyDeactivated,
        ConnectionState.KeyIpBound, ConnectionState.Unreachable, ConnectionState.OzonFailing, ConnectionState.Forbidden,
        ConnectionState.KeyUnreadable,
    ];

    private readonly ConcurrentDictionary<int, bool> _unreadable = new();

    public static bool IsShut(ConnectionState state) => Shut.Contains(state);

    /// <summary>Every store there is, whatever its state.</summary>
    public async Task<List<int>> AllAsync(CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        return await db.Stores.AsNoTracking().Select(s => s.Id).ToListAsync(cancellation);
    }

    /// <summary>The store with its key; null when it has none or when Ozon is not to be called now.</summary>
    public async Task<OpenStore?> OpenAsync(int storeId, CancellationToken cancellation) =>
        await AccountAsync(storeId, cancellation) is var (account, state) && account is not null && !IsShut(state) ? new OpenStore(storeId, account) : null;

    /// <summary>The account with the state it is in; the account is null when there is no key that can be read.</summary>
    public async Task<(OzonAccount? Account, ConnectionState State)> AccountAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var store = await db.Stores.AsNoTracking().Where(s => s.Id == storeId)
            .Select(s => new { s.ClientId, s.ProtectedApiKey, s.Connection }).SingleOrDefaultAsync(cancellation);
        if (store?.ProtectedApiKey is null) return (null, ConnectionState.NoKey);
        if (secrets.TryUnprotect(storeId, store.ProtectedApiKey) is { } key)
        {
            _unreadable.TryRemove(storeId, out _);
            return (new OzonAccount(store.ClientId, key), store.Connection);
        }

        // Everything that works for the store asks every few seconds; once is enough in the log.
        if (_unreadable.TryAdd(storeId, true)) log.LogError("The key of store {StoreId} does not open with this installation's master key", storeId);
        await SetAsync(storeId, ConnectionState.KeyUnreadable, null, cancellation);
        return (null, ConnectionState.KeyUnreadable);
    }

    /// <summary>Notes what an answer says about the connection, if it says anything. Calls that failed for reasons of their own change nothing.</summary>
    public async Task NoteAsync(int storeId, OzonError error, CancellationToken cancellation)
    {
        if (StateOf(error.Kind) is { } state) await SetAsync(storeId, state, error.Message, cancellation);
    }

    /// <summary>Sets the state of a store, tells its screens, and wakes what may go on.</summary>
    public async Task SetAsync(int storeId, ConnectionState state, string? detail, CancellationToken cancellation)
    {
        var changed = await Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(storeId, cancellation);
            var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
            if (store.Connection == state && store.ConnectionDetail == detail) return false;
            if (store.Connection != state) store.ConnectionSince = clock.GetUtcNow().UtcDateTime;
            var differs = store.Connection != state;
            store.Connection = state;
            store.ConnectionDetail = detail;
            db.Announce(storeId, EventKind.Store, "");
            await db.CommitAsync(cancellation);
            return differs;
        });
        if (!changed) return;
        log.LogInformation("Store {StoreId} is now {State}", storeId, state);
        signals.StoreOpened();
    }

    /// <summary>What a kind of error means for the whole store; null when it concerns only the call.</summary>
    public static ConnectionState? StateOf(OzonErrorKind kind) => kind switch
    {
        OzonErrorKind.WrongKey => ConnectionState.WrongKey,
        OzonErrorKind.BadClientId => ConnectionState.BadClientId,
        OzonErrorKind.MissingHeaders => ConnectionState.NoKey,
        OzonErrorKind.MissingRole => ConnectionState.MissingRole,
        OzonErrorKind.SubscriptionRequired => ConnectionState.SubscriptionRequired,
        OzonErrorKind.OfferNotSigned => ConnectionState.OfferNotSigned,
        OzonErrorKind.KeyDeactivated => ConnectionState.KeyDeactivated,
        OzonErrorKind.KeyIpBound => ConnectionState.KeyIpBound,
        OzonErrorKind.Unreachable => ConnectionState.Unreachable,
        _ => null,
    };
}
