using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>A clock as the facts demand it, before it is a row. A pure value: the same facts give the same clocks.</summary>
/// <param name="StartedAt">With the kind, the key of the clock within its subject.</param>
/// <param name="MetAt">When it was answered, in time or late.</param>
/// <param name="MissedAt">Equal to <paramref name="DueAt"/> once that passed without an answer.</param>
public sealed record Clock(
    DeadlineKind Kind, DateTime StartedAt, DateTime DueAt, DateTime? MetAt, DateTime? MissedAt, DeadlineState State, ClockReckoning Reckoning)
{
    /// <summary>The rule that gave the length.</summary>
    public RuleValue Rule => Reckoning.Rule;
}

/// <summary>Why a clock ends when it ends, step by step; made by the code that reckoned it.</summary>
/// <param name="Rule">The rule that decided.</param>
public sealed record ClockReckoning(DeadlineKind Kind, IReadOnlyList<ReckoningStep> Steps, RuleValue Rule, DateTime DueAt);

/// <summary>One step of a reckoning.</summary>
/// <param name="At">The instant of the step; null when it is a statement without one.</param>
/// <param name="Rule">The rule applied in it, if any.</param>
/// <param name="Until">Where a step has a length: its end.</param>
/// <param name="Reason">What a person gave as the reason, in his words.</param>
public sealed record ReckoningStep(ReckoningStepKind Kind, DateTime? At, RuleValue? Rule = null, DateTime? Until = null, string? Reason = null)
{
    /// <summary>A stretch in which the clock stood or will stand still.</summary>
    public static ReckoningStep Of(Standstill pause) => new(
        pause.Kind switch
        {
            StandstillKind.Holiday => ReckoningStepKind.Holiday,
            StandstillKind.Paused => ReckoningStepKind.Paused,
            _ => ReckoningStepKind.OutsideHours,
        },
        pause.From, Until: pause.Until, Reason: pause.Reason);
}

/// <summary>What a step says; the texts are <c>Step_…</c> in <c>DeadlinesTexts</c>.</summary>
public enum ReckoningStepKind
{
    /// <summary>The buyer's oldest message without an answer.</summary>
    BuyerWrote = 1,

    /// <summary>The buyer's last message.</summary>
    BuyerWroteLast = 2,

    /// <summary>The parcel was delivered.</summary>
    Delivered = 3,

    /// <summary>The order was cancelled, which ends the seller's right to write unasked.</summary>
    OrderCancelled = 4,

    /// <summary>A rule added to the step before; the instant is the sum.</summary>
    RuleAdded = 5,

    /// <summary>Of two limits the later one counts.</summary>
    LaterCounts = 6,

    /// <summary>The answer that ended the clock.</summary>
    Answered = 7,

    /// <summary>The end passed without an answer.</summary>
    NotAnswered = 8,

    /// <summary>The obligation fell away.</summary>
    FellAway = 9,

    /// <summary>The house does not work; its clock stands still.</summary>
    OutsideHours = 10,

    /// <summary>Likewise, with a day marked as closed in it.</summary>
    Holiday = 11,

    /// <summary>The clocks of the house were paused.</summary>
    Paused = 12,

    /// <summary>A colleague said that no answer is needed.</summary>
    NoAnswerNeeded = 13,

    /// <summary>Ozon is not told of that.</summary>
    OzonRunsOn = 14,
}
