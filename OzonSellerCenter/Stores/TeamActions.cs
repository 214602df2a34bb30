using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

/// <summary>Changes of a team. Only owners of the store may; for everybody outside it the store does not exist.</summary>
public sealed class TeamActions(Databases databases, WallClock wall)
{
    /// <summary>Invites an address; an earlier open invitation of the same address is replaced.</summary>
    /// <returns>The token for the link, which is shown once and kept only as a hash; null when refused.</returns>
    public async Task<(Outcome Outcome, string? Token)> InviteAsync(
        CurrentUser user, int storeId, string email, StoreRole role, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (Refusal(db, storeId) is { } refusal) return (refusal, null);
        if (!Enum.IsDefined(role)) return (Outcome.NotFound, null);
        email = email.Trim().ToLowerInvariant();
        if (!System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email || email.Length > 256)
        {
            return (Outcome.Refused("EmailNeeded"), null);
        }

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
            ExpiresAt = wall.UtcNow + Invite.EndsAfter,
        });
        db.Audit(storeId, "member.invited", email, role.ToString());
        db.Announce(storeId, EventKind.Membership, "");
        await db.CommitAsync(cancellation);
        return (Outcome.Done, token);
    }

    /// <summary>Takes an open invitation back; its link is dead at once.</summary>
    public async Task<Outcome> WithdrawInviteAsync(CurrentUser user, int storeId, int inviteId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (Refusal(db, storeId) is { } refusal) return refusal;
        var invite = await db.Invites.SingleOrDefaultAsync(i => i.Id == inviteId && i.StoreId == storeId && i.AcceptedAt == null, cancellation);
        if (invite is null) return Outcome.NotFound;
        db.Invites.Remove(invite);
        db.Audit(storeId, "member.invite-withdrawn", invite.Email);
        db.Announce(storeId, EventKind.Membership, "");
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    }

    /// <summary>Gives a member another role; the last owner stays one.</summary>
    public Task<Outcome> ChangeRoleAsync(CurrentUser user, int storeId, string memberId, StoreRole role, CancellationToken cancellation) =>
        Enum.IsDefined(role)
            ? ChangeAsync(user, storeId, memberId, (db, member) =>
            {
                db.Audit(storeId, "member.role-changed", memberId, $"{member.Role} -> {role}");
                member.Role = role;
            }, keepsOwner: role == StoreRole.Owner, cancellation)
            : Task.FromResult(Outcome.NotFound);

    /// <summary>Takes a member out of the store. His account and what he wrote stay; the last owner cannot be taken out.</summary>
    public Task<Outcome> RemoveAsync(CurrentUser user, int storeId, string memberId, CancellationToken cancellation) =>
        ChangeAsync(user, storeId, memberId, (db, member) =>
        {
            db.Audit(storeId, "member.removed", memberId, member.Role.ToString());
            db.Memberships.Remove(member);
        }, keepsOwner: false, cancellation);

    /// <summary>Makes a link with which a member chooses a new password. A person who also works in stores of others cannot be
    /// reset from here: the new password would open those too.</summary>
    /// <returns>The token for the link, which is shown once and kept only as a hash; null when refused.</returns>
    public async Task<(Outcome Outcome, string? Token)> ResetPasswordAsync(
        CurrentUser user, int storeId, string memberId, bool clearsSecondStep, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (Refusal(db, storeId) is { } refusal) return (refusal, null);
        var stores = await db.Memberships.IgnoreQueryFilters([AccessFilter.Name]).Where(m => m.UserId == memberId).Select(m => m.StoreId).ToListAsync(cancellation);
        if (!stores.Contains(storeId)) return (Outcome.NotFound, null);
        if (stores.Any(s => db.RoleIn(s) != StoreRole.Owner)) return (Outcome.Refused("MemberElsewhere"), null);

        var token = StoreSecrets.NewSecret();
        db.PasswordResets.RemoveRange(await db.PasswordResets.Where(r => r.UserId == memberId && r.UsedAt == null).ToListAsync(cancellation));
        db.PasswordResets.Add(new PasswordReset
        {
            StoreId = storeId,
            UserId = memberId,
            TokenHash = StoreSecrets.HashOf(token),
            ClearsSecondStep = clearsSecondStep,
            ExpiresAt = wall.UtcNow + PasswordReset.EndsAfter,
        });
        db.Audit(storeId, "member.password-reset", memberId, clearsSecondStep ? "with second step" : null);
        await db.CommitAsync(cancellation);
        return (Outcome.Done, token);
    }

    private Task<Outcome> ChangeAsync(
        CurrentUser user, int storeId, string memberId, Action<SellerCenterDb, Membership> change, bool keepsOwner, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            if (Refusal(db, storeId) is { } refusal) return refusal;
            var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
            var members = await db.Memberships.Where(m => m.StoreId == storeId).ToListAsync(cancellation);
            if (members.Find(m => m.UserId == memberId) is not { } member) return Outcome.NotFound;
            if (!keepsOwner && !members.Exists(m => m.Role == StoreRole.Owner && m.UserId != memberId)) return Outcome.Refused("LastOwner");

            change(db, member);

            // Two owners who take each other out at once: the store's version lets only one of them through, the other looks again.
            db.Entry(store).State = EntityState.Modified;
            db.Announce(storeId, EventKind.Membership, memberId);
            await db.CommitAsync(cancellation);
            return Outcome.Done;
        });

    private static Outcome? Refusal(SellerCenterDb db, int storeId) => db.RoleIn(storeId) switch
    {
        StoreRole.Owner => null,
        null => Outcome.NotFound,
        _ => Outcome.Refused("OwnersOnly"),
    };
}
