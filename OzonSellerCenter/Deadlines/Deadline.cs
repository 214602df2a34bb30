using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>Which obligation a clock measures.</summary>
public enum DeadlineKind
{
    /// <summary>The house's target for an answer (seed: 4 h).</summary>
    FirstAnswer = 1,

    /// <summary>Ozon counts a dialogue as answered only within 24 h.</summary>
    AnswerIn24Hours = 2,

    /// <summary>After this Ozon takes no message any more (48 h / 72 h).</summary>
    ReplyWindow = 3,
}

/// <summary>Where a clock stands.</summary>
public enum DeadlineState
{
    Running = 1,
    Met = 2,

    /// <summary>Ended too late or never answered.</summary>
    Missed = 3,

    /// <summary>The obligation fell away.</summary>
    Cancelled = 4,

    /// <summary>The shop decided that nothing has to be done. Not met: a clock of Ozon runs on and is missed at its end, only nobody is called.</summary>
    Waived = 5,
}

/// <summary>An obligation with its end. All instants UTC; late or not is told by the instants, never by a flag.</summary>
public sealed class Deadline : IOwnedByStore, IVersioned
{
    public const int MaxTitle = 120;

    public long Id { get; init; }
    public int StoreId { get; init; }
    public DeadlineKind Kind { get; init; }

    /// <summary>What it is about, such as <c>conversation:42</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject in words for lists and alerts: buyer and posting number. Never message text.</summary>
    public string Title { get; set; } = "";

    public DateTime StartedAt { get; set; }
    public DateTime DueAt { get; set; }

    /// <summary>When it was answered, in time or late.</summary>
    public DateTime? MetAt { get; set; }

    /// <summary>Equal to <see cref="DueAt"/> once that passed without an answer; the clock runs on until the answer or the end of the window.</summary>
    public DateTime? MissedAt { get; set; }

    public DeadlineState State { get; set; } = DeadlineState.Running;

    /// <summary>Key of the rule that gave the length, for "why this time?".</summary>
    public required string RuleKey { get; set; }

    /// <summary>Whose rule it is, for the tag beside every clock.</summary>
    public RuleOwner Owner { get; set; }

    /// <summary>When the watcher has to look next; null when nothing is left to say.</summary>
    public DateTime? NextAlertAt { get; set; }

    /// <summary>The last stage that was told or slept through.</summary>
    public AlertStage? ToldStage { get; private set; }

    /// <summary>When that was.</summary>
    public DateTime? ToldAt { get; private set; }

    public long Version { get; set; }

    /// <summary>Takes over what the facts say; returns true when something changed.</summary>
    public bool Follow(Clock clock, string title, AlertPlan plan)
    {
        var before = (StartedAt, DueAt, MetAt, MissedAt, State, RuleKey, Owner, Title, NextAlertAt);
        var wasNew = Id == 0;
        StartedAt = clock.StartedAt;
        DueAt = clock.DueAt;
        MetAt = clock.MetAt;
        MissedAt = clock.MissedAt;
        State = clock.State;
        RuleKey = clock.Rule.Key;
        Owner = clock.Rule.Owner;
        Title = title;

        // A clock that ran here and ended unanswered still says so once; one that had ended before we heard of it is history.
        var speaks = State == DeadlineState.Running || (State == DeadlineState.Missed && MetAt is null && !wasNew && NextAlertAt is not null);
        NextAlertAt = speaks ? plan.NextAt(this) : null;
        return before != (StartedAt, DueAt, MetAt, MissedAt, State, RuleKey, Owner, Title, NextAlertAt);
    }

    /// <summary>Raises the stage that the clock has reached and skips those it jumped over; null when none is due.</summary>
    public Alert? Tell(AlertPlan plan, DateTime now)
    {
        var reached = plan.LatestReached(this, now);
        if (reached is { } told)
        {
            ToldStage = told.Stage;
            ToldAt = now;
        }

        NextAlertAt = State == DeadlineState.Running ? plan.NextAt(this) : null;
        return reached is not { } stage ? null : new Alert
        {
            StoreId = StoreId,
            Deadline = this,
            Stage = stage.Stage,
            DueAt = DueAt,
            ReachedAt = stage.ReachedAt,
            RaisedAt = now,
        };
    }
}

/// <summary>How near the end is. The order is the order in time.</summary>
public enum AlertStage
{
    TwoHours = 1,
    OneHour = 2,
    HalfHour = 3,
    TenMinutes = 4,
    Overdue = 5,
}

/// <summary>A stage that a deadline reached; unique per deadline, stage and end (an end that moved away is told again), written in the
/// transaction that moves <see cref="Deadline.NextAlertAt"/>.</summary>
public sealed class Alert : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long DeadlineId { get; init; }
    public Deadline Deadline { get; init; } = null!;
    public AlertStage Stage { get; init; }

    /// <summary>The end of the clock as it stood when this was raised.</summary>
    public DateTime DueAt { get; init; }

    /// <summary>When the stage was reached; <see cref="RaisedAt"/> minus this is our lateness.</summary>
    public DateTime ReachedAt { get; init; }

    public DateTime RaisedAt { get; init; }
}

/// <summary>That a person was shown an alert; its key makes it once per person, over tabs, restarts and nodes.</summary>
public sealed class AlertReceipt : IOwnedByStore
{
    public int StoreId { get; init; }
    public long AlertId { get; init; }
    public Alert Alert { get; init; } = null!;
    public required string UserId { get; init; }
    public DateTime ShownAt { get; init; }
    public DateTime? ReadAt { get; set; }
}
