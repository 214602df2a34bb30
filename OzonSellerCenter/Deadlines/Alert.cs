using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>A stage that a deadline reached; unique per deadline, stage and end (an end that moved away is told again), written in the
/// transaction that moves <see cref="Deadline.NextAlertAt"/>.</summary>
public sealed class Alert : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long DeadlineId { get; init; }
    public Deadline Deadline { get; init; } = null!;

    /// <summary>The stage: so many minutes before the end; 0 is the end itself.</summary>
    public int MinutesBefore { get; init; }

    /// <summary>The end of the clock as it stood when this was raised.</summary>
    public DateTime DueAt { get; init; }

    /// <summary>When the stage was reached; <see cref="RaisedAt"/> minus this is our lateness.</summary>
    public DateTime ReachedAt { get; init; }

    public DateTime RaisedAt { get; init; }
}

/// <summary>Ways in which an alert may come to a person. The bell is none of them: it records every alert he wants.</summary>
[Flags]
public enum AlertChannels
{
    None = 0,

    /// <summary>On the page he looks at.</summary>
    Toast = 1,

    /// <summary>The browser's own notification.</summary>
    Desktop = 2,

    /// <summary>A short tone.</summary>
    Sound = 4,
}

/// <summary>An alert as it went to one person: written together with the alert, for everybody who wanted its stage; its key makes it once per
/// person, over tabs, restarts and nodes. It is also the log of what became of it.</summary>
public sealed class AlertReceipt : IOwnedByStore
{
    public int StoreId { get; init; }
    public long AlertId { get; init; }
    public Alert Alert { get; init; } = null!;
    public required string UserId { get; init; }

    /// <summary>The ways the person wanted when it was raised.</summary>
    public AlertChannels Channels { get; init; }

    /// <summary>It was raised within his quiet hours: no notification on the desktop, no sound.</summary>
    public bool IsQuiet { get; init; }

    public DateTime? ToastAt { get; set; }
    public DateTime? DesktopAt { get; set; }
    public DateTime? SoundAt { get; set; }
    public DateTime? ReadAt { get; set; }
}
