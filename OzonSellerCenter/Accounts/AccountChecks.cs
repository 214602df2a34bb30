using System.Net.Mail;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>What a new account must fulfil before Identity is asked, with the fields' names as in the forms.</summary>
internal static class AccountChecks
{
    public const int MaxName = 100;

    public static FormErrors Name(this FormErrors errors, string name) =>
        errors.Require(name.Trim().Length is > 0 and <= MaxName, "Name", "NameNeeded", MaxName);

    public static FormErrors Email(this FormErrors errors, string email) => errors.Require(IsEmail(email), "Email", "EmailNeeded");

    public static FormErrors Password(this FormErrors errors, string password) =>
        errors.Require(password.Length >= PasswordRules.MinLength, "Password", "PasswordTooShort", PasswordRules.MinLength);

    /// <summary>An e-mail address as people type it, without a name around it.</summary>
    public static bool IsEmail(string text) =>
        text.Trim() is { Length: > 2 and <= 256 } email && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && !email.Any(char.IsWhiteSpace);

    /// <summary>Puts a refusal of Identity beside the field it is about.</summary>
    public static FormErrors Refusal(this FormErrors errors, Reason reason) => reason.Key switch
    {
        "InvalidUserName" or "InvalidEmail" => errors.Add("Email", "EmailNeeded"),
        "DuplicateUserName" or "DuplicateEmail" => errors.Add("Email", "EmailTaken"),
        "PasswordTooShort" => errors.Add("Password", "PasswordTooShort", PasswordRules.MinLength),
        "PasswordRequiresUniqueChars" => errors.Add("Password", "PasswordTooPlain"),
        "PasswordTooLong" or "PasswordIsName" => errors.Add("Password", reason.Key),
        "SetUpTokenWrong" => errors.Add("Token", reason.Key),
        "ClientIdTaken" => errors.Add("ClientId", reason.Key),
        _ => errors.Add("", reason.Key, reason.Args),
    };
}
