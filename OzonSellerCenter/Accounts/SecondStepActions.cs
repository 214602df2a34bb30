using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>A passkey as the profile shows it.</summary>
public sealed record PasskeyLine(string Id, string? Name, DateTime CreatedAt);

/// <summary>How a person is guarded beyond the password.</summary>
public sealed record SecondStep(bool HasAuthenticator, int RecoveryCodesLeft, IReadOnlyList<PasskeyLine> Passkeys);

/// <summary>A person's own authenticator app, recovery codes and passkeys.</summary>
internal sealed class SecondStepActions(IServiceScopeFactory scopes, SignInGuards guards, ProfileActions profile, WallClock wall)
{
    private const int RecoveryCodes = 10;

    public async Task<SecondStep> OfAsync(CurrentUser me, CancellationToken cancellation)
    {
        await using var work = await AccountWork.OpenAsync(scopes, me, cancellation);
        var user = await work.Db.Users.SingleAsync(u => u.Id == me.Id, cancellation);
        var passkeys = await work.People.GetPasskeysAsync(user);
        return new SecondStep(
            user.TwoFactorEnabled,
            user.TwoFactorEnabled ? await work.People.CountRecoveryCodesAsync(user) : 0,
            [.. passkeys.OrderBy(p => p.CreatedAt).Select(p => new PasskeyLine(Convert.ToHexString(p.CredentialId), p.Name, p.CreatedAt.UtcDateTime))]);
    }

    /// <summary>A new secret for an authenticator app; nothing is stored before a code proves that the app has it.</summary>
    public async Task<string> NewKeyAsync(CancellationToken cancellation)
    {
        await using var work = await AccountWork.OpenAsync(scopes, null, cancellation);
        return work.People.GenerateNewAuthenticatorKey();
    }

    /// <summary>The address an authenticator app reads from the QR code.</summary>
    public static string UriOf(string email, string key) =>
        $"otpauth://totp/OzonSellerCenter:{Uri.EscapeDataString(email)}?secret={key}&issuer=OzonSellerCenter&digits=6";

    /// <summary>Turns two-step sign-in on with the secret the app has read.</summary>
    /// <returns>Recovery codes, shown once; null when refused.</returns>
    public async Task<(Outcome Outcome, IReadOnlyList<string>? Codes)> TurnOnAsync(
        ClaimsPrincipal principal, string key, string code, CancellationToken cancellation)
    {
        var me = Session.Of(principal);
        if (!await guards.TakeTryAsync(me.Id, cancellation) || OneTimeCodes.StepOf(key, OneTimeCodes.Digits(code), wall.UtcNow) is not { } step
            || !await guards.TakeCodeStepAsync(me.Id, step, cancellation))
        {
            return (Outcome.Refused("CodeWrong"), null);
        }

        await guards.ClearAsync(me.Id, cancellation);
        IReadOnlyList<string> codes = [];
        var outcome = await ChangeAsync(principal, "account.two-step-on", async (work, user) =>
        {
            await work.Store.SetAuthenticatorKeyAsync(user, key, cancellation);
            codes = [.. await work.People.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
            return await work.People.SetTwoFactorEnabledAsync(user, true);
        }, cancellation);
        return (outcome, codes);
    }

    /// <summary>Turns two-step sign-in off; wants the password.</summary>
    public async Task<Outcome> TurnOffAsync(ClaimsPrincipal principal, string password, CancellationToken cancellation) =>
        !await profile.IsPasswordAsync(Session.Of(principal), password, cancellation)
            ? Outcome.Refused("PasswordWrong")
            : await ChangeAsync(principal, "account.two-step-off", async (work, user) =>
            {
                await work.Store.RemoveAuthenticatorAsync(user, cancellation);
                return await work.People.SetTwoFactorEnabledAsync(user, false);
            }, cancellation);

    /// <summary>New recovery codes; the old ones are void. Wants the password.</summary>
    public async Task<(Outcome Outcome, IReadOnlyList<string>? Codes)> NewCodesAsync(ClaimsPrincipal principal, string password, CancellationToken cancellation)
    {
        if (!await profile.IsPasswordAsync(Session.Of(principal), password, cancellation)) return (Outcome.Refused("PasswordWrong"), null);
        IReadOnlyList<string> codes = [];
        var outcome = await ChangeAsync(principal, "account.recovery-codes-renewed", async (work, user) =>
        {
            codes = [.. await work.People.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
            return IdentityResult.Success;
        }, cancellation);
        return (outcome, codes);
    }

    /// <summary>Adds a passkey whose attestation was checked.</summary>
    public Task<Outcome> AddPasskeyAsync(ClaimsPrincipal principal, UserPasskeyInfo passkey, CancellationToken cancellation) =>
        ChangeAsync(principal, "account.passkey-added", (work, user) => work.People.AddOrUpdatePasskeyAsync(user, passkey), cancellation);

    public Task<Outcome> RemovePasskeyAsync(ClaimsPrincipal principal, string passkeyId, CancellationToken cancellation) =>
        ChangeAsync(principal, "account.passkey-removed", (work, user) => work.People.RemovePasskeyAsync(user, Convert.FromHexString(passkeyId)), cancellation);

    private async Task<Outcome> ChangeAsync(
        ClaimsPrincipal principal, string action, Func<AccountWork, AppUser, Task<IdentityResult>> change, CancellationToken cancellation)
    {
        var me = Session.Of(principal);
        await using var work = await AccountWork.OpenAsync(scopes, me, cancellation);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellation);
        var user = await work.Db.Users.SingleAsync(u => u.Id == me.Id, cancellation);
        var result = await change(work, user);
        if (!result.Succeeded) return Outcome.Refused(result.Errors.First().Code);

        // What guards the account changed: other browsers sign in anew.
        await SignInSessions.EndOthersAsync(work.Db, principal, cancellation);
        work.Db.Audit(null, action, me.Id);
        await work.Db.CommitAsync(cancellation);
        return Outcome.Done;
    }
}
