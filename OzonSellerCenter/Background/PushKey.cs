using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Tells a repeated push from a new one. Chat and FBS pushes have no event id, so the key is made of what they are about.</summary>
internal static class PushKey
{
    /// <summary>SHA-256 in hex over the type and the identifying content.</summary>
    /// <param name="push">A push of a known type.</param>
    /// <param name="receivedAt">Tells apart events that carry no time of their own and may happen again on another day, such as a chat closed twice.</param>
    public static string Of(OzonPush push, DateTime receivedAt)
    {
        var day = receivedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        object?[] parts = push switch
        {
            PushNewMessage m => [m.ChatId, m.MessageId],
            PushUpdateMessage m => [m.ChatId, m.MessageId, m.UpdatedAt, .. m.Data],
            PushMessageRead m => [m.ChatId, m.LastReadMessageId, m.MessageId],
            PushChatClosed m => [m.ChatId, day],
            PushNewPosting p => [p.PostingNumber],
            PushPostingCancelled p => [p.PostingNumber, p.ChangedStateDate],
            PushStateChanged p => [p.PostingNumber, p.NewState, p.ChangedStateDate],
            PushCutoffDateChanged p => [p.PostingNumber, p.OldCutoffDate, p.NewCutoffDate, day],
            PushDeliveryDateChanged p => [p.PostingNumber, p.OldDeliveryDateBegin, p.NewDeliveryDateBegin, p.NewDeliveryDateEnd, day],
            _ => throw new ArgumentException($"{push.MessageType} has no key.", nameof(push)),
        };
        var text = new StringBuilder(push.MessageType);

        // Lengths before the parts, so that no two lists of parts read alike.
        foreach (var part in parts.Select(Text)) text.Append(CultureInfo.InvariantCulture, $"|{part.Length}:{part}");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Text(object? part) => part switch
    {
        null => "",
        DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(part, CultureInfo.InvariantCulture) ?? "",
    };
}
