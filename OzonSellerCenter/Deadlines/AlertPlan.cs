using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>A moment before the end of a clock at which it speaks.</summary>
/// <param name="Minutes">Before the end; 0 is the end itself.</param>
/// <param name="Since">Since when somebody wants it; what had passed by then is not made up for.</param>
public sealed record AlertStage(int Minutes, DateTime Since);

/// <summary>When the clocks of a store speak: at the stages of its rules and at those that its people chose, the earliest first.
/// Who is told of which is another question (<see cref="PersonWishes.Wants"/>).</summary>
public sealed class AlertPlan
{
    private static readonly AlertStage[] TheEnd = [new(0, DateTime.MinValue)];

    private readonly AlertStage[] _usual;
    private readonly Dictionary<DeadlineKind, AlertStage[]> _chosen;

    private AlertPlan(AlertStage[] usual, StoreWishes wishes)
    {
        _usual = usual;
        _chosen = wishes.ChosenKinds.ToDictionary(
            kind => kind, kind => UsualOf(kind).UnionBy(wishes.ChosenFor(kind), s => s.Minutes).OrderByDescending(s => s.Minutes).ToArray());
    }

    /// <summary>The stages of the store's rules for a kind of clock.</summary>
    public IEnumerable<int> UsualFor(DeadlineKind kind) => UsualOf(kind).Select(s => s.Minutes);

    /// <summary>A kind that is no obligation before its end is told at its end alone, unless somebody wants to know sooner.</summary>
    public static bool IsToldAtItsEnd(DeadlineKind kind) => kind == DeadlineKind.ParcelLate;

    /// <summary>The plan by the rules in force at an instant and the wishes of the store's people.</summary>
    public static AlertPlan Of(StoreRules rules, DateTime at, StoreWishes? wishes = null) => new(
        [.. UsualMinutes(rules, at).Select(minutes => new AlertStage(minutes, DateTime.MinValue))], wishes ?? StoreWishes.None);

    /// <summary>The stages of a store's rules in minutes before the end, the earliest first.</summary>
    public static IReadOnlyList<int> UsualMinutes(StoreRules rules, DateTime at) =>
        [.. Enumerable.Range(1, RuleKeys.AlertStages).Select(n => (int)rules.SpanAt(RuleKeys.AlertStage(n), at).TotalMinutes).Distinct().OrderDescending()];

    /// <summary>When the next untold stage is reached, which may have passed already; null when nothing is left to say.</summary>
    public DateTime? NextAt(Deadline deadline) =>
        Array.Find(StagesOf(deadline), stage => IsUntold(deadline, stage)) is { } next ? ReachedAt(deadline, next) : null;

    /// <summary>The untold stages that are reached, the earliest first. Who slept through four of them is told only where he stands: the last one.</summary>
    public IReadOnlyList<AlertStage> Reached(Deadline deadline, DateTime now) =>
        [.. StagesOf(deadline).Where(stage => ReachedAt(deadline, stage) <= now && IsUntold(deadline, stage))];

    /// <summary>When a clock reaches a stage.</summary>
    public static DateTime ReachedAt(Deadline deadline, AlertStage stage) => deadline.DueAt.AddMinutes(-stage.Minutes);

    private AlertStage[] StagesOf(Deadline deadline) => _chosen.GetValueOrDefault(deadline.Kind, UsualOf(deadline.Kind));

    private AlertStage[] UsualOf(DeadlineKind kind) => IsToldAtItsEnd(kind) ? TheEnd : _usual;

    // A stage is told when it or a later one was told, unless the end moved away since, so that the stage lies ahead again.
    // Stages before the start (a clock shorter than the stage) are never told: the message itself was the news.
    private static bool IsUntold(Deadline deadline, AlertStage stage)
    {
        var reachedAt = ReachedAt(deadline, stage);
        if (reachedAt <= deadline.StartedAt || reachedAt < stage.Since) return false;
        return deadline.ToldBefore is not { } told || told > stage.Minutes || reachedAt > deadline.ToldAt;
    }
}
