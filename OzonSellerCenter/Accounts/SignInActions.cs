using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

/// <summary>How a sign-in ended. <see cref="Refused"/> says the same for a wrong password, an unknown, a closed and a paused account.</summary>
internal enum SignInAnswer
{
    In,
    CodeNeeded,
    Refused,
    TooMany,
}

/// <summary>Signing in. Every refusal takes the work of one password check, so that neither words nor time tell which accounts exist.</summary>
internal sealed class SignInActions(
    UserManager<AppUser> people, AccountSignIn signIn, SignInGuards guards, AddressLimit addresses, IHttpContextAccessor http)
{
    public const int PasswordIterations = 220_000;
    private static readonly AppUser Stranger = new();
    private static readonly string StrangersHash = MakeStrangersHash();

    private HttpContext Context => http.HttpContext!;

    /// <summary>With e-mail and password.</summary>
    public Task<SignInAnswer> WithPasswordAsync(string email, string password) => LimitedAsync(async () =>
    {
        var user = email.Length <= 256 && password.Length <= 256 ? await people.FindByNameAsync(email.Trim()) : null;
        if (user?.PasswordHash is null || !await signIn.CanSignInAsync(user) || !await guards.TakeTryAsync(user.Id, Context.RequestAborted))
        {
            people.PasswordHasher.VerifyHashedPassword(Stranger, StrangersHash, password);
            return SignInAnswer.Refused;
        }

        if (!await people.CheckPasswordAsync(user, password)) return SignInAnswer.Refused;

        // With a code still to come the tries stand: a known password must not buy new guesses at the code.
        if ((await signIn.FinishAsync(user)).RequiresTwoFactor) return SignInAnswer.CodeNeeded;
        await guards.ClearAsync(user.Id, Context.RequestAborted);
        return SignInAnswer.In;
    });

    /// <summary>With the code of an authenticator app, after the password.</summary>
    public Task<SignInAnswer> WithCodeAsync(string code) =>
        SecondStepAsync(() => signIn.TwoFactorAuthenticatorSignInAsync(OneTimeCodes.Digits(code), isPersistent: true, rememberClient: false));

    /// <summary>With a recovery code, after the password.</summary>
    public Task<SignInAnswer> WithRecoveryCodeAsync(string code) => SecondStepAsync(() => signIn.TwoFactorRecoveryCodeSignInAsync(code));

    /// <summary>With a passkey. It cannot be guessed, so a pause after wrong passwords does not stop it: who is being locked out by a stranger gets in.</summary>
    public Task<SignInAnswer> WithPasskeyAsync(string credentialJson) => LimitedAsync(async () =>
    {
        if (credentialJson.Length == 0) return SignInAnswer.Refused;
        PasskeyAssertionResult<AppUser> result;
        try
        {
            result = await signIn.PerformPasskeyAssertionAsync(credentialJson);
        }
        catch (InvalidOperationException)
        {
            // The browser came without the challenge it was given, or with one that is used up.
            return SignInAnswer.Refused;
        }

        if (!result.Succeeded || !await signIn.CanSignInAsync(result.User)) return SignInAnswer.Refused;
        await people.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        await guards.ClearAsync(result.User.Id, Context.RequestAborted);
        await signIn.SignInAsync(result.User, isPersistent: true, "passkey");
        return SignInAnswer.In;
    });

    private Task<SignInAnswer> SecondStepAsync(Func<Task<SignInResult>> check) => LimitedAsync(async () =>
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return SignInAnswer.Refused;
        if (!await guards.TakeTryAsync(user.Id, Context.RequestAborted) || !(await check()).Succeeded) return SignInAnswer.Refused;
        await guards.ClearAsync(user.Id, Context.RequestAborted);
        return SignInAnswer.In;
    });

    private async Task<SignInAnswer> LimitedAsync(Func<Task<SignInAnswer>> check)
    {
        var address = Context.Connection.RemoteIpAddress;
        if (!addresses.Take(address)) return SignInAnswer.TooMany;
        var answer = await check();
        if (answer is SignInAnswer.In or SignInAnswer.CodeNeeded) addresses.GiveBack(address);
        return answer;
    }

    /// <summary>A hash that no password has, in Identity's format 3: marker, HMAC-SHA512, rounds, salt size, salt, key.</summary>
    private static string MakeStrangersHash()
    {
        var hash = new byte[13 + 16 + 32];
        RandomNumberGenerator.Fill(hash);
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), PasswordIterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), 16);
        return Convert.ToBase64String(hash);
    }
}
