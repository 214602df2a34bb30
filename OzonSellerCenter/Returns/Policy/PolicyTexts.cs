using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Policy;

/// <summary>Texts of what rules say about giving goods back (PolicyTexts.*.resx).</summary>
public sealed class PolicyTexts;

/// <summary>A verdict in the person's words.</summary>
internal static class PolicyWords
{
    /// <summary>The bold sentence: what the rules say as a whole.</summary>
    public static string HeadOf(this IStringLocalizer<PolicyTexts> texts, PolicyVerdict verdict)
    {
        var line = verdict.Deciding;
        return verdict.Overall switch
        {
            PolicyOverall.Unknown => texts["Head_Unknown"],
            PolicyOverall.Outside when line.Kind == PolicyKind.Category => texts["Head_NotTakenBack"],
            _ => texts.Count(verdict.Overall == PolicyOverall.Within ? "Head_Within" : "Head_Outside", line.DaysUsed ?? 0, (int)(line.Value ?? 0)),
        };
    }

    /// <summary>What a rule says.</summary>
    public static string TitleOf(this IStringLocalizer<PolicyTexts> texts, PolicyLine line, PolicyQuestion question) => line.Kind switch
    {
        PolicyKind.NoReason => texts.Count($"NoReason_{line.Verdict}", (int)(line.Value ?? 0)),
        PolicyKind.WayBack => texts[$"WayBack_{line.Cause}"],
        PolicyKind.Repaid => texts[$"Repaid_{line.Cause}", new Money(question.PriceMinor, question.Currency).ToString()],
        PolicyKind.ExportDuty => texts["ExportDuty"],
        _ => texts[$"{line.Kind}_{line.Verdict}"],
    };

    /// <summary>Why, in small; null when the rule says all.</summary>
    public static string? WhyOf(this IStringLocalizer<PolicyTexts> texts, PolicyLine line, PolicyQuestion question) => line switch
    {
        { Kind: PolicyKind.Category } => texts[line.Cause == PolicyCause.GroupIsGuess ? "GroupGuessed" : "GroupSet", texts[$"Group_{question.Group}"].Value],
        { Kind: PolicyKind.Photos } => texts.Count("PhotosCount", (int)(line.Value ?? 0)),
        { Kind: PolicyKind.Repaid, Cause: PolicyCause.IsDefect } => texts["ByReceipt"],
        { Kind: PolicyKind.Period or PolicyKind.NoReason, Cause: PolicyCause.DeliveredUnknown or PolicyCause.IsDefect or PolicyCause.NotTakenBack } => texts[$"Cause_{line.Cause}"],
        { LastDay: { } last, Cause: PolicyCause.BeforeDelivery } => texts["LastDayBefore", DayOf(last)],
        { LastDay: { } last } => texts["LastDay", DayOf(last), line.DaysUsed ?? 0],
        _ => null,
    };

    /// <summary>A day of the calendar with its year.</summary>
    public static string DayOf(DateOnly day)
    {
        var culture = CultureInfo.CurrentCulture;
        return day.ToString(culture.TwoLetterISOLanguageName == "zh" ? "yyyy年M月d日" : "d\u00a0MMMM yyyy", culture);
    }

    /// <summary>A period as a table shows it: "15 days", or that such goods are not taken back.</summary>
    public static string PeriodOf(this IStringLocalizer<PolicyTexts> texts, RuleValue rule) =>
        rule.Value == 0 ? texts["NotTakenBack"] : texts.Count("Days", (int)rule.Value);
}
