using OzonSellerCenter.Data;

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
}

/// <summary>An obligation with its end. All instants UTC; late or not is told by the instants, never by a flag.</summary>
public sealed class Deadline : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public DeadlineKind Kind { get; init; }

    /// <summary>What it is about, such as <c>conversation:42</c>.</summary>
    public required string Subject { get; init; }

    public DateTime StartedAt { get; init; }
    public DateTime DueAt { get; set; }
    public DateTime? MetAt { get; set; }
    public DateTime? MissedAt { get; set; }
    public DeadlineState State { get; set; } = DeadlineState.Running;

    /// <summary>Key of the rule that gave the length, for "why this time?".</summary>
    public required string RuleKey { get; set; }

    /// <summary>When the watcher has to look next; null when nothing is left to say.</summary>
    public DateTime? NextAlertAt { get; set; }

    public long Version { get; set; }
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

/// <summary>A stage that a deadline reached; unique per deadline and stage, written in the transaction that moves <see cref="Deadline.NextAlertAt"/>.</summary>
public sealed class Alert : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long DeadlineId { get; init; }
    public Deadline Deadline { get; init; } = null!;
    public AlertStage Stage { get; init; }
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
