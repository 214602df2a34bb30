using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>A file to download.</summary>
public sealed record Download(string Name, string ContentType, byte[] Content);

/// <summary>Writes down a whole conversation for supervision or a dispute: every message with its times, edits with the former text, files
/// with their hashes, and the SHA-256 of the record, so that a later change can be told. Each form is null when there is no such conversation
/// for this person.</summary>
public sealed class Transcript(Databases databases, TranscriptPdf pdf, TimeProvider clock)
{
    /// <summary>Messages a PDF goes to; what is longer would hold the server's memory for minutes. The other forms have no end.</summary>
    public const int MaxPdfMessages = 20_000;

    /// <summary>Plain text in the shop's zone. Its last line is the SHA-256 of all bytes (UTF-8) above that line.</summary>
    public async Task<Download?> TextAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        if (await RecordAsync(user, conversationId, cancellation) is not { } record) return null;
        var export = By(user);
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Store: {record.Store}\nOzon chat: {record.OzonChatId}\nPosting: {record.PostingNumber ?? "-"}\n")
            .Append(CultureInfo.InvariantCulture, $"Times: {record.TimeZone}\nExported: {record.Local(export.At)}, {export.By}\nMessages: {record.Messages.Count}\n")
            .Append(CultureInfo.InvariantCulture, $"SHA-256 of the record (as in JSON and PDF): {RecordedConversation.HashOf(record.ToJson())}\n");
        foreach (var message in record.Messages) Append(message);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new Download(
            NameOf(record, export, "txt"), "text/plain; charset=utf-8", [.. bytes, .. Encoding.UTF8.GetBytes($"\nSHA-256: {RecordedConversation.HashOf(bytes)}\n")]);

        void Append(RecordedMessage message)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{record.Local(message.SentAt)}] {message.Author}");
            if (message.SentBy is not null) text.Append(CultureInfo.InvariantCulture, $" ({message.SentBy})");
            if (message.State is not (MessageState.Received or MessageState.Sent)) text.Append(CultureInfo.InvariantCulture, $" [{message.State}]");
            if (message.ReadAt is { } read) text.Append(CultureInfo.InvariantCulture, $" [read {record.Local(read)}]");
            text.Append('\n');
            foreach (var edit in message.Edits) text.Append(CultureInfo.InvariantCulture, $"  until {record.Local(edit.ReplacedAt)}: {Indented(edit.Text)}\n");
            if (message.Text.Length > 0) text.Append(CultureInfo.InvariantCulture, $"  {Indented(message.Text)}\n");
            foreach (var file in message.Files) text.Append(CultureInfo.InvariantCulture, $"  file: {file.Name}, {file.Size} bytes, SHA-256 {file.Sha256 ?? "-"}\n");
        }
    }

    /// <summary>The record itself: <c>{"transcript":…,"sha256":"…","exported":{"at":"…","by":"…"}}</c>, the hash over the UTF-8 bytes of the value
    /// of <c>transcript</c> as they stand there.</summary>
    public async Task<Download?> JsonAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        if (await RecordAsync(user, conversationId, cancellation) is not { } record) return null;
        var (inner, export) = (record.ToJson(), By(user));
        var tail = $",\"sha256\":\"{RecordedConversation.HashOf(inner)}\",\"exported\":";
        return new Download(
            NameOf(record, export, "json"), "application/json; charset=utf-8",
            [.. "{\"transcript\":"u8, .. inner, .. Encoding.UTF8.GetBytes(tail), .. RecordedConversation.ToJson(export), .. "}\n"u8]);
    }

    /// <summary>On paper, in the language of the person who exports. The record is enclosed as a file, its hash is the one in JSON.</summary>
    public async Task<Download?> PdfAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        if (await RecordAsync(user, conversationId, cancellation) is not { } record) return null;
        var export = By(user);
        return new Download(NameOf(record, export, "pdf"), "application/pdf", await pdf.DrawAsync(record, export, cancellation));
    }

    /// <summary>Whether there are more messages than <see cref="MaxPdfMessages"/>.</summary>
    public async Task<bool> IsTooLongForPdfAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Messages.Where(m => m.ConversationId == conversationId).Take(MaxPdfMessages + 1).CountAsync(cancellation) > MaxPdfMessages;
    }

    /// <summary>The record by itself; that it was taken out is written down.</summary>
    internal async Task<RecordedConversation?> RecordAsync(CurrentUser user, long id, CancellationToken cancellation)
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
        return new RecordedConversation(head.Name, head.TimeZone, id, head.OzonChatId, head.PostingNumber, messages);
    }

    private Export By(CurrentUser user) => new(clock.GetUtcNow().UtcDateTime, user.Name);

    // Lines of a message cannot pass for lines of the transcript.
    private static string Indented(string text) => text.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);

    private static string NameOf(RecordedConversation record, Export export, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"conversation-{record.Id}-{export.At:yyyyMMdd-HHmmss}.{extension}");
}
