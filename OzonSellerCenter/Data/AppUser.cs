using Microsoft.AspNetCore.Identity;

namespace OzonSellerCenter.Data;

/// <summary>A person who signs in. Rights come from <see cref="Membership"/>, never from the account itself.</summary>
public sealed class AppUser : IdentityUser
{
    /// <summary>The name colleagues see; the buyer never sees it.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Since when the account may not be used; null while it may.</summary>
    public DateTime? DisabledAt { get; set; }
}

/// <summary>The person on whose behalf something is read or written.</summary>
/// <param name="Id">Key of <see cref="AppUser"/>.</param>
/// <param name="Name">The name written into the audit log.</param>
public sealed record CurrentUser(string Id, string Name);
