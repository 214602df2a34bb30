using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Stores;

/// <summary>A store to choose from.</summary>
public sealed record StoreChoice(int Id, string Name, StoreRole Role)
{
    /// <summary>The one to begin with: a store of one's own before one where one only works.</summary>
    public static StoreChoice? FirstOf(IReadOnlyList<StoreChoice> stores) => stores.OrderBy(s => s.Role != StoreRole.Owner).FirstOrDefault();
}

/// <summary>How far one kind of data has come.</summary>
public sealed record SyncLine(string Kind, DateTime? ImportedAt, int Done, int? Total, DateTime? FreshAt, DateTime? FailedAt, string? Error);

/// <summary>A store as its settings show it; the key itself is never among it, the push secret and Ozon's words only for owners. The push
/// secret is null also when it does not open with this installation's master key.</summary>
public sealed record StoreSettings(
    int Id, string Name, string ClientId, StoreRole MyRole, string TimeZone, string ReturnPolicy, bool HasKey, ConnectionState Connection,
    DateTime? ConnectionSince, string? ConnectionDetail, DateTime? KeyExpiresAt, string? Subscription, DateTime? SyncedAt,
    IReadOnlyList<SyncLine> Sync, string? PushSecret);

/// <summary>Reads for the store's settings.</summary>
public sealed class StoreQueries(Databases databases, StoreSecrets secrets)
{
    /// <summary>The stores of a person, by name.</summary>
    public async Task<IReadOnlyList<StoreChoice>> OfAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = await db.Stores.OrderBy(s => s.Name).ThenBy(s => s.Id).Select(s => new { s.Id, s.Name }).ToListAsync(cancellation);
        return [.. stores.Select(s => new StoreChoice(s.Id, s.Name, db.RoleIn(s.Id)!.Value))];
    }

    /// <summary>The settings of a store; null for a store the person is no member of, existing or not.</summary>
    public async Task<StoreSettings?> SettingsAsync(CurrentUser user, int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role) return null;
        var store = await db.Stores.AsNoTracking().SingleAsync(s => s.Id == storeId, cancellation);
        var sync = await db.SyncStates.Where(s => s.StoreId == storeId).OrderBy(s => s.Kind)
            .Select(s => new SyncLine(s.Kind, s.ImportedAt, s.Done, s.Total, s.FreshAt, s.FailedAt, s.Error))
            .ToListAsync(cancellation);
        var isOwner = role == StoreRole.Owner;

        // After the key file was lost this page is the way to enter the key anew, so it has to open.
        var push = isOwner && store.ProtectedPushSecret is { } box ? secrets.TryUnprotect(storeId, box) : null;
        return new StoreSettings(
            store.Id, store.Name, store.ClientId, role, store.TimeZone, store.ReturnPolicy, store.ProtectedApiKey is not null, store.Connection,
            store.ConnectionSince, isOwner ? store.ConnectionDetail : null, store.KeyExpiresAt, store.Subscription, store.SyncedAt, sync, push);
    }
}
