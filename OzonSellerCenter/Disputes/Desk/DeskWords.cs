using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>Cases in the person's words, the same on all parts of the desk.</summary>
internal static class DeskWords
{
    /// <summary>A capped count: "999+" for many.</summary>
    public static string Capped(int count) => count >= DeskQueue.Cap ? $"{DeskQueue.Cap - 1}+" : count.ToString(CultureInfo.CurrentCulture);

    /// <summary>Class of the tag of a state.</summary>
    public static string? LookOf(DisputeState state) => state switch
    {
        DisputeState.InReview => "accent",
        DisputeState.SellerAsked or DisputeState.BuyerAsked => "paused",
        DisputeState.Decided => "met",
        _ => "line",
    };

    /// <summary>Class of the tag of an outcome.</summary>
    public static string? LookOf(DisputeOutcome outcome) => outcome switch
    {
        DisputeOutcome.Seller or DisputeOutcome.Withdrawn => "met",
        DisputeOutcome.Buyer => "paused",
        DisputeOutcome.Split => "accent",
        _ => "line",
    };

    /// <summary>"2 for the seller, 1 split".</summary>
    public static string Counts(this IStringLocalizer<DeskTexts> texts, IEnumerable<OutcomeCount> counts) =>
        string.Join(" · ", counts.Select(c => texts["CountOf", texts[$"Outcome_{c.Outcome}"].Value, c.Count].Value));

    /// <summary>The value of a rule with its unit.</summary>
    public static string Value(this IStringLocalizer<DeskTexts> texts, RuleValue rule) => texts.Count($"Unit_{rule.Unit}", rule.Value);

    /// <summary>A share of money: "50 %".</summary>
    public static string Share(double? share) => share is { } value ? value.ToString("P0", CultureInfo.CurrentCulture) : "–";

    /// <summary>Key of the text that names a rule, such as <c>Rule_dispute_open</c>; the periods of all groups of goods are one.</summary>
    public static string RuleTextOf(string key) => key.StartsWith("return.period.", StringComparison.Ordinal)
        ? $"Rule_return_period_{key[(key.LastIndexOf('.') + 1)..]}"
        : $"Rule_{key.Replace('.', '_')}";
}
