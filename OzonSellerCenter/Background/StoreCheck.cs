using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Asks Ozon what a store's key may do (<c>/v1/roles</c>, the cheapest check) and what the shop is (<c>/v1/seller/info</c>); every refusal
/// becomes a named state of the store. While a store is shut this alone calls Ozon for it.</summary>
internal sealed class StoreCheck(
    OzonApi ozon, Databases databases, StoreGate gate, IOptions<SyncOptions> options, TimeProvider clock, ILogger<StoreCheck> log)
{
    /// <summary>What the daily work calls; a key without one of them is said to lack a role.</summary>
    private static readonly string[] Needed =
    [
        "/v3/chat/list", "/v3/chat/history", "/v1/chat/send/message", "/v1/chat/send/file", "/v2/chat/read", "/v4/posting/fbs/list", "/v3/posting/fbs/get",
    ];

    private static readonly string[] SubscriptionsWithChat = ["PREMIUM_PLUS", "PREMIUM_PRO"];

    private readonly ConcurrentDictionary<int, Check> _last = new();

    /// <summary>Checks when it is time, when the key is another one, or when something has just shut the store.</summary>
    public async Task CheckAsync(int storeId, CancellationToken cancellation)
    {
        var (account, state) = await gate.AccountAsync(storeId, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var identity = account is null ? 0 : HashCode.Combine(account.ClientId, account.ApiKey);
        var last = _last.GetValueOrDefault(storeId);
        var isSame = last is not null && last.Identity == identity && last.State == state;

        // A clock that was put back makes the last check one of the future; it tells nothing about when the next is due.
        if (isSame && now >= last!.At && now - last.At < PauseAfter(last)) return;
        if (account is null)
        {
            await gate.SetAsync(storeId, state, null, cancellation);
            _last[storeId] = new Check(now, identity, state, 1);
            return;
        }

        var (found, detail, expiresAt) = await AskAsync(storeId, account, cancellation);
        await gate.SetAsync(storeId, found, detail, cancellation);
        if (expiresAt <= now.AddDays(Store.KeyEndsSoonDays) && last?.At.Date != now.Date)
        {
            log.LogWarning("The key of store {StoreId} ends at {ExpiresAt:u}", storeId, expiresAt);
        }

        _last[storeId] = new Check(now, identity, found, isSame && last!.State == found ? last.InARow + 1 : 1);
    }

    /// <summary>An Ozon that goes on refusing is asked less and less often.</summary>
    private TimeSpan PauseAfter(Check last) => TimeSpan.FromSeconds(last.State == ConnectionState.Working
        ? options.Value.StoreCheckSeconds
        : Math.Min(options.Value.StoreCheckSeconds, options.Value.StoreRecheckSeconds * Math.Pow(2, Math.Min(last.InARow - 1, 2))));

    private async Task<(ConnectionState State, string? Detail, DateTime? ExpiresAt)> AskAsync(int storeId, OzonAccount account, CancellationToken cancellation)
    {
        var roles = await ozon.RolesAsync(account, cancellation);
        if (!roles.IsOk) return (StateOf(roles.Error), roles.Error.Message, null);
        var expiresAt = roles.Value.ExpiresAt;
        var info = await ozon.SellerInfoAsync(account, cancellation);
        if (!info.IsOk) return (StateOf(info.Error), info.Error.Message, expiresAt);
        await KeepAsync(storeId, expiresAt, info.Value.Subscription.Type, cancellation);

        var allowed = roles.Value.Roles.SelectMany(r => r.Methods).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = allowed.Count == 0 ? [] : Needed.Where(method => !allowed.Contains(method)).ToList();
        if (missing.Count > 0) return (ConnectionState.MissingRole, string.Join(", ", missing), expiresAt);
        return SubscriptionsWithChat.Contains(info.Value.Subscription.Type)
            ? (ConnectionState.Working, null, expiresAt)
            : (ConnectionState.SubscriptionRequired, info.Value.Subscription.Type, expiresAt);
    }

    private async Task KeepAsync(int storeId, DateTime? expiresAt, string subscription, CancellationToken cancellation) => await Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
        if (store.KeyExpiresAt == expiresAt && store.Subscription == subscription) return;
        store.KeyExpiresAt = expiresAt;
        store.Subscription = subscription;
        db.Announce(storeId, EventKind.Store, "");
        await db.CommitAsync(cancellation);
    });

    /// <summary>Here even an error that says nothing about the store elsewhere has a name: it is the key itself that Ozon was asked about.</summary>
    private static ConnectionState StateOf(OzonError error) => error.Kind switch
    {
        OzonErrorKind.RateLimited or OzonErrorKind.CircuitOpen => ConnectionState.Throttled,
        OzonErrorKind.Forbidden => ConnectionState.Forbidden,

        // The line broke or the time ran out: to a person that is an Ozon that does not answer.
        OzonErrorKind.Unclear => ConnectionState.Unreachable,
        _ => StoreGate.StateOf(error.Kind) ?? ConnectionState.OzonFailing,
    };

    private sealed record Check(DateTime At, int Identity, ConnectionState State, int InARow);
}
