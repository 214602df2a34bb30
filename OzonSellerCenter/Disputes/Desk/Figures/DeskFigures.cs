namespace OzonSellerCenter.Disputes.Desk.Figures;

/// <summary>That a case, or an instance of it, came to an end, as far as the figures need it.</summary>
/// <param name="Outcome">Never <see cref="DisputeOutcome.None"/>.</param>
/// <param name="FromAt">When it was opened; in the second instance, appealed.</param>
/// <param name="Amount">What was awarded, minor units.</param>
/// <param name="By">Key of the reviewer; null when it was not decided at the desk.</param>
/// <param name="OnTime">Decided at the desk before its clock ran out; null when no clock tells.</param>
/// <param name="First">In the second instance: what the first had decided; null when that is not known.</param>
public sealed record CaseEnd(
    long DisputeId, DisputeKind Kind, DisputeTopic Topic, DisputeOutcome Outcome, int Instance, DateTime FromAt, DateTime At, long Amount, long ClaimAmount, string? By, bool? OnTime, FirstDecision? First)
{
    /// <summary>Somebody decided it; else it ended by itself.</summary>
    public bool IsDecision => Outcome is DisputeOutcome.Seller or DisputeOutcome.Buyer or DisputeOutcome.Split;

    /// <summary>The second instance came to something else.</summary>
    public bool IsChange => IsDecision && First is { } first && (first.Outcome != Outcome || first.Amount != Amount);
}

/// <summary>What the first instance had decided.</summary>
/// <param name="By">Key of the reviewer; null for Ozon.</param>
public sealed record FirstDecision(DisputeOutcome Outcome, long Amount, string? By);

/// <summary>A line of the figures.</summary>
/// <param name="Key">Name of the kind or topic, or key of the person; empty for all.</param>
/// <param name="Of">How many came out so; an outcome that is missing never did.</param>
/// <param name="Median">Half of the decisions took no longer.</param>
/// <param name="Ninth">Nine of ten took no longer.</param>
/// <param name="OnTime">Share of the desk's decisions; null when it made none.</param>
/// <param name="Awarded">Mean share of the claim that was awarded by decisions; null when nothing was claimed.</param>
/// <param name="Changed">Decisions that the second instance changed.</param>
public sealed record FigureLine(string Key, IReadOnlyDictionary<DisputeOutcome, int> Of, TimeSpan? Median, TimeSpan? Ninth, double? OnTime, double? Awarded, int Changed)
{
    public int All => Of.Values.Sum();

    public int Count(DisputeOutcome outcome) => Of.GetValueOrDefault(outcome);

    /// <summary>Share of all that came out so; null when there is none at all.</summary>
    public double? Share(DisputeOutcome outcome) => All == 0 ? null : (double)Count(outcome) / All;
}

/// <summary>How cases came out in a week.</summary>
/// <param name="First">Its Monday, by the shop's clock.</param>
public sealed record FigureWeek(DateOnly First, int Seller, int Buyer, int Split, int Other)
{
    public int All => Seller + Buyer + Split + Other;
}

/// <summary>Decisions and times of the desk.</summary>
/// <param name="Appeals">Made in the time.</param>
/// <param name="SecondInstances">Decided in the time.</param>
/// <param name="IsCut">There were more ends than are reckoned with: the newest are.</param>
public sealed record DeskFigures(
    FigureLine All, IReadOnlyList<FigureLine> Kinds, IReadOnlyList<FigureLine> Topics, IReadOnlyList<FigureLine> Reviewers, IReadOnlyList<FigureWeek> Weeks, int Appeals, int SecondInstances, bool IsCut)
{
    /// <summary>Names of the reviewers by their keys.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();
}
