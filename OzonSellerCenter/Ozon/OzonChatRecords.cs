namespace OzonSellerCenter.Ozon;

/// <summary>Request of /v3/chat/list: a page of chats, the one with the newest message first.</summary>
public sealed record ChatListRequest
{
    public ChatListFilter? Filter { get; init; }

    /// <summary>1 to 100.</summary>
    public long Limit { get; init; } = 100;

    /// <summary>Empty for the first page, then the answer's <see cref="ChatListResponse.Cursor"/>.</summary>
    public string? Cursor { get; init; }
}

public sealed record ChatListFilter
{
    /// <summary>ALL, OPENED or CLOSED. Ozon is said to ignore it at times: look at each chat's status too.</summary>
    public string? ChatStatus { get; init; }

    public bool? UnreadOnly { get; init; }
}

public sealed record ChatListResponse
{
    public IReadOnlyList<ChatListItem> Chats { get; init; } = [];

    /// <summary>Over all pages; not strictly consistent.</summary>
    public long TotalUnreadCount { get; init; }

    public string Cursor { get; init; } = "";

    public bool HasNext { get; init; }
}

/// <summary>A chat with its newest message. Buyer, order and product are not told here (see <see cref="ChatContext"/>).</summary>
public sealed record ChatListItem
{
    public OzonChat Chat { get; init; } = new();

    /// <summary>0 when nothing is unread.</summary>
    public long FirstUnreadMessageId { get; init; }

    public long LastMessageId { get; init; }

    public long UnreadCount { get; init; }
}

public sealed record OzonChat
{
    /// <summary>A UUID.</summary>
    public string ChatId { get; init; } = "";

    /// <summary>UNSPECIFIED, OPENED or CLOSED.</summary>
    public string ChatStatus { get; init; } = "";

    /// <summary>As sent, for example BUYER_SELLER; see <see cref="ChatKinds.Of"/>.</summary>
    public string ChatType { get; init; } = "";

    public DateTime? CreatedAt { get; init; }
}

/// <summary>Request of /v3/chat/history.</summary>
public sealed record ChatHistoryRequest
{
    /// <summary>Old to new; needs <see cref="FromMessageId"/>.</summary>
    public const string Forward = "Forward";

    /// <summary>New to old, Ozon's default.</summary>
    public const string Backward = "Backward";

    public string ChatId { get; init; } = "";

    /// <summary><see cref="Forward"/> or <see cref="Backward"/>; Ozon minds the case.</summary>
    public string? Direction { get; init; }

    /// <summary>The answer starts with this message itself.</summary>
    public long? FromMessageId { get; init; }

    /// <summary>1 to 1000, Ozon's default is 50.</summary>
    public long? Limit { get; init; }

    public ChatHistoryFilter? Filter { get; init; }
}

public sealed record ChatHistoryFilter
{
    public IReadOnlyList<string> MessageIds { get; init; } = [];
}

public sealed record ChatHistoryResponse
{
    public bool HasNext { get; init; }

    public IReadOnlyList<OzonMessage> Messages { get; init; } = [];
}

public sealed record OzonMessage
{
    public long MessageId { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Markdown pieces, normally one. Seller messages were seen with a leading label "errorText" that means nothing.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    public bool IsRead { get; init; }

    public bool IsImage { get; init; }

    /// <summary>SUCCESS, MODERATION or FAILED; empty or absent for a message without image.</summary>
    public string? ModerateImageStatus { get; init; }

    public ChatContext? Context { get; init; }

    public ChatUser User { get; init; } = new();
}

/// <summary>What the chat is about; either may be empty.</summary>
public sealed record ChatContext
{
    /// <summary>The order, for example 0208245774-0029 (no posting suffix).</summary>
    public string OrderNumber { get; init; } = "";

    public string Sku { get; init; } = "";
}

public sealed record ChatUser
{
    public string Id { get; init; } = "";

    /// <summary>As sent, for example Customer, at times with a Cyrillic С; see <see cref="AuthorKinds.Of"/>.</summary>
    public string Type { get; init; } = "";
}

/// <summary>Request of /v1/chat/start. FBS and rFBS only: up to 72 h after payment or delivery.</summary>
public sealed record ChatStartRequest
{
    public string PostingNumber { get; init; } = "";
}

public sealed record ChatStartResponse
{
    public ChatStartResult Result { get; init; } = new();
}

public sealed record ChatStartResult
{
    public string ChatId { get; init; } = "";
}

/// <summary>Request of /v1/chat/send/message: plain text of 1 to 1000 characters.</summary>
public sealed record ChatSendMessageRequest
{
    public string ChatId { get; init; } = "";

    public string Text { get; init; } = "";
}

/// <summary>Request of /v1/chat/send/file.</summary>
public sealed record ChatSendFileRequest
{
    public string Base64Content { get; init; } = "";

    public string ChatId { get; init; } = "";

    /// <summary>With extension.</summary>
    public string Name { get; init; } = "";
}

/// <summary>Answer of both send methods. Ozon tells no message id: the history must be read to find the message.</summary>
public sealed record ChatSendResponse
{
    /// <summary>"success".</summary>
    public string Result { get; init; } = "";
}

/// <summary>Request of /v2/chat/read: marks this message and all before it as read.</summary>
public sealed record ChatReadRequest
{
    public string ChatId { get; init; } = "";

    /// <summary>Optional in Ozon's document, but refused in fact when missing ("message_id is empty").</summary>
    public long? FromMessageId { get; init; }
}

public sealed record ChatReadResponse
{
    public long UnreadCount { get; init; }
}
