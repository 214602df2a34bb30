using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Shared;

public static class ReasonTexts
{
    /// <summary>A refusal in the person's words; null for none.</summary>
    public static string? Of(this IStringLocalizer texts, Reason? reason) => reason is null ? null : texts[reason.Key, reason.Args].Value;
}
