using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// One push from Ozon, told apart by <see cref="MessageType"/>. A push is a hint: it carries no signature, may come late, twice, out of
/// order or never, so what it says is re-read from the API. Parse with <see cref="OzonPushes.Parse"/>.
/// </summary>
public abstract record OzonPush(string MessageType)
{
    /// <summary>The seller's account, the same number as its Client-Id; 0 in a ping.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SellerId { get; init; }

    /// <summary>The body as Ozon would send it: ids of chat pushes are strings, those of posting pushes numbers.</summary>
    public virtual string ToJson() => JsonSerializer.Serialize(this, GetType(), OzonJson.Options);
}

/// <summary>TYPE_PING: the handshake; answered with <see cref="PushPingAnswer"/>.</summary>
public sealed record PushPing() : OzonPush(OzonPushes.Ping)
{
    public DateTime? Time { get; init; }
}

/// <summary>What the chat pushes share. They name no order and no product: read the history.</summary>
public abstract record ChatPush(string MessageType) : OzonPush(MessageType)
{
    public string ChatId { get; init; } = "";

    /// <summary>Mixed case here (Buyer_Seller); see <see cref="ChatKinds.Of"/>.</summary>
    public string ChatType { get; init; } = "";

    public ChatUser User { get; init; } = new();

    public override string ToJson() => JsonSerializer.Serialize(this, GetType(), OzonJson.IdsAsStrings);
}

/// <summary>TYPE_NEW_MESSAGE.</summary>
public sealed record PushNewMessage() : ChatPush(OzonPushes.NewMessage)
{
    public long MessageId { get; init; }

    public DateTime? CreatedAt { get; init; }

    /// <summary>Markdown pieces, see <see cref="OzonMessage.Data"/>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];
}

/// <summary>TYPE_UPDATE_MESSAGE.</summary>
public sealed record PushUpdateMessage() : ChatPush(OzonPushes.UpdateMessage)
{
    public long MessageId { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    public IReadOnlyList<string> Data { get; init; } = [];
}

/// <summary>TYPE_MESSAGE_READ: the buyer or support has read up to <see cref="LastReadMessageId"/>.</summary>
public sealed record PushMessageRead() : ChatPush(OzonPushes.MessageRead)
{
    public long MessageId { get; init; }

    public DateTime? CreatedAt { get; init; }

    public long LastReadMessageId { get; init; }
}

/// <summary>TYPE_CHAT_CLOSED.</summary>
public sealed record PushChatClosed() : ChatPush(OzonPushes.ChatClosed);

/// <summary>What the FBS and rFBS posting pushes share.</summary>
public abstract record PostingPush(string MessageType) : OzonPush(MessageType)
{
    public string PostingNumber { get; init; } = "";

    public long WarehouseId { get; init; }
}

/// <summary>TYPE_NEW_POSTING.</summary>
public sealed record PushNewPosting() : PostingPush(OzonPushes.NewPosting)
{
    public IReadOnlyList<PushProduct> Products { get; init; } = [];

    public DateTime? InProcessAt { get; init; }

    public DateTime? ShipmentDate { get; init; }

    public string? TplIntegrationType { get; init; }

    public bool IsExpress { get; init; }

    public string? TrackingNumber { get; init; }

    public DateTime? DeliveryDateBegin { get; init; }

    public DateTime? DeliveryDateEnd { get; init; }
}

public sealed record PushProduct
{
    public long Sku { get; init; }

    /// <summary>Absent in cancellations.</summary>
    public string? OfferId { get; init; }

    public int Quantity { get; init; }
}

/// <summary>TYPE_POSTING_CANCELLED.</summary>
public sealed record PushPostingCancelled() : PostingPush(OzonPushes.PostingCancelled)
{
    public IReadOnlyList<PushProduct> Products { get; init; } = [];

    public string OldState { get; init; } = "";

    /// <summary>posting_canceled.</summary>
    public string NewState { get; init; } = "";

    public DateTime? ChangedStateDate { get; init; }

    public PushReason? Reason { get; init; }
}

public sealed record PushReason
{
    public long Id { get; init; }

    public string Message { get; init; } = "";
}

/// <summary>TYPE_STATE_CHANGED.</summary>
public sealed record PushStateChanged() : PostingPush(OzonPushes.StateChanged)
{
    /// <summary>A substatus, for example posting_in_carriage.</summary>
    public string NewState { get; init; } = "";

    public DateTime? ChangedStateDate { get; init; }
}

/// <summary>TYPE_CUTOFF_DATE_CHANGED.</summary>
public sealed record PushCutoffDateChanged() : PostingPush(OzonPushes.CutoffDateChanged)
{
    public DateTime? NewCutoffDate { get; init; }

    public DateTime? OldCutoffDate { get; init; }
}

/// <summary>TYPE_DELIVERY_DATE_CHANGED.</summary>
public sealed record PushDeliveryDateChanged() : PostingPush(OzonPushes.DeliveryDateChanged)
{
    public DateTime? NewDeliveryDateBegin { get; init; }

    public DateTime? NewDeliveryDateEnd { get; init; }

    public DateTime? OldDeliveryDateBegin { get; init; }

    public DateTime? OldDeliveryDateEnd { get; init; }
}

/// <summary>A type this program does not act on (FBO, orders, stocks, items, or one invented later): answered with success, nothing else.</summary>
public sealed record PushUnknown(string MessageType) : OzonPush(MessageType);

/// <summary>Answer to a ping: this and nothing more, a "result" field makes Ozon's check fail.</summary>
public sealed record PushPingAnswer
{
    public string Version { get; init; } = "1.0";

    public string Name { get; init; } = "";

    /// <summary>When handling began.</summary>
    public DateTime Time { get; init; }
}

/// <summary>Answer to every other push: HTTP 200 with <c>{"result":true}</c>.</summary>
public sealed record PushAccepted
{
    public bool Result { get; init; } = true;
}

/// <summary>Answer, with a 4xx or 5xx status, to a push that was not taken; Ozon tries again later.</summary>
public sealed record PushRefused
{
    public PushRefusal Error { get; init; } = new();

    public static PushRefused Because(string code, string message) => new() { Error = new PushRefusal { Code = code, Message = message } };
}

public sealed record PushRefusal
{
    public const string Unknown = "ERROR_UNKNOWN";
    public const string ParameterMissing = "ERROR_PARAMETER_VALUE_MISSED";
    public const string Duplicate = "ERROR_REQUEST_DUPLICATED";

    public string Code { get; init; } = Unknown;

    public string Message { get; init; } = "";

    /// <summary>Always <c>null</c>, and written as such.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Details { get; init; }
}
