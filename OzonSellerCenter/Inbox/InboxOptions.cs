namespace OzonSellerCenter.Inbox;

/// <summary>Settings under <c>Inbox</c>.</summary>
public sealed class InboxOptions
{
    /// <summary>Seconds in which a message can be taken back before it leaves; 0 sends at once.</summary>
    public int UndoSeconds { get; set; } = 10;

    /// <summary>Megabytes (1,048,576 bytes) of one attached file at most.</summary>
    public int MaxFileMegabytes { get; set; } = 10;

    /// <summary>Files on one message at most.</summary>
    public int MaxFiles { get; set; } = 10;

    /// <summary>The same limit in bytes.</summary>
    public long MaxFileBytes => MaxFileMegabytes * 1024L * 1024L;
}
