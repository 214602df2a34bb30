using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

/// <summary>A password is long and not the person's own name; what it is made of is free (NIST SP 800-63B, OWASP ASVS 6.2).</summary>
internal sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int MinLength = 12;

    /// <summary>More than this is not hashed: a megabyte of password costs a second of work.</summary>
    public const int MaxLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password) => Task.FromResult(
        password is null || password.Length > MaxLength ? Refuse("PasswordTooLong")
        : user.Email is { } email && password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) && email.IndexOf('@') > 3 ? Refuse("PasswordIsName")
        : IdentityResult.Success);

    private static IdentityResult Refuse(string code) => IdentityResult.Failed(new IdentityError { Code = code, Description = code });
}
