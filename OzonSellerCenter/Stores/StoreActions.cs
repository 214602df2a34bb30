using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

/// <summary>Changes of a store's settings. Only its owners may; for everybody outside the store does not exist.</summary>
public sealed class StoreActions(Databases databases, StoreSecrets secrets, TimeProvider clock, IConfiguration configuration)
{
    private const int MaxKey = 200;
    private const int MaxPolicy = 4000;

    /// <summary>Ozon's Client-Id is a number.</summary>
    public static bool IsClientId(string text) => text.Trim() is { Length: > 0 and <= 20 } id && id.All(char.IsAsciiDigit);

    /// <summary>Opens another store for a person who already owns one; he becomes its owner.</summary>
    /// <returns>The store's id; 0 when refused.</returns>
    public async Task<(Outcome Outcome, int StoreId)> OpenAsync(CurrentUser user, string name, string clientId, CancellationToken cancellation)
    {
        if (NameRefusal(name) is { } wrongName) return (wrongName, 0);
        if (!IsClientId(clientId)) return (Outcome.Refused("ClientIdDigits"), 0);
        await using var db = await databases.ForAsync(user, cancellation);
        if (!await db.Memberships.AnyAsync(m => m.UserId == user.Id && m.Role == StoreRole.Owner, cancellation)) return (Outcome.Refused("OwnersOnly"), 0);
        clientId = clientId.Trim();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var store = new Store
        {
            Name = name.Trim(),
            ClientId = clientId,
            IsSandbox = configuration.GetValue<bool>("Sandbox:Enabled"),
            Connection = ConnectionState.NoKey,
            ConnectionSince = now,
        };
        db.Stores.Add(store);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException taken) when (Databases.IsConflict(taken))
        {
            return (Outcome.Refused("ClientIdTaken"), 0);
        }

        GivePushSecret(store, secrets);
        db.Memberships.Add(new Membership { StoreId = store.Id, UserId = user.Id, Role = StoreRole.Owner, SinceAt = now });
        db.Audit(store.Id, "store.created", clientId);
        db.Audit(store.Id, "member.added", user.Id, nameof(StoreRole.Owner));
        db.Announce(store.Id, EventKind.Store, "");
        db.Announce(store.Id, EventKind.Membership, user.Id);
        await db.CommitAsync(cancellation);
        return (Outcome.Done, store.Id);
    }

    /// <summary>Name, zone of the shop's times, and the return policy shown beside conversations.</summary>
    public Task<Outcome> DescribeAsync(CurrentUser user, int storeId, string name, string timeZone, string returnPolicy, CancellationToken cancellation)
    {
        if (NameRefusal(name) is { } wrongName) return Task.FromResult(wrongName);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _)) return Task.FromResult(Outcome.Refused("ZoneUnknown"));
        if (returnPolicy.Length > MaxPolicy) return Task.FromResult(Outcome.Refused("PolicyTooLong", MaxPolicy));
        return ChangeAsync(user, storeId, "store.described", async (db, store) =>
        {
            store.Name = name.Trim();
            store.TimeZone = timeZone;
            store.ReturnPolicy = returnPolicy.Trim();
            await WorkingHoursActions.FollowZoneAsync(db, storeId, timeZone, cancellation);
            return Outcome.Done;
        }, cancellation);
    }

    /// <summary>Takes a new key. It is stored encrypted and never shown again; the check at Ozon follows by itself.</summary>
    public Task<Outcome> ReplaceKeyAsync(CurrentUser user, int storeId, string clientId, string apiKey, CancellationToken cancellation)
    {
        clientId = clientId.Trim();
        apiKey = apiKey.Trim();
        if (!IsClientId(clientId)) return Task.FromResult(Outcome.Refused("ClientIdDigits"));
        if (apiKey.Length is 0 or > MaxKey || apiKey.Any(c => c is <= ' ' or > '~')) return Task.FromResult(Outcome.Refused("KeyMalformed"));
        return ChangeAsync(user, storeId, "store.key-replaced", async (db, store) =>
        {
            var others = db.Stores.IgnoreQueryFilters([AccessFilter.Name]).Where(s => s.ClientId == clientId && s.Id != storeId);
            if (await others.AnyAsync(cancellation)) return Outcome.Refused("ClientIdTaken");
            store.ClientId = clientId;
            store.ProtectedApiKey = secrets.Protect(storeId, apiKey);
            store.Connection = ConnectionState.NotChecked;
            store.ConnectionSince = clock.GetUtcNow().UtcDateTime;
            store.ConnectionDetail = null;
            store.KeyExpiresAt = null;
            store.Subscription = null;
            return Outcome.Done;
        }, cancellation);
    }

    /// <summary>Has the key checked at Ozon anew.</summary>
    public Task<Outcome> CheckAgainAsync(CurrentUser user, int storeId, CancellationToken cancellation) =>
        ChangeAsync(user, storeId, "store.check-asked", store =>
        {
            store.Connection = store.ProtectedApiKey is null ? ConnectionState.NoKey : ConnectionState.NotChecked;
            store.ConnectionSince = clock.GetUtcNow().UtcDateTime;
        }, cancellation);

    /// <summary>A new secret in the push address; the old address is dead at once.</summary>
    public Task<Outcome> RenewPushSecretAsync(CurrentUser user, int storeId, CancellationToken cancellation) =>
        ChangeAsync(user, storeId, "store.push-secret-renewed", store => GivePushSecret(store, secrets), cancellation);

    /// <summary>Puts a fresh push secret into a store that has its id.</summary>
    internal static void GivePushSecret(Store store, StoreSecrets secrets)
    {
        var secret = StoreSecrets.NewSecret();
        store.PushSecretHash = StoreSecrets.HashOf(secret);
        store.ProtectedPushSecret = secrets.Protect(store.Id, secret);
    }

    private Task<Outcome> ChangeAsync(CurrentUser user, int storeId, string action, Action<Store> change, CancellationToken cancellation) =>
        ChangeAsync(user, storeId, action, (_, store) =>
        {
            change(store);
            return Task.FromResult(Outcome.Done);
        }, cancellation);

    private Task<Outcome> ChangeAsync(
        CurrentUser user, int storeId, string action, Func<SellerCenterDb, Store, Task<Outcome>> change, CancellationToken cancellation) => Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            if (Refusal(db, storeId) is { } refusal) return refusal;
            var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
            var outcome = await change(db, store);
            if (!outcome.IsDone) return outcome;
            db.Audit(storeId, action, store.ClientId);
            db.Announce(storeId, EventKind.Store, "");
            await db.CommitAsync(cancellation);
            return Outcome.Done;
        });

    private static Outcome? Refusal(SellerCenterDb db, int storeId) => db.RoleIn(storeId) switch
    {
        StoreRole.Owner => null,
        null => Outcome.NotFound,
        _ => Outcome.Refused("OwnersOnly"),
    };

    private static Outcome? NameRefusal(string name) => name.Trim().Length is > 0 and <= 200 ? null : Outcome.Refused("StoreNameNeeded");
}
