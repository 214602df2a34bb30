using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>The tab a conversation stands in.</summary>
public enum ConversationKind
{
    Buyer = 1,
    Support = 2,

    /// <summary>Notices of Ozon, which nobody answers.</summary>
    Notice = 3,
}

/// <summary>A chat at Ozon with what the list shows of it, kept ready: no list ever looks into the messages.</summary>
public sealed class Conversation : IOwnedByStore, IVersioned
{
    /// <summary>Characters of <see cref="Preview"/> at most.</summary>
    public const int PreviewLength = 200;

    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Ozon's chat id (a GUID as text).</summary>
    public required string OzonChatId { get; init; }

    public ConversationKind Kind { get; set; }

    /// <summary>Ozon's own word for the kind, kept as it came.</summary>
    public string OzonChatType { get; set; } = "";

    /// <summary>Ozon has closed the chat.</summary>
    public bool IsClosed { get; set; }

    public DateTime StartedAt { get; set; }

    /// <summary>The order the chat is about, when Ozon told it (message context).</summary>
    public string? OrderNumber { get; set; }

    /// <summary>The posting of that order in this store, once known.</summary>
    public string? PostingNumber { get; set; }

    /// <summary>The product the chat is about (pre-sale question).</summary>
    public long? Sku { get; set; }

    /// <summary>Ozon's id of the buyer, when known; joins the conversations of one person.</summary>
    public string? BuyerId { get; set; }

    /// <summary>Name as far as Ozon gives one; null is shown as "Buyer".</summary>
    public string? BuyerName { get; set; }

    /// <summary>Newest message: what the row shows.</summary>
    public DateTime LastAt { get; set; }

    /// <summary>One line of it, see <see cref="PreviewOf"/>.</summary>
    public string Preview { get; set; } = "";

    public MessageAuthor LastAuthor { get; set; }

    /// <summary>Buyer messages nobody of the store has read.</summary>
    public int Unread { get; set; }

    /// <summary>The buyer's oldest message without an answer; null when nobody waits for us.</summary>
    public DateTime? WaitingSince { get; set; }

    public DateTime? LastBuyerAt { get; set; }

    /// <summary>When a colleague said that the buyer's last words need no answer; null when they do, or got one.</summary>
    public DateTime? NoAnswerNeededAt { get; set; }

    /// <summary>Until when Ozon takes a message from us; null when there is no limit yet (before delivery).</summary>
    public DateTime? WindowClosesAt { get; set; }

    /// <summary>Earliest running deadline; null when nothing is due. Sort key of the list.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>Kind of that deadline (<c>Deadlines.DeadlineKind</c>), for the row.</summary>
    public int? DueKind { get; set; }

    /// <summary>When that clock began, for the ring.</summary>
    public DateTime? DueStartedAt { get; set; }

    /// <summary>How long its rule is, in minutes; the clock itself lasts longer where the house does not work in between.</summary>
    public int? DueRuleMinutes { get; set; }

    /// <summary>Key of the colleague who looks after it; null while nobody does.</summary>
    public string? AssigneeId { get; set; }

    public DateTime? AssignedAt { get; set; }

    /// <summary>Names of its tags in one line, see <see cref="Tag.Between"/>; null without any.</summary>
    public string? Tags { get; set; }

    /// <summary>Since when it is put off and out of the list; null while it is not. No clock cares.</summary>
    public DateTime? SnoozedAt { get; set; }

    /// <summary>When a snoozed conversation comes back by itself; null = when the other side writes, which brings it back in any case.</summary>
    public DateTime? SnoozedUntil { get; set; }

    /// <summary>What had been heard of the other side when it was put off, see <see cref="LastHeardAt"/>; anything later ends the snooze. Ozon's time,
    /// so that a message which was written before the snooze and came after it counts.</summary>
    public DateTime? SnoozedSeenAt { get; set; }

    /// <summary>Highest message id taken over from Ozon's history.</summary>
    public long SyncedMessageId { get; set; }

    /// <summary>The history has to be read again (a push came, or a gap was seen).</summary>
    public bool NeedsSync { get; set; }

    public long Version { get; set; }

    /// <summary>Ozon takes no message from us any more; at the very instant of the limit the window is already closed.</summary>
    public bool IsWindowClosedAt(DateTime now) => WindowClosesAt <= now;

    /// <summary>When the other side wrote last, as far as the row tells.</summary>
    public DateTime? LastHeardAt => Kind == ConversationKind.Buyer ? LastBuyerAt : LastAuthor == MessageAuthor.Seller ? null : LastAt;

    /// <summary>Puts a message into the row of the list, unless a newer one already stands there.</summary>
    public void Show(Message message)
    {
        if (message.SentAt < LastAt) return;
        LastAt = message.SentAt;
        LastAuthor = message.Author;
        Preview = PreviewOf(message);
    }

    /// <summary>One line of a message: its text without line ends, or the name of its file.</summary>
    public static string PreviewOf(Message message)
    {
        var text = message.Text.Length > 0 ? message.Text : message.Attachments.FirstOrDefault()?.Name ?? "";
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= PreviewLength ? line : $"{line[..(PreviewLength - 1)]}…";
    }
}
