using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

/// <summary>Changes of a team. Only owners of the store may; for everybody outside it the store does not exist.</summary>
public sealed class TeamActions(Databases databases, WallClock wall)
{
    /// <summary>Invites an address; an earlier open invitation of the same address is replaced.</summary>
    /// <returns>The token for the link, which is shown once and kept only as a hash; null when refused.</returns>
    public Task<(Outcome Outcome, string? Token)> InviteAsync(
        CurrentUser user, int storeId, string email, StoreRole role, CancellationToken cancellation) => ChangeAsync(user, storeId, async db =>
        {
            if (!Enum.IsDefined(role)) return (Outcome.NotFound, null);
            if (!AccountChecks.IsEmail(email)) return (Outcome.Refused("EmailNeeded"), null);
            email = email.Trim().ToLowerInvariant();
            var normalized = email.ToUpperInvariant();
            if (await db.Memberships.AnyAsync(m => m.StoreId == storeId && m.User.NormalizedEmail == normalized, cancellation))
            {
                return (Outcome.Refused("AlreadyMember", email), null);
            }

            var token = StoreSecrets.NewSecret();
            db.Invites.RemoveRange(await db.Invites.Where(i => i.StoreId == storeId && i.Email == email && i.AcceptedAt == null).ToListAsync(cancellation));
            db.Invites.Add(new Invite
            {
                StoreId = storeId,
                Email = email,
                Role = role,
                TokenHash = StoreSecrets.HashOf(token),
                InvitedBy = user.Name,
                InvitedById = user.Id,
                ExpiresAt = wall.UtcNow + Invite.EndsAfter,
            });
            db.Audit(storeId, "member.invited", email, role.ToString());
            db.Announce(storeId, EventKind.Membership, "");
            return (Outcome.Done, token);
        }, cancellation);

    /// <summary>Takes an open invitation back; its link is dead at once.</summary>
    public Task<Outcome> WithdrawInviteAsync(CurrentUser user, int storeId, int inviteId, CancellationToken cancellation) =>
        ChangeAsync(user, storeId, async db =>
        {
            var invite = await db.Invites.SingleOrDefaultAsync(i => i.Id == inviteId && i.StoreId == storeId && i.AcceptedAt == null, cancellation);
            if (invite is null) return Outcome.NotFound;
            db.Invites.Remove(invite);
            db.Audit(storeId, "member.invite-withdrawn", invite.Email);
            db.Announce(storeId, EventKind.Membership, "");
            return Outcome.Done;
        }, cancellation);

    /// <summary>Gives a member another role; the last owner stays one.</summary>
    public Task<Outcome> ChangeRoleAsync(CurrentUser user, int storeId, string memberId, StoreRole role, CancellationToken cancellation) =>
        ChangeMemberAsync(user, storeId, memberId, (db, member) =>
        {
            db.Audit(storeId, "member.role-changed", memberId, $"{member.Role} -> {role}");
            member.Role = role;
        }, role, cancellation);

    /// <summary>Takes a member out of the store. His account and what he wrote stay; the last owner cannot be taken out.</summary>
    public Task<Outcome> RemoveAsync(CurrentUser user, int storeId, string memberId, CancellationToken cancellation) =>
        ChangeMemberAsync(user, storeId, memberId, (db, member) =>
        {
            db.Audit(storeId, "member.removed", memberId, member.Role.ToString());
            db.Memberships.Remove(member);
        }, null, cancellation);

    /// <summary>Makes a link with which a member chooses a new password. A person who also works in stores of others cannot be
    /// reset from here: the new password would open those too.</summary>
    /// <returns>The token for the link, which is shown once and kept only as a hash; null when refused.</returns>
    public Task<(Outcome Outcome, string? Token)> ResetPasswordAsync(
        CurrentUser user, int storeId, string memberId, bool clearsSecondStep, CancellationToken cancellation) => ChangeAsync(user, storeId, async db =>
        {
            var stores = await db.Memberships.IgnoreQueryFilters([AccessFilter.Name]).Where(m => m.UserId == memberId).Select(m => m.StoreId).ToListAsync(cancellation);
            if (!stores.Contains(storeId)) return (Outcome.NotFound, null);
            if (stores.Any(s => db.RoleIn(s) != StoreRole.Owner)) return (Outcome.Refused("MemberElsewhere"), null);

            var token = StoreSecrets.NewSecret();
            db.PasswordResets.RemoveRange(await db.PasswordResets.Where(r => r.UserId == memberId && r.UsedAt == null).ToListAsync(cancellation));
            db.PasswordResets.Add(new PasswordReset
            {
                StoreId = storeId,
                UserId = memberId,
                MadeBy = user.Id,
                TokenHash = StoreSecrets.HashOf(token),
                ClearsSecondStep = clearsSecondStep,
                ExpiresAt = wall.UtcNow + PasswordReset.EndsAfter,
            });
            db.Audit(storeId, "member.password-reset", memberId, clearsSecondStep ? "with second step" : null);
            return (Outcome.Done, token);
        }, cancellation);

    /// <param name="role">The role afterwards; null for none.</param>
    private Task<Outcome> ChangeMemberAsync(
        CurrentUser user, int storeId, string memberId, Action<SellerCenterDb, Membership> change, StoreRole? role, CancellationToken cancellation) =>
        ChangeAsync(user, storeId, async db =>
        {
            if (role is { } given && !Enum.IsDefined(given)) return Outcome.NotFound;
            var members = await db.Memberships.Where(m => m.StoreId == storeId).ToListAsync(cancellation);
            if (members.Find(m => m.UserId == memberId) is not { } member) return Outcome.NotFound;
            var ownersElse = members.Exists(m => m.Role == StoreRole.Owner && m.UserId != memberId);
            if (role != StoreRole.Owner && !ownersElse) return Outcome.Refused("LastOwner");
            change(db, member);
            db.Announce(storeId, EventKind.Membership, memberId);
            return Outcome.Done;
        }, cancellation);

    private async Task<Outcome> ChangeAsync(
        CurrentUser user, int storeId, Func<SellerCenterDb, Task<Outcome>> change, CancellationToken cancellation) =>
        (await ChangeAsync(user, storeId, async db => (await change(db), null), cancellation)).Outcome;

    private Task<(Outcome Outcome, string? Token)> ChangeAsync(
        CurrentUser user, int storeId, Func<SellerCenterDb, Task<(Outcome Outcome, string? Token)>> change, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            if (Refusal(db, storeId) is { } refusal) return (refusal, null);
            var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
            var changed = await change(db);
            if (!changed.Outcome.IsDone) return changed;

            // Two owners who take each other out at once, or invite the same address: the store's version lets only one of them
            // through, the other looks again.
            db.Entry(store).State = EntityState.Modified;
            await db.CommitAsync(cancellation);
            return changed;
        });

    private static Outcome? Refusal(SellerCenterDb db, int storeId) => db.RoleIn(storeId) switch
    {
        StoreRole.Owner => null,
        null => Outcome.NotFound,
        _ => Outcome.Refused("OwnersOnly"),
    };
}
