using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>What a person changes about his own account.</summary>
internal sealed class ProfileActions(IServiceScopeFactory scopes, SignInGuards guards)
{
    /// <summary>The name colleagues see.</summary>
    public async Task<Outcome> RenameAsync(ClaimsPrincipal principal, string name, CancellationToken cancellation)
    {
        name = name.Trim();
        if (name.Length is 0 or > AccountChecks.MaxName) return Outcome.Refused("NameNeeded", AccountChecks.MaxName);
        var me = Session.Of(principal);
        await using var work = await AccountWork.OpenAsync(scopes, me, cancellation);
        var user = await work.Db.Users.SingleAsync(u => u.Id == me.Id, cancellation);
        work.Db.Audit(null, "account.renamed", me.Id, $"{user.DisplayName} -> {name}");
        user.DisplayName = name;
        await SignInSessions.AnnounceAsync(work.Db, me.Id, cancellation);
        await work.Db.CommitAsync(cancellation);
        return Outcome.Done;
    }

    /// <summary>Changes the password; every other browser is signed out.</summary>
    public async Task<Outcome> ChangePasswordAsync(ClaimsPrincipal principal, string current, string next, CancellationToken cancellation)
    {
        if (next.Length < PasswordRules.MinLength) return Outcome.Refused("PasswordTooShort", PasswordRules.MinLength);
        var me = Session.Of(principal);
        if (!await IsPasswordAsync(me, current, cancellation)) return Outcome.Refused("PasswordWrong");
        await using var work = await AccountWork.OpenAsync(scopes, me, cancellation);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellation);
        var user = await work.Db.Users.SingleAsync(u => u.Id == me.Id, cancellation);
        var changed = await work.People.ChangePasswordAsync(user, current, next);
        if (!changed.Succeeded) return Outcome.Refused(changed.Errors.First().Code, PasswordRules.MinLength);
        await SignInSessions.EndOthersAsync(work.Db, principal, cancellation);
        work.Db.Audit(null, "account.password-changed", me.Id);
        await work.Db.CommitAsync(cancellation);
        return Outcome.Done;
    }

    /// <summary>Signs the person out in every other browser.</summary>
    public async Task SignOutOthersAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        var me = Session.Of(principal);
        await using var work = await AccountWork.OpenAsync(scopes, me, cancellation);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellation);
        await SignInSessions.EndOthersAsync(work.Db, principal, cancellation);
        work.Db.Audit(null, "account.signed-out-elsewhere", me.Id);
        await work.Db.CommitAsync(cancellation);
    }

    /// <summary>True for the person's password. Wrong ones count as at the sign-in: who found an open tab cannot guess on.</summary>
    public async Task<bool> IsPasswordAsync(CurrentUser me, string password, CancellationToken cancellation)
    {
        if (password.Length > PasswordRules.MaxLength || !await guards.TakeTryAsync(me.Id, cancellation)) return false;
        await using var work = await AccountWork.OpenAsync(scopes, me, cancellation);
        var user = await work.Db.Users.SingleAsync(u => u.Id == me.Id, cancellation);
        if (!await work.People.CheckPasswordAsync(user, password)) return false;
        await guards.ClearAsync(me.Id, cancellation);
        return true;
    }
}
