namespace OzonSellerCenter.Data;

/// <summary>What is to be done at Ozon.</summary>
public enum CommandKind
{
    SendMessage = 1,
    SendFile = 2,
    MarkRead = 3,
    StartChat = 4,

    /// <summary>What is wanted of a posting; the target says what.</summary>
    PostingDeed = 5,

    /// <summary>A buyer is reminded of an order that he has not paid.</summary>
    RemindUnpaid = 6,

    /// <summary>What is wanted of a buyer's request to return; the target says what.</summary>
    ReturnDeed = 7,

    /// <summary>The desk's decision of a case is told to the bundled sandbox; the target is the step of the case.</summary>
    DisputeDecision = 8,
}

/// <summary>Where a command stands. Waiting → Sending → Done | Failed | Unclear; Unclear → Done | Waiting, by reading back.</summary>
public enum CommandState
{
    Waiting = 1,
    Sending = 2,

    /// <summary>Ozon may or may not have acted; only reading back decides whether to send again.</summary>
    Unclear = 3,
    Done = 4,
    Failed = 5,
    Cancelled = 6,
}

/// <summary>A call that changes something at Ozon, written in the transaction of the decision (outbox). Ozon has no idempotency keys.</summary>
public sealed class OutboundCommand : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Made when the form is rendered; the same key is never accepted twice.</summary>
    public required string Key { get; init; }

    public CommandKind Kind { get; init; }

    /// <summary>Commands of one subject go one after another, such as <c>conversation:42</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The row this command carries out, such as a message id.</summary>
    public long TargetId { get; init; }

    public CommandState State { get; set; } = CommandState.Waiting;
    public DateTime CreatedAt { get; init; }
    public string? CreatedBy { get; init; }

    /// <summary>Not before this instant: end of the undo time, end of a pause after 429, next read-back.</summary>
    public DateTime NotBeforeAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>When the current or last attempt began, by the clock that Ozon's answers carry.</summary>
    public DateTime? AttemptedAt { get; set; }

    /// <summary>Highest message id known before the first attempt; a read-back looks only above it.</summary>
    public long Watermark { get; set; }

    /// <summary>Read-backs since the last attempt that did not find the deed.</summary>
    public int ReadBacks { get; set; }

    /// <summary>When an attempt first ended so that Ozon may have acted; null when every attempt so far is known to have done nothing or all.</summary>
    public DateTime? UnclearAt { get; set; }

    /// <summary>Before this instant a history without the deed proves nothing: Ozon may still be at it.</summary>
    public DateTime? SettlesAt { get; set; }

    /// <summary>Attempts that ended unclear or failing and proved to have done nothing.</summary>
    public int Failures { get; set; }

    /// <summary>The node that holds the command while it is sending.</summary>
    public string? LeasedBy { get; set; }

    public DateTime? LeasedUntil { get; set; }

    /// <summary>Name of the last refusal or failure; a resource key.</summary>
    public string? Error { get; set; }

    public string? ErrorDetail { get; set; }
    public DateTime? DoneAt { get; set; }
    public long Version { get; set; }

    /// <summary>Ozon has it.</summary>
    public void Settle(DateTime now)
    {
        State = CommandState.Done;
        DoneAt = now;
        LeasedBy = null;
        LeasedUntil = null;
        Error = null;
        ErrorDetail = null;
    }
}

/// <summary>A push from Ozon as it came in; worked off later, in order of arrival.</summary>
public sealed class PushEvent : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>SHA-256 over type and identifying content: FBS and chat pushes have no event id of their own.</summary>
    public required string Key { get; init; }

    public required string Type { get; init; }
    public required string Body { get; init; }
    public DateTime ReceivedAt { get; init; }
    public DateTime? DoneAt { get; set; }
    public int Attempts { get; set; }
    public DateTime NextTryAt { get; set; }

    /// <summary>Set aside after too many failures, so that it does not block the others.</summary>
    public DateTime? ParkedAt { get; set; }

    public string? Error { get; set; }
}

/// <summary>How far a kind of synchronisation has come in a store; makes an import resumable.</summary>
public sealed class SyncState : IOwnedByStore
{
    public int StoreId { get; init; }

    /// <summary>Such as <c>chats</c> or <c>postings</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where to go on; null at the start of a pass.</summary>
    public string? Cursor { get; set; }

    /// <summary>When the first full pass ended; null while importing.</summary>
    public DateTime? ImportedAt { get; set; }

    public int Done { get; set; }

    /// <summary>Estimate of the whole; null while unknown.</summary>
    public int? Total { get; set; }

    /// <summary>When the last pass ended without error.</summary>
    public DateTime? FreshAt { get; set; }

    public DateTime? FailedAt { get; set; }

    /// <summary>Resource key of the last failure; null after success.</summary>
    public string? Error { get; set; }
}
