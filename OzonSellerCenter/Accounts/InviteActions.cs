using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Accounts;

/// <summary>An invitation as the invited person sees it. An address that has an account already signs in to it; none is made anew.</summary>
internal sealed record Invitation(string Email, string StoreName, string InvitedBy, StoreRole Role, bool HasAccount);

/// <summary>Taking up an invitation: once, in time, and only by the address it was made for.</summary>
internal sealed class InviteActions(IServiceScopeFactory scopes, Databases databases, WallClock wall, TimeProvider clock)
{
    /// <summary>The invitation behind a token; null when there is none, it is used up or over.</summary>
    public async Task<Invitation?> FindAsync(string token, CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        if (await Open(db, token).Include(i => i.Store).AsNoTracking().SingleOrDefaultAsync(cancellation) is not { } invite) return null;
        var email = invite.Email.ToUpperInvariant();
        var hasAccount = await db.Users.AnyAsync(u => u.NormalizedEmail == email, cancellation);
        return new Invitation(invite.Email, invite.Store.Name, invite.InvitedBy, invite.Role, hasAccount);
    }

    /// <summary>Makes an account and joins the store with it.</summary>
    public async Task<(AppUser? User, Reason? Refusal)> AcceptAsNewAsync(string token, string name, string password, CancellationToken cancellation)
    {
        await using var work = await AccountWork.OpenAsync(scopes, null, cancellation);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellation);
        if (await TakeAsync(work.Db, token, cancellation) is not { } invite) return (null, new Reason("LinkDead"));
        var user = new AppUser { UserName = invite.Email, Email = invite.Email, EmailConfirmed = true, DisplayName = name.Trim() };
        var made = await work.People.CreateAsync(user, password);
        if (!made.Succeeded) return (null, new Reason(made.Errors.First().Code));
        await JoinAsync(work.Db, invite, user.Id, cancellation);
        return (user, null);
    }

    /// <summary>Joins the store with the account that is signed in.</summary>
    public async Task<Outcome> AcceptAsync(string token, CurrentUser user, CancellationToken cancellation)
    {
        await using var work = await AccountWork.OpenAsync(scopes, user, cancellation);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellation);
        if (await TakeAsync(work.Db, token, cancellation) is not { } invite) return Outcome.Refused("LinkDead");
        var email = invite.Email.ToUpperInvariant();
        var mine = await work.Db.Users.AnyAsync(u => u.Id == user.Id && u.NormalizedEmail == email, cancellation);
        if (!mine) return Outcome.Refused("InviteForOther", invite.Email);
        await JoinAsync(work.Db, invite, user.Id, cancellation);
        return Outcome.Done;
    }

    private IQueryable<Invite> Open(SellerCenterDb db, string token)
    {
        var hash = StoreSecrets.HashOf(token);
        return db.OpenInvites(wall.UtcNow).Where(i => i.TokenHash == hash);
    }

    /// <summary>Uses the invitation up, in the caller's transaction: of two at once one gets it.</summary>
    private async Task<Invite?> TakeAsync(SellerCenterDb db, string token, CancellationToken cancellation)
    {
        DateTime? now = wall.UtcNow;
        var invite = await Open(db, token).AsNoTracking().SingleOrDefaultAsync(cancellation);
        return await Open(db, token).ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), cancellation) == 1 ? invite : null;
    }

    private async Task JoinAsync(SellerCenterDb db, Invite invite, string userId, CancellationToken cancellation)
    {
        // Who is in already keeps his role; the team page changes roles.
        if (!await db.Memberships.AnyAsync(m => m.StoreId == invite.StoreId && m.UserId == userId, cancellation))
        {
            db.Memberships.Add(new Membership
            {
                StoreId = invite.StoreId,
                UserId = userId,
                Role = invite.Role,
                SinceAt = clock.GetUtcNow().UtcDateTime,
            });
        }

        db.Audit(invite.StoreId, "member.added", userId, $"{invite.Role}, invited by {invite.InvitedBy}");
        db.Announce(invite.StoreId, EventKind.Membership, userId);
        await db.CommitAsync(cancellation);
    }
}
