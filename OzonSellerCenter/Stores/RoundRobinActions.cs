using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

/// <summary>Whether a store gives its conversations out in turn, and to whom.</summary>
public sealed class RoundRobinActions(Databases databases, TimeProvider clock)
{
    /// <summary>More than this nobody can have open at once.</summary>
    public const int MostOpen = 1000;

    /// <summary>Switches giving out on or off and sets how many a person may have. Refused: <c>NotFound</c>, <c>OwnersOnly</c>,
    /// <c>MaxOpenRange</c> (limit).</summary>
    public Task<Outcome> SetAsync(CurrentUser user, int storeId, bool on, int maxOpen, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role) return Outcome.NotFound;
        if (role != StoreRole.Owner) return Outcome.Refused("OwnersOnly");
        if (maxOpen is < 1 or > MostOpen) return Outcome.Refused("MaxOpenRange", MostOpen);
        var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
        if (on) store.RoundRobinSince ??= clock.GetUtcNow().UtcDateTime;
        else store.RoundRobinSince = null;
        store.MaxOpenPerPerson = maxOpen;
        db.Audit(storeId, "store.round-robin", store.ClientId, FormattableString.Invariant($"{(on ? "on" : "off")}, open {maxOpen}"));
        db.Announce(storeId, EventKind.Store, "");
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>A person is there or away. Each says so of himself, owners of everybody who answers. Refused: <c>NotFound</c>,
    /// <c>OwnersOnly</c>.</summary>
    public Task<Outcome> SetAwayAsync(CurrentUser user, int storeId, string memberId, bool away, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role) return Outcome.NotFound;
        if (role != StoreRole.Owner && memberId != user.Id) return Outcome.Refused("OwnersOnly");
        var member = await db.Memberships.SingleOrDefaultAsync(m => m.StoreId == storeId && m.UserId == memberId && m.Role != StoreRole.Support, cancellation);
        if (member is null) return Outcome.NotFound;
        if (member.AwaySince is not null == away) return Outcome.Done;
        member.AwaySince = away ? clock.GetUtcNow().UtcDateTime : null;
        db.Audit(storeId, "member.available", memberId, away ? "away" : "available");
        db.Announce(storeId, EventKind.Membership, memberId);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });
}
