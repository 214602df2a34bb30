using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

/// <summary>Identity's sign-in with a session row behind each cookie, and with closed accounts kept out.</summary>
internal sealed class AccountSignIn(
    UserManager<AppUser> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AppUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<AppUser> confirmation,
    SignInSessions sessions, DemoPeople demo)
    : SignInManager<AppUser>(people, http, claims, options, log, schemes, confirmation)
{
    /// <summary>After the password was right: signs in, or asks for the second factor.</summary>
    public Task<SignInResult> FinishAsync(AppUser user) => SignInOrTwoFactorAsync(user, isPersistent: true);

    public override async Task<bool> CanSignInAsync(AppUser user) =>
        user.DisabledAt is null && demo.MayEnter(user) && await base.CanSignInAsync(user);

    public override async Task SignInWithClaimsAsync(AppUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = await sessions.StartAsync(user, Context.Request.Headers.UserAgent.ToString(), Context.RequestAborted);
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, new Claim(Session.SessionClaim, session)]);
    }

    public override async Task SignOutAsync()
    {
        await sessions.EndAsync(Context.User, CancellationToken.None);
        await base.SignOutAsync();
    }

    /// <summary>Asked at every request: does the cookie's session still stand?</summary>
    public static async Task ValidateAsync(Microsoft.AspNetCore.Authentication.Cookies.CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var principal = context.Principal!;
        var user = await services.GetRequiredService<SignInSessions>().FindAsync(principal, context.HttpContext.RequestAborted);
        if (user is not null && services.GetRequiredService<DemoPeople>().MayEnter(user))
        {
            if (principal.FindFirstValue(Session.NameClaim) != user.DisplayName) Rename(principal, user.DisplayName);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static void Rename(ClaimsPrincipal principal, string name)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.TryRemoveClaim(identity.FindFirst(Session.NameClaim));
        identity.AddClaim(new Claim(Session.NameClaim, name));
    }
}

/// <summary>Puts the name that colleagues see into the cookie.</summary>
internal sealed class AccountClaims(UserManager<AppUser> people, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AppUser>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Session.NameClaim, user.DisplayName));
        return identity;
    }
}
