using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

/// <summary>What <c>passkeys.js</c> calls. Challenges travel in a protected cookie, so these are plain requests, not circuit calls;
/// other sites are kept out by <see cref="OwnOrigin"/>.</summary>
internal static class PasskeyEndpoints
{
    public const string SignInOptions = "/sign-in/passkey-options";
    public const string CreationOptions = "/settings/profile/passkey-options";
    public const string Passkeys = "/settings/profile/passkeys";
    private const int MaxPasskeys = 20;

    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost(SignInOptions, async (AccountSignIn signIn) =>
            Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")).AllowAnonymous();
        app.MapPost(CreationOptions, OfferAsync);
        app.MapPost(Passkeys, AddAsync);
    }

    private static async Task<IResult> OfferAsync(AccountSignIn signIn, UserManager<AppUser> people, HttpContext http)
    {
        if (await people.GetUserAsync(http.User) is not { } user) return Results.Unauthorized();
        if ((await people.GetPasskeysAsync(user)).Count >= MaxPasskeys) return Results.Conflict();
        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id, Name = user.Email!, DisplayName = user.DisplayName });
        return Results.Text(options, "application/json");
    }

    private static async Task<IResult> AddAsync(
        NewPasskey passkey, AccountSignIn signIn, UserManager<AppUser> people, SecondStepActions secondStep, HttpContext http)
    {
        if (await people.GetUserAsync(http.User) is not { } user) return Results.Unauthorized();
        if (string.IsNullOrEmpty(passkey.Credential)) return Results.BadRequest();
        try
        {
            var result = await signIn.PerformPasskeyAttestationAsync(passkey.Credential);
            if (!result.Succeeded || result.UserEntity.Id != user.Id) return Results.BadRequest();
            result.Passkey.Name = string.IsNullOrWhiteSpace(passkey.Name) ? null : passkey.Name.Trim()[..Math.Min(60, passkey.Name.Trim().Length)];
            await secondStep.AddPasskeyAsync(http.User, result.Passkey, http.RequestAborted);
            return Results.NoContent();
        }
        catch (InvalidOperationException)
        {
            // No challenge was given to this browser, or it is used up.
            return Results.BadRequest();
        }
    }

    /// <summary>What the browser made, as JSON of the WebAuthn specification.</summary>
    internal sealed record NewPasskey(string? Credential, string? Name);
}
