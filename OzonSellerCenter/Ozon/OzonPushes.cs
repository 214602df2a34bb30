using System.Text.Json;

namespace OzonSellerCenter.Ozon;

/// <summary>The message types acted on, and the reading of a push body.</summary>
public static class OzonPushes
{
    public const string Ping = "TYPE_PING";
    public const string NewMessage = "TYPE_NEW_MESSAGE";
    public const string UpdateMessage = "TYPE_UPDATE_MESSAGE";
    public const string MessageRead = "TYPE_MESSAGE_READ";
    public const string ChatClosed = "TYPE_CHAT_CLOSED";
    public const string NewPosting = "TYPE_NEW_POSTING";
    public const string PostingCancelled = "TYPE_POSTING_CANCELLED";
    public const string StateChanged = "TYPE_STATE_CHANGED";
    public const string CutoffDateChanged = "TYPE_CUTOFF_DATE_CHANGED";
    public const string DeliveryDateChanged = "TYPE_DELIVERY_DATE_CHANGED";

    /// <summary>
    /// Reads a push body. <c>null</c> means that it is not a push: no JSON object, too deep, no message_type, or fields of the wrong type, or
    /// a chat push without chat id, a posting push without posting number. An unheard-of type is <see cref="PushUnknown"/>.
    /// </summary>
    public static OzonPush? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var type = JsonSerializer.Deserialize<Envelope>(utf8, OzonJson.Options)?.MessageType;
            OzonPush? push = type switch
            {
                null or "" => null,
                Ping => JsonSerializer.Deserialize<PushPing>(utf8, OzonJson.Options),
                NewMessage => JsonSerializer.Deserialize<PushNewMessage>(utf8, OzonJson.Options),
                UpdateMessage => JsonSerializer.Deserialize<PushUpdateMessage>(utf8, OzonJson.Options),
                MessageRead => JsonSerializer.Deserialize<PushMessageRead>(utf8, OzonJson.Options),
                ChatClosed => JsonSerializer.Deserialize<PushChatClosed>(utf8, OzonJson.Options),
                NewPosting => JsonSerializer.Deserialize<PushNewPosting>(utf8, OzonJson.Options),
                PostingCancelled => JsonSerializer.Deserialize<PushPostingCancelled>(utf8, OzonJson.Options),
                StateChanged => JsonSerializer.Deserialize<PushStateChanged>(utf8, OzonJson.Options),
                CutoffDateChanged => JsonSerializer.Deserialize<PushCutoffDateChanged>(utf8, OzonJson.Options),
                DeliveryDateChanged => JsonSerializer.Deserialize<PushDeliveryDateChanged>(utf8, OzonJson.Options),
                _ => JsonSerializer.Deserialize<Envelope>(utf8, OzonJson.Options) is { } other
                    ? new PushUnknown(type) { SellerId = other.SellerId }
                    : null,
            };
            return push is ChatPush { ChatId: "" } or PostingPush { PostingNumber: "" } ? null : push;
        }
        catch (JsonException)
        {
            // Anybody on the internet may post here: a body that is not a push is an expected answer, not a fault.
            return null;
        }
    }

    private sealed record Envelope
    {
        public string MessageType { get; init; } = "";

        public long SellerId { get; init; }
    }
}
