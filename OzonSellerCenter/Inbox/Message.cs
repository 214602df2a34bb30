using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>Who speaks; Ozon's words are folded (Cyrillic С, case), unknown ones stay readable as <see cref="System"/>.</summary>
public enum MessageAuthor
{
    Buyer = 1,
    Seller = 2,
    Support = 3,

    /// <summary>Ozon's machine: system lines, bots, notices.</summary>
    System = 4,
    Courier = 5,
}

/// <summary>Where a message stands; the page shows it as <c>data-state</c>.</summary>
public enum MessageState
{
    /// <summary>Came from somebody else.</summary>
    Received = 1,

    /// <summary>Ours, still to be taken back (undo time).</summary>
    Waiting = 2,
    Sending = 3,

    /// <summary>The connection broke while sending; being read back.</summary>
    Unclear = 4,
    Sent = 5,
    Read = 6,

    /// <summary>Ozon refused it; the reason is kept, the text too.</summary>
    Refused = 7,

    /// <summary>Taken back before it left.</summary>
    TakenBack = 8,
}

/// <summary>Moderation of an image by Ozon.</summary>
public enum Moderation
{
    None = 0,
    Pending = 1,
    Passed = 2,
    Failed = 3,
}

/// <summary>One message. Never deleted; an edit keeps the former text as a <see cref="MessageRevision"/>.</summary>
public sealed class Message : IOwnedByStore
{
    /// <summary>Stands for the program itself where nobody wrote; no user has this key.</summary>
    public const string AutomaticSender = "automatic";

    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ConversationId { get; init; }

    /// <summary>Ozon's id; null while it has not told one for a message of ours.</summary>
    public long? OzonMessageId { get; set; }

    public MessageAuthor Author { get; init; }

    /// <summary>Ozon's own word for the author, as it came.</summary>
    public string OzonAuthorType { get; init; } = "";

    /// <summary>The colleague who wrote it, or <see cref="AutomaticSender"/>, for messages sent from here.</summary>
    public string? SentBy { get; set; }

    public string Text { get; set; } = "";

    /// <summary>Ozon's time once known; before that the time it was written here.</summary>
    public DateTime SentAt { get; set; }

    public DateTime? EditedAt { get; set; }

    /// <summary>When we learned that it was read; equal to <see cref="SentAt"/> when it was read before we first saw it.</summary>
    public DateTime? ReadAt { get; set; }
    public MessageState State { get; set; } = MessageState.Received;

    /// <summary>Until when a waiting message can be taken back.</summary>
    public DateTime? UndoUntil { get; set; }

    /// <summary>Resource key of the refusal.</summary>
    public string? Refusal { get; set; }

    /// <summary>Ozon's own words of the refusal.</summary>
    public string? RefusalDetail { get; set; }

    public List<Attachment> Attachments { get; init; } = [];
}

/// <summary>A former text of an edited message.</summary>
public sealed class MessageRevision : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long MessageId { get; init; }
    public required string Text { get; init; }
    public DateTime ReplacedAt { get; init; }
}

/// <summary>A file of a message or of a draft: from Ozon (by link, fetched through us) or ours (kept on disk).</summary>
public sealed class Attachment : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ConversationId { get; init; }

    /// <summary>Null while it hangs on a draft.</summary>
    public long? MessageId { get; set; }

    /// <summary>Whose draft it hangs on; null once sent.</summary>
    public string? DraftOf { get; set; }

    public required string Name { get; init; }
    public bool IsImage { get; init; }

    /// <summary>Bytes; null when Ozon did not say.</summary>
    public long? Size { get; init; }

    /// <summary>Where Ozon serves it (needs the store's key); null for ours until sent.</summary>
    public string? OzonUrl { get; set; }

    /// <summary>SHA-256 in hex: the name of our copy in the data folder.</summary>
    public string? Sha256 { get; set; }

    public Moderation Moderation { get; set; }
}

/// <summary>What a person has typed and not sent: per person and conversation one answer and one note.</summary>
public sealed class Draft : IOwnedByStore
{
    public int StoreId { get; init; }
    public long ConversationId { get; init; }
    public required string UserId { get; init; }

    /// <summary>It is to become a note, not an answer.</summary>
    public bool IsNote { get; init; }

    public string Text { get; set; } = "";
    public DateTime ChangedAt { get; set; }

    /// <summary>The text as it stands now.</summary>
    public void Change(string text, DateTime now)
    {
        Text = text;
        ChangedAt = now;
    }
}
