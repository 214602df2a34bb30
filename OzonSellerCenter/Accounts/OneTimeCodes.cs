using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>Six-digit codes of an authenticator app (RFC 6238, SHA-1, 30 s). Identity's own provider takes a code again and again within
/// two and a half minutes; here a code counts once, one step early or late.</summary>
internal sealed class OneTimeCodes(SignInGuards guards, WallClock clock) : IUserTwoFactorTokenProvider<AppUser>
{
    private const int StepSeconds = 30;

    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) => Task.FromResult("");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user)
    {
        return await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key && StepOf(key, Digits(token), clock.UtcNow) is { } step
            && await guards.TakeCodeStepAsync(user.Id, step, CancellationToken.None);
    }

    /// <summary>Which step a code belongs to, one early or late allowed; null when it is none of them.</summary>
    internal static long? StepOf(string key, string code, DateTime now)
    {
        var current = new DateTimeOffset(now).ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(key, step)), Encoding.ASCII.GetBytes(code))) found = step;
        }

        return found;
    }

    /// <summary>People type "123 456".</summary>
    internal static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    /// <summary>The code of a step.</summary>
    /// <param name="key">The secret in Base32.</param>
    /// <param name="step">Seconds since 1970 divided by 30.</param>
    internal static string CodeAt(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 authenticator apps speak SHA-1; its weakness against collisions does not matter in an HMAC.
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
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
