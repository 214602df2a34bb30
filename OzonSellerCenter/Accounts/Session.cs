using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

/// <summary>Who sits before this screen. What the person may do is asked of the database at each operation, never of the session.</summary>
public sealed class Session(AuthenticationStateProvider states)
{
    /// <summary>Claim with the key of the <see cref="SignInSession"/>.</summary>
    public const string SessionClaim = "sid";

    /// <summary>Claim with the name colleagues see.</summary>
    public const string NameClaim = "display_name";

    /// <summary>A member of nothing, so he sees nothing.</summary>
    public static CurrentUser Nobody { get; } = new("", "");

    /// <summary>The person of this circuit or request; <see cref="Nobody"/> once signed out.</summary>
    public async ValueTask<CurrentUser> UserAsync() => Of((await states.GetAuthenticationStateAsync()).User);

    /// <summary>The same for endpoints and hubs, which have the principal at hand.</summary>
    public static CurrentUser Of(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? new CurrentUser(id, principal.FindFirstValue(NameClaim) is { Length: > 0 } name ? name : principal.Identity.Name ?? id)
            : Nobody;
}
