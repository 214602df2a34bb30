namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A conversation in Ozon's messenger.</summary>
internal sealed class Chat
{
    /// <summary>A GUID in lower case with dashes.</summary>
    public required string Id { get; init; }
    public long ClientId { get; init; }

    /// <summary>As in /v3/chat/list: BUYER_SELLER, SELLER_SUPPORT, SELLER_NOTIFICATION_LOGISTICS, …</summary>
    public required string Type { get; init; }

    /// <summary>OPENED or CLOSED.</summary>
    public required string Status { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Null for chats with Ozon itself.</summary>
    public long? BuyerId { get; init; }
    public string? PostingNumber { get; init; }
    public long? Sku { get; init; }

    /// <summary>Orders the list: id of the last message, or the number drawn when the chat was made.</summary>
    public long SortId { get; set; }

    /// <summary>0 while nobody has written.</summary>
    public long LastMessageId { get; set; }
    public DateTime? BuyerWroteAt { get; set; }
    public DateTime? SellerWroteAt { get; set; }
    public long SellerReadThrough { get; set; }
    public long BuyerReadThrough { get; set; }

    public bool WithBuyer => Type is "BUYER_SELLER" or "BUYER_SELLER_SELECT";

    /// <summary>Whether the last word is the buyer's.</summary>
    public bool WaitsForSeller => BuyerWroteAt is not null && (SellerWroteAt is null || SellerWroteAt < BuyerWroteAt);
}

/// <summary>Who wrote a message.</summary>
internal enum Author
{
    Buyer,
    Seller,
    Support,
    Ozon,
}

/// <summary>A message. Ids are Ozon's: 64 bits, beyond 2^53, growing with time.</summary>
internal sealed class ChatMessage
{
    public long Id { get; init; }
    public required string ChatId { get; init; }
    public Author Author { get; init; }
    public long AuthorId { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Plain text; empty when the message is a file.</summary>
    public required string Text { get; init; }

    /// <summary>The <see cref="ChatFile"/> this message consists of.</summary>
    public string? FilePath { get; init; }
    public string? FileName { get; init; }
    public long FileSize { get; init; }
    public bool IsImage { get; init; }

    /// <summary>SUCCESS, MODERATION or FAILED for pictures; empty otherwise.</summary>
    public string Moderation { get; set; } = "";

    /// <summary>When the moderator will have looked.</summary>
    public DateTime? ModerateAt { get; set; }
}

/// <summary>Bytes of an attachment.</summary>
internal sealed class ChatFile
{
    /// <summary>Last part of its address, /v2/chat/file/{path}.</summary>
    public required string Path { get; init; }
    public required string ChatId { get; init; }
    public required string Name { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
}
