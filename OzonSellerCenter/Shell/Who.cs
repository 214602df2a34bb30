using System.Security.Claims;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Shell;

/// <summary>The person of the circuit.</summary>
internal static class Who
{
    public static CurrentUser? Of(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
        ? new CurrentUser(id, principal.FindFirstValue("display_name") is { Length: > 0 } name ? name : principal.Identity?.Name ?? id)
        : null;
}
