using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Accounts;

/// <summary>Choosing a new password with a link from an owner: once and in time. It also lifts a pause after wrong passwords and ends
/// every session of the person.</summary>
internal sealed class ResetActions(IServiceScopeFactory scopes, Databases databases, WallClock wall)
{
    /// <summary>The address of the account behind a token; null when there is none, it is used up or over.</summary>
    public async Task<string?> FindAsync(string token, CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        return await Open(db, token).Select(r => r.User.Email).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Sets the password.</summary>
    public async Task<Outcome> UseAsync(string token, string password, CancellationToken cancellation)
    {
        await using var work = await AccountWork.OpenAsync(scopes, null, cancellation);
        var db = work.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        DateTime? now = wall.UtcNow;
        var reset = await Open(db, token).AsNoTracking().SingleOrDefaultAsync(cancellation);
        var taken = await Open(db, token).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), cancellation) == 1;
        if (reset is null || !taken) return Outcome.Refused("LinkDead");

        var user = await db.Users.SingleAsync(u => u.Id == reset.UserId, cancellation);
        var result = await work.People.ResetPasswordAsync(user, await work.People.GeneratePasswordResetTokenAsync(user), password);
        if (result.Succeeded && reset.ClearsSecondStep) result = await ClearSecondStepAsync(work, user);
        if (!result.Succeeded) return Outcome.Refused(result.Errors.First().Code);

        DateTime? never = null;
        await db.SignInSessions.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancellation);
        await db.SignInGuards.Where(g => g.UserId == user.Id).ExecuteUpdateAsync(
            set => set.SetProperty(g => g.Tries, 0).SetProperty(g => g.LockedUntil, never), cancellation);
        await SignInSessions.AnnounceAsync(db, user.Id, cancellation);
        db.Audit(reset.StoreId, "member.password-chosen", user.Id);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    }

    private static async Task<IdentityResult> ClearSecondStepAsync(AccountWork work, AppUser user)
    {
        foreach (var passkey in await work.People.GetPasskeysAsync(user)) await work.People.RemovePasskeyAsync(user, passkey.CredentialId);
        await work.Store.RemoveAuthenticatorAsync(user, CancellationToken.None);
        return await work.People.SetTwoFactorEnabledAsync(user, false);
    }

    private IQueryable<PasswordReset> Open(SellerCenterDb db, string token)
    {
        var hash = StoreSecrets.HashOf(token);
        return db.OpenResets(wall.UtcNow).Where(r => r.TokenHash == hash);
    }
}
