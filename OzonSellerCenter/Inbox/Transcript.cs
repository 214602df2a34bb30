using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A file to download.</summary>
public sealed record Download(string Name, string ContentType, byte[] Content);

/// <summary>Writes down a whole conversation for supervision or a dispute: every message with its times, edits with the former text, files
/// with their hashes, and a SHA-256 over it all, so that a later change can be told.</summary>
public sealed class Transcript(Databases databases, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Plain text in the shop's zone. Its last line is the SHA-256 of all bytes (UTF-8) above that line. Null when there is no such
    /// conversation for this person.</summary>
    public async Task<Download?> TextAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        if (await ReadAsync(user, conversationId, cancellation) is not { } record) return null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(record.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Store: {record.Store}\nOzon chat: {record.OzonChatId}\nPosting: {record.PostingNumber ?? "-"}\n")
            .Append(CultureInfo.InvariantCulture, $"Times: {record.TimeZone}\nExported: {Local(record.ExportedAt)}\nMessages: {record.Messages.Count}\n");
        foreach (var message in record.Messages) Append(message);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new Download(NameOf(record, "txt"), "text/plain; charset=utf-8", [.. bytes, .. Encoding.UTF8.GetBytes($"\nSHA-256: {HashOf(bytes)}\n")]);

        string Local(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

        void Append(RecordedMessage message)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{Local(message.SentAt)}] {message.Author}");
            if (message.SentBy is not null) text.Append(CultureInfo.InvariantCulture, $" ({message.SentBy})");
            if (message.State is not (MessageState.Received or MessageState.Sent)) text.Append(CultureInfo.InvariantCulture, $" [{message.State}]");
            if (message.ReadAt is { } read) text.Append(CultureInfo.InvariantCulture, $" [read {Local(read)}]");
            text.Append('\n');
            foreach (var edit in message.Edits) text.Append(CultureInfo.InvariantCulture, $"  until {Local(edit.ReplacedAt)}: {Indented(edit.Text)}\n");
            if (message.Text.Length > 0) text.Append(CultureInfo.InvariantCulture, $"  {Indented(message.Text)}\n");
            foreach (var file in message.Files) text.Append(CultureInfo.InvariantCulture, $"  file: {file.Name}, {file.Size} bytes, SHA-256 {file.Sha256 ?? "-"}\n");
        }
    }

    /// <summary>The same as JSON: <c>{"transcript":…,"sha256":"…"}</c>, the hash over the UTF-8 bytes of the value of <c>transcript</c> as they
    /// stand there. Null as above.</summary>
    public async Task<Download?> JsonAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        if (await ReadAsync(user, conversationId, cancellation) is not { } record) return null;
        var inner = JsonSerializer.SerializeToUtf8Bytes(record, Json);
        return new Download(
            NameOf(record, "json"), "application/json; charset=utf-8", [.. "{\"transcript\":"u8, .. inner, .. Encoding.UTF8.GetBytes($",\"sha256\":\"{HashOf(inner)}\"}}\n")]);
    }

    private async Task<RecordedConversation?> ReadAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var head = await db.Conversations.Where(c => c.Id == id)
            .Join(db.Stores, c => c.StoreId, s => s.Id, (c, s) => new { s.Name, s.TimeZone, c.OzonChatId, c.PostingNumber, c.StoreId })
            .SingleOrDefaultAsync(cancellation);
        if (head is null) return null;
        var (users, revisions) = (db.Users, db.MessageRevisions);
        var messages = await db.Messages.AsSingleQuery()
            .Where(m => m.ConversationId == id)
            .OrderBy(m => m.SentAt).ThenBy(m => m.Id)
            .Select(m => new RecordedMessage(
                m.Id,
                m.OzonMessageId,
                m.Author,
                users.Where(u => u.Id == m.SentBy).Select(u => u.DisplayName).FirstOrDefault(),
                m.SentAt,
                m.EditedAt,
                m.ReadAt,
                m.State,
                m.Text,
                revisions.Where(r => r.MessageId == m.Id).OrderBy(r => r.Id).Select(r => new FormerText(r.Text, r.ReplacedAt)).ToList(),
                m.Attachments.OrderBy(a => a.Id).Select(a => new RecordedFile(a.Name, a.Size, a.Sha256)).ToList()))
            .ToListAsync(cancellation);
        db.Audit(head.StoreId, "conversation.export", InboxActions.SubjectOf(id));
        await db.CommitAsync(cancellation);
        return new RecordedConversation(head.Name, head.TimeZone, id, head.OzonChatId, head.PostingNumber, clock.GetUtcNow().UtcDateTime, messages);
    }

    // Lines of a message cannot pass for lines of the transcript.
    private static string Indented(string text) => text.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string NameOf(RecordedConversation record, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"conversation-{record.Id}-{record.ExportedAt:yyyyMMdd-HHmmss}.{extension}");

    private sealed record RecordedConversation(
        string Store, string TimeZone, long Id, string OzonChatId, string? PostingNumber, DateTime ExportedAt, IReadOnlyList<RecordedMessage> Messages);

    private sealed record RecordedMessage(
        long Id, long? OzonMessageId, MessageAuthor Author, string? SentBy, DateTime SentAt, DateTime? EditedAt, DateTime? ReadAt, MessageState State,
        string Text, IReadOnlyList<FormerText> Edits, IReadOnlyList<RecordedFile> Files);

    private sealed record RecordedFile(string Name, long? Size, string? Sha256);
}
