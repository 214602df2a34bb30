using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>When a clock speaks: the stages of a store with the time left at each, the earliest stage first.</summary>
public sealed class AlertPlan
{
    private readonly (AlertStage Stage, TimeSpan Before)[] _stages;

    private AlertPlan((AlertStage Stage, TimeSpan Before)[] stages) => _stages = stages;

    /// <summary>The plan by the rules in force at an instant.</summary>
    public static AlertPlan Of(StoreRules rules, DateTime at) => new(
        [.. Enum.GetValues<AlertStage>()
            .Select(stage => (stage, rules.SpanAt(RuleKeys.AlertStage((int)stage), at)))
            .OrderByDescending(s => s.Item2).ThenBy(s => s.stage)]);

    /// <summary>When the next untold stage is reached, which may have passed already; null when nothing is left to say.</summary>
    public DateTime? NextAt(Deadline deadline)
    {
        for (var i = 0; i < _stages.Length; i++)
        {
            if (IsUntold(deadline, i)) return ReachedAt(deadline, i);
        }

        return null;
    }

    /// <summary>The latest untold stage that is reached: who slept through four of them is told only where he stands.</summary>
    public (AlertStage Stage, DateTime ReachedAt)? LatestReached(Deadline deadline, DateTime now)
    {
        for (var i = _stages.Length - 1; i >= 0; i--)
        {
            if (ReachedAt(deadline, i) <= now && IsUntold(deadline, i)) return (_stages[i].Stage, ReachedAt(deadline, i));
        }

        return null;
    }

    private DateTime ReachedAt(Deadline deadline, int index) => deadline.DueAt - _stages[index].Before;

    // A stage is told when it or a later one was told, unless the end moved away since, so that the stage lies ahead again.
    // Stages before the start (a clock shorter than the stage) are never told: the message itself was the news.
    private bool IsUntold(Deadline deadline, int index)
    {
        var reachedAt = ReachedAt(deadline, index);
        if (reachedAt <= deadline.StartedAt) return false;
        var told = Array.FindIndex(_stages, s => s.Stage == deadline.ToldStage);
        return told < index || reachedAt > deadline.ToldAt;
    }
}
