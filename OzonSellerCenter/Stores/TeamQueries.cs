using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

/// <summary>A member as the team page shows him.</summary>
/// <param name="AwaySince">Since when he is given no conversations in turn; null while he is.</param>
public sealed record TeamMember(string UserId, string Name, string Email, StoreRole Role, bool TwoFactor, DateTime SinceAt, DateTime? AwaySince);

/// <summary>An invitation that nobody took up yet.</summary>
public sealed record OpenInvite(int Id, string Email, StoreRole Role, string InvitedBy, DateTime ExpiresAt);

/// <summary>The team of one store; <see cref="MyRole"/> says what the person who looks may do.</summary>
/// <param name="RoundRobinSince">Since when conversations are given out in turn; null while they are not.</param>
/// <param name="MaxOpenPerPerson">So many a person is given at most.</param>
public sealed record Team(
    int StoreId, string StoreName, StoreRole MyRole, IReadOnlyList<TeamMember> Members, IReadOnlyList<OpenInvite> Invites,
    DateTime? RoundRobinSince, int MaxOpenPerPerson);

/// <summary>Reads for the team page.</summary>
public sealed class TeamQueries(Databases databases, WallClock wall)
{
    /// <summary>The team of a store; null for a store the person is no member of, existing or not.</summary>
    public async Task<Team?> OfAsync(CurrentUser user, int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role) return null;
        var store = await db.Stores.Where(s => s.Id == storeId).Select(s => new { s.Name, s.RoundRobinSince, s.MaxOpenPerPerson }).SingleAsync(cancellation);
        var members = await db.Memberships.Where(m => m.StoreId == storeId)
            .OrderBy(m => m.Role).ThenBy(m => m.User.DisplayName)
            .Select(m => new TeamMember(m.UserId, m.User.DisplayName, m.User.Email!, m.Role, m.User.TwoFactorEnabled, m.SinceAt, m.AwaySince))
            .ToListAsync(cancellation);
        var invites = role != StoreRole.Owner ? [] : await db.OpenInvites(wall.UtcNow).Where(i => i.StoreId == storeId)
            .OrderBy(i => i.Email)
            .Select(i => new OpenInvite(i.Id, i.Email, i.Role, i.InvitedBy, i.ExpiresAt))
            .ToListAsync(cancellation);
        return new Team(storeId, store.Name, role, members, invites, store.RoundRobinSince, store.MaxOpenPerPerson);
    }
}
