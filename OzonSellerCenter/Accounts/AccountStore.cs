using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Accounts;

/// <summary>Identity's tables, with what Identity leaves readable there closed: the authenticator's secret is encrypted and recovery codes
/// are kept as keyed fingerprints. Whoever has the database alone can make no code.</summary>
internal sealed class AccountStore(SellerCenterDb db, MasterKey master, IdentityErrorDescriber describer)
    : UserOnlyStore<AppUser, SellerCenterDb>(db, describer)
{
    private const char Between = ';';

    // Names under which Identity itself keeps them.
    private const string Provider = "[AspNetUserStore]";
    private const string Codes = "RecoveryCodes";

    public override Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, Convert.ToBase64String(master.Seal(KeyPurpose(user), key)), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } box ? master.Open(KeyPurpose(user), Convert.FromBase64String(box)) : null;

    /// <summary>Forgets the authenticator's secret and the recovery codes; the caller saves.</summary>
    public async Task RemoveAuthenticatorAsync(AppUser user, CancellationToken cancellation)
    {
        await RemoveTokenAsync(user, Provider, "AuthenticatorKey", cancellation);
        await RemoveTokenAsync(user, Provider, Codes, cancellation);
    }

    public override Task ReplaceCodesAsync(AppUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(code => FingerprintOf(user, code)), cancellationToken);

    public override Task<bool> RedeemCodeAsync(AppUser user, string code, CancellationToken cancellationToken) =>
        RedeemAsync(user, FingerprintOf(user, code), cancellationToken);

    private async Task<bool> RedeemAsync(AppUser user, string fingerprint, CancellationToken cancellation)
    {
        var token = await FindTokenAsync(user, Provider, Codes, cancellation);
        var left = (token?.Value ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!left.Remove(fingerprint)) return false;

        // The caller saves the account, whose concurrency stamp lets only one of two simultaneous uses through.
        token!.Value = string.Join(Between, left);
        return true;
    }

    private static string KeyPurpose(AppUser user) => $"authenticator:{user.Id}";

    private string FingerprintOf(AppUser user, string code) =>
        master.Fingerprint($"recovery:{user.Id}", code.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant());
}
