using System.Security.Cryptography;
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

    public override Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, Convert.ToBase64String(master.Seal(KeyPurpose(user), key)), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } box ? master.Open(KeyPurpose(user), Convert.FromBase64String(box)) : null;

    public override Task ReplaceCodesAsync(AppUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(code => FingerprintOf(user, code)), cancellationToken);

    public override Task<bool> RedeemCodeAsync(AppUser user, string code, CancellationToken cancellationToken) =>
        RedeemAsync(user, FingerprintOf(user, code), cancellationToken);

    private async Task<bool> RedeemAsync(AppUser user, string fingerprint, CancellationToken cancellation)
    {
        var token = await FindTokenAsync(user, "[AspNetUserStore]", "RecoveryCodes", cancellation);
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

/// <summary>Six-digit codes of an authenticator app (RFC 6238, SHA-1, 30 s). Identity's own provider takes a code again and again within
/// two and a half minutes; here a code counts once, one step early or late.</summary>
internal sealed class OneTimeCodes(SignInGuards guards, Shared.WallClock clock) : IUserTwoFactorTokenProvider<AppUser>
{
    private const int StepSeconds = 30;

    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) => Task.FromResult("");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key) return false;
        var now = new DateTimeOffset(clock.UtcNow).ToUnixTimeSeconds() / StepSeconds;
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(key, step)), System.Text.Encoding.UTF8.GetBytes(token)))
            {
                return await guards.TakeCodeStepAsync(user.Id, step, CancellationToken.None);
            }
        }

        return false;
    }

    /// <summary>The code of a step.</summary>
    /// <param name="key">The secret in Base32.</param>
    /// <param name="step">Seconds since 1970 divided by 30.</param>
    internal static string CodeAt(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 authenticator apps speak SHA-1; its weakness against collisions does not matter in an HMAC.
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var letter in text.TrimEnd('='))
        {
            var value = alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) throw new FormatException("Not Base32.");
            buffer = ((buffer << 5) | value) & 0xfff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }
}
