namespace OzonSellerCenter.Inbox;

/// <summary>A conversation as the list shows it.</summary>
public sealed record InboxRow
{
    public required long Id { get; init; }
    public required int StoreId { get; init; }
    public required ConversationKind Kind { get; init; }
    public string? BuyerName { get; init; }
    public string? PostingNumber { get; init; }
    public string? OrderNumber { get; init; }

    /// <summary>Ozon's status word of the posting; null when there is none.</summary>
    public string? PostingStatus { get; init; }

    public long? Sku { get; init; }

    /// <summary>Name of the product of <see cref="Sku"/>, as far as an order told it.</summary>
    public string? Product { get; init; }

    public required string Preview { get; init; }
    public required MessageAuthor LastAuthor { get; init; }
    public required DateTime LastAt { get; init; }
    public int Unread { get; init; }
    public DateTime? WaitingSince { get; init; }
    public DateTime? LastBuyerAt { get; init; }
    public DateTime? WindowClosesAt { get; init; }
    public bool IsClosed { get; init; }
    public DateTime? DueAt { get; init; }

    /// <summary>A <c>Deadlines.DeadlineKind</c>.</summary>
    public int? DueKind { get; init; }

    public DateTime? DueStartedAt { get; init; }
    public int? DueRuleMinutes { get; init; }

    /// <summary>Key of the colleague who looks after it.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>Names of its tags in one line.</summary>
    public string? Tags { get; init; }

    /// <summary>It is put off, until the time or until the other side writes.</summary>
    public bool IsSnoozed { get; init; }

    public DateTime? SnoozedUntil { get; init; }

    /// <summary>A message of ours was refused by Ozon and nobody has dealt with it.</summary>
    public bool Refused { get; init; }
}

/// <summary>A page of the list in the order of the filter, and whether rows follow; they are asked for with the last one.</summary>
public sealed record InboxRows(IReadOnlyList<InboxRow> Rows, bool HasMore);

/// <summary>Figures of the list's head. Each stops at <see cref="Cap"/>, so that it costs the same in a shop of any size.</summary>
public sealed record InboxCounts(int Overdue, int Urgent, int Soon, int Later, int BuyersDue, int SupportUnread, int NoticesUnread)
{
    /// <summary>A count of this size means "this many or more".</summary>
    public const int Cap = 1000;

    public static InboxCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);
}

/// <summary>Figures of the navigation: conversations with unread buyer messages, and those overdue.</summary>
public sealed record InboxCounters(int Unread, int Overdue);
