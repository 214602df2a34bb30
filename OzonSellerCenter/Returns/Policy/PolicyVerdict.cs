using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns.Policy;

/// <summary>What the rules say to a request as a whole. It advises: the decision is a person's.</summary>
public enum PolicyOverall
{
    /// <summary>A rule needs what is not known yet.</summary>
    Unknown = 0,

    /// <summary>The goods may be given back.</summary>
    Within = 1,

    /// <summary>They may not.</summary>
    Outside = 2,
}

/// <summary>How a rule is met.</summary>
public enum LineVerdict
{
    /// <summary>What it needs is not known.</summary>
    Unknown = 0,

    Ok = 1,

    /// <summary>Not met.</summary>
    Miss = 2,

    /// <summary>There is nothing to meet; it says what holds.</summary>
    Note = 3,
}

/// <summary>What a line is about.</summary>
public enum PolicyKind
{
    /// <summary>The request came in the period for such goods of such quality.</summary>
    Period = 1,

    /// <summary>Such goods are taken back at all.</summary>
    Category = 2,

    /// <summary>The period in which no reason is needed.</summary>
    NoReason = 3,

    /// <summary>A defect is shown on photos.</summary>
    Photos = 4,

    /// <summary>Who pays the way back.</summary>
    WayBack = 5,

    /// <summary>VAT and customs duty of goods that leave the country again.</summary>
    ExportDuty = 6,

    /// <summary>What the buyer gets back.</summary>
    Repaid = 7,
}

/// <summary>Why a line says what it says where its verdict alone does not tell; a part of the keys of its texts.</summary>
public enum PolicyCause
{
    None = 0,

    /// <summary>When the goods were delivered is not known.</summary>
    DeliveredUnknown = 1,

    /// <summary>The request is older than the delivery, as it was told here: the period has just begun.</summary>
    BeforeDelivery = 2,

    /// <summary>The group is a guess by the name of the category.</summary>
    GroupIsGuess = 3,

    /// <summary>The buyer named a defect, so the rule is not asked.</summary>
    IsDefect = 4,

    /// <summary>The buyer named no defect.</summary>
    NoDefect = 5,

    /// <summary>Such goods are not taken back, so the rule is not asked.</summary>
    NotTakenBack = 6,
}

/// <summary>One rule and how it is met.</summary>
/// <param name="RuleKey">Of the rulebook; null for what no value stands for.</param>
/// <param name="Value">In <paramref name="Unit"/>; null without a value. Of photos: how many there are.</param>
/// <param name="Source">Document and place.</param>
/// <param name="SourceOn">Its day, or the day it was read; null when it has none.</param>
/// <param name="DaysUsed">Days from the day of delivery to that of the request, in the shop's zone; null without a period.</param>
/// <param name="LastDay">The last day on which the request would have been in time, in the shop's zone.</param>
public sealed record PolicyLine(
    PolicyKind Kind, LineVerdict Verdict, PolicyCause Cause, string? RuleKey, decimal? Value, string? Unit, RuleOwner Owner, string Source, DateOnly? SourceOn,
    int? DaysUsed = null, DateOnly? LastDay = null);

/// <summary>What the store's rules say to a request to give goods back.</summary>
public sealed record PolicyVerdict
{
    public required PolicyOverall Overall { get; init; }

    /// <summary>In the order in which they are read.</summary>
    public required IReadOnlyList<PolicyLine> Lines { get; init; }

    /// <summary>What was asked.</summary>
    public required PolicyQuestion Question { get; init; }

    /// <summary>The rule that decides the whole: its period, or that such goods are not taken back.</summary>
    public PolicyLine Deciding => Lines.FirstOrDefault(l => l.Kind == PolicyKind.Period) ?? Lines.First(l => l.Kind == PolicyKind.Category);
}
