using System.ComponentModel.DataAnnotations;

namespace OzonSellerCenter.Background;

/// <summary>How often Ozon is asked, section <c>Sync</c>. Pushes come besides; the polls find what pushes lost.</summary>
public sealed class SyncOptions
{
    public const string Section = "Sync";

    /// <summary>Seconds between two looks at the newest chats.</summary>
    [Range(1, 86400)]
    public double ChatPollSeconds { get; set; } = 60;

    /// <summary>Seconds between two looks at changed postings.</summary>
    [Range(1, 86400)]
    public double PostingPollSeconds { get; set; } = 120;

    /// <summary>Seconds between two looks at buyers' requests to return and at complaints, which no push tells of, and at money on its way.</summary>
    [Range(1, 86400)]
    public double ReturnPollSeconds { get; set; } = 60;

    /// <summary>Minutes between two looks at every chat: Ozon promises no order of its list, and tells neither edits nor read marks there.</summary>
    [Range(1, 10080)]
    public double FullSweepMinutes { get; set; } = 60;

    /// <summary>A full sweep reads chats again in which something was said within so many days.</summary>
    [Range(0, 365)]
    public double RereadDays { get; set; } = 3;

    /// <summary>Seconds between two checks of a key that works.</summary>
    [Range(1, 86400)]
    public double StoreCheckSeconds { get; set; } = 600;

    /// <summary>Seconds between two checks of a key that does not work, or of an Ozon that does not answer.</summary>
    [Range(1, 86400)]
    public double StoreRecheckSeconds { get; set; } = 15;

    /// <summary>How many days of postings the first import takes; Ozon gives a year at most.</summary>
    [Range(1, 365)]
    public int ImportDays { get; set; } = 365;

    /// <summary>Chats of a store read at the same time.</summary>
    [Range(1, 32)]
    public int ParallelReads { get; set; } = 4;

    /// <summary>The largest attachment copied from Ozon, in megabytes.</summary>
    [Range(1, 1024)]
    public int MaxAttachmentMegabytes { get; set; } = 20;

    /// <summary>How many days the bodies of worked-off pushes are kept.</summary>
    [Range(1, 3650)]
    public int KeepPushDays { get; set; } = 14;
}

/// <summary>How answers are delivered, section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Name of this node in the leases; empty = the machine's name. Two nodes on one machine need names of their own.</summary>
    public string Node { get; set; } = "";

    /// <summary>Commands of one store under way at the same time.</summary>
    [Range(1, 256)]
    public int ParallelPerStore { get; set; } = 8;

    /// <summary>Commands of all stores under way at the same time.</summary>
    [Range(1, 1024)]
    public int Parallel { get; set; } = 32;

    /// <summary>After an unclear answer, for how long a message that does not show in the history may still appear. It must be longer than Ozon may go
    /// on working at a request whose connection broke.</summary>
    [Range(0, 3600)]
    public double SettleSeconds { get; set; } = 15;

    /// <summary>Least number of complete readings of the history that must not find a message before it is sent again.</summary>
    [Range(1, 20)]
    public int MinReadBacks { get; set; } = 3;

    /// <summary>Attempts that may fail (after reading back, not for a refusal or a pause Ozon asked for) before a command is given up and shown as
    /// refused.</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 8;

    /// <summary>Hours after which a message whose fate cannot be read back is shown as refused, for a person to decide.</summary>
    [Range(0.01, 1000)]
    public double GiveUpHours { get; set; } = 24;

    /// <summary>For how long a node that does not report back keeps a command; longer than a request may take.</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>First pause after a failure, in seconds; it doubles up to <see cref="LongestPauseSeconds"/>.</summary>
    [Range(0.001, 60)]
    public double FirstPauseSeconds { get; set; } = 1;

    [Range(0.001, 3600)]
    public double LongestPauseSeconds { get; set; } = 60;

    internal string NodeName => Node.Length > 0 ? Node : Environment.MachineName;

    /// <summary>The pause after so many failures in a row, from 1 on.</summary>
    internal TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestPauseSeconds, FirstPauseSeconds * Math.Pow(2, Math.Min(failures, 20) - 1)));
}

/// <summary>Who may push, section <c>Push</c>.</summary>
public sealed class PushOptions
{
    public const string Section = "Push";

    /// <summary>Networks pushes may come from, such as Ozon's documented <c>195.34.21.0/24</c>, <c>185.73.192.0/22</c>, <c>91.223.93.0/24</c>.
    /// Empty = any.</summary>
    public IList<string> Networks { get; init; } = [];
}
