using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A conversation as its own pane shows it.</summary>
public sealed record OpenConversation
{
    public required long Id { get; init; }
    public required int StoreId { get; init; }
    public required string StoreName { get; init; }

    /// <summary>IANA name of the store's zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Role of the person who looks; <see cref="StoreRole.Support"/> only reads.</summary>
    public required StoreRole Role { get; init; }

    /// <summary>What stands between the store and Ozon, and since when.</summary>
    public required ConnectionState Connection { get; init; }

    public DateTime? ConnectionSince { get; init; }
    public required ConversationKind Kind { get; init; }
    public string? BuyerName { get; init; }
    public string? BuyerId { get; init; }
    public string? PostingNumber { get; init; }
    public string? OrderNumber { get; init; }
    public long? Sku { get; init; }
    public bool IsClosed { get; init; }
    public int Unread { get; init; }
    public DateTime? WaitingSince { get; init; }
    public DateTime? WindowClosesAt { get; init; }
    public DateTime? LastBuyerAt { get; init; }

    /// <summary>When a colleague said that the buyer's last words need no answer; null when they do, or got one.</summary>
    public DateTime? NoAnswerNeededAt { get; init; }

    /// <summary>Name of that colleague; null when his account is gone.</summary>
    public string? NoAnswerBy { get; init; }

    /// <summary>Key of the colleague who looks after it.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>Names of its tags in one line.</summary>
    public string? Tags { get; init; }

    /// <summary>It is put off, until the time or until the other side writes.</summary>
    public bool IsSnoozed { get; init; }

    public DateTime? SnoozedUntil { get; init; }

    /// <summary>Owner or agent: may do something with it; the support desk only reads.</summary>
    public bool MayWork => Role is StoreRole.Owner or StoreRole.Agent;

    /// <summary>Owner or agent: may answer.</summary>
    public bool MayAnswer => MayWork && Kind != ConversationKind.Notice;
}

/// <summary>A message in the log.</summary>
public sealed record ShownMessage
{
    public required long Id { get; init; }
    public required MessageAuthor Author { get; init; }

    /// <summary>User id of the colleague who sent it from here; null when it was written at Ozon.</summary>
    public string? SentBy { get; init; }

    public string? SentByName { get; init; }

    /// <summary>The program sent it by itself.</summary>
    public bool IsAutomatic => SentBy == Message.AutomaticSender;

    public required string Text { get; init; }
    public required DateTime SentAt { get; init; }
    public DateTime? EditedAt { get; init; }
    public DateTime? ReadAt { get; init; }
    public required MessageState State { get; init; }
    public DateTime? UndoUntil { get; init; }

    /// <summary>Key of the texts: why Ozon refused it.</summary>
    public string? Refusal { get; init; }

    /// <summary>Ozon's own words of the refusal.</summary>
    public string? RefusalDetail { get; init; }

    public IReadOnlyList<ShownFile> Files { get; init; } = [];

    /// <summary>Former texts, oldest first.</summary>
    public IReadOnlyList<FormerText> Edits { get; init; } = [];
}

/// <summary>A file of a message or draft, its size in bytes. Only when it "is here" is our copy on disk and can be shown or downloaded.</summary>
public sealed record ShownFile(long Id, string Name, bool IsImage, long? Size, bool IsHere, Moderation Moderation);

/// <summary>A text that an edit replaced.</summary>
public sealed record FormerText(string Text, DateTime ReplacedAt);

/// <summary>The newest messages of a conversation or the ones before some message, oldest first, and whether there are older ones.</summary>
/// <param name="Asides">What stands between them and is no message.</param>
public sealed record MessagePage(IReadOnlyList<ShownMessage> Messages, bool HasOlder, LogAsides Asides);

/// <summary>What a person typed and attached, not yet sent; the time is null when nothing was ever saved.</summary>
public sealed record ShownDraft(string Text, DateTime? SavedAt, IReadOnlyList<ShownFile> Files)
{
    public static ShownDraft Empty { get; } = new("", null, []);
}

/// <summary>A line among the buyer's other conversations.</summary>
public sealed record OtherConversation(long Id, string? PostingNumber, string Preview, DateTime LastAt, DateTime? DueAt, int Unread);

/// <summary>A colleague with an answer that he did not send.</summary>
public sealed record UnsentDraft(string UserId, string Name);
