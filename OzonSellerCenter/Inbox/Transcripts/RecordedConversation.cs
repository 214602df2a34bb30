using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>A conversation as it is put on record, messages from the oldest. Nothing of who exports it or when: the same conversation gives
/// the same record, and so the same SHA-256, at any time and in every format.</summary>
/// <param name="TimeZone">IANA name of the store's zone; the times of the record are UTC.</param>
internal sealed record RecordedConversation(
    string Store, string TimeZone, long Id, string OzonChatId, string? PostingNumber, IReadOnlyList<RecordedMessage> Messages)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The record in its one written form (UTF-8); the SHA-256 is taken over these bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>A value as it stands in JSON beside the record.</summary>
    public static byte[] ToJson<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>An instant in the store's zone with its distance from UTC, such as <c>2026-11-24 15:00:00 +03:00</c>.</summary>
    public string Local(DateTime utc)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }
}

/// <summary>A message on record. <paramref name="SentBy"/> is the name of the colleague who sent it from here.</summary>
internal sealed record RecordedMessage(
    long Id, long? OzonMessageId, MessageAuthor Author, string? SentBy, DateTime SentAt, DateTime? EditedAt, DateTime? ReadAt, MessageState State,
    string Text, IReadOnlyList<FormerText> Edits, IReadOnlyList<RecordedFile> Files);

/// <summary>A file on record: its size in bytes where known, its SHA-256 in hex once our copy is here.</summary>
internal sealed record RecordedFile(string Name, long? Size, string? Sha256);

/// <summary>Who takes a conversation out, and when (UTC).</summary>
internal sealed record Export(DateTime At, string By);
