using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox.Viewer;

/// <summary>Reads what the file viewer shows. A file of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class ViewerQueries(Databases databases, AttachmentFiles files)
{
    /// <summary>Files one can leaf through, the newest; a conversation has a handful.</summary>
    public const int MaxFiles = 1000;

    /// <summary>Bytes of a text that are shown.</summary>
    public const int MaxText = 100_000;

    /// <summary>Files of a conversation that can be looked at, in the order of the log.</summary>
    public async Task<IReadOnlyList<ViewedFile>> FilesAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var newest = await db.Attachments
            .Where(a => a.ConversationId == conversationId && a.DraftOf == null && a.Sha256 != null)
            .Join(db.Messages.Where(m => m.State != MessageState.TakenBack), a => a.MessageId, m => m.Id, (a, m) => new { a, m.SentAt })
            .OrderByDescending(f => f.SentAt).ThenByDescending(f => f.a.MessageId).ThenByDescending(f => f.a.Id)
            .Take(MaxFiles)
            .Select(f => new ViewedFile(f.a.Id, f.a.Name, f.a.IsImage, f.a.Size, f.SentAt))
            .ToListAsync(cancellation);
        return [.. newest.Where(f => ViewedFile.IsOffered(f.Name, f.IsImage)).Reverse()];
    }

    /// <summary>What a file is, read off its bytes, and its text if it is one.</summary>
    public async Task<FilePreview> PreviewAsync(CurrentUser user, ViewedFile file, CancellationToken cancellation)
    {
        await using var content = await OpenAsync(user, file.Id, cancellation);
        if (content is null) return new FilePreview(PreviewKind.None);
        var bytes = new byte[Math.Min(MaxText, content.Length)];
        await content.ReadExactlyAsync(bytes, cancellation);
        if (FileKind.Of(bytes.AsSpan(0, Math.Min(FileKind.Head, bytes.Length))).IsImage) return new FilePreview(PreviewKind.Picture);
        if (IsPdf(bytes)) return new FilePreview(PreviewKind.Pdf);
        return PlainText.Of(bytes) is { } text ? new FilePreview(PreviewKind.Text, text, content.Length > bytes.Length) : new FilePreview(PreviewKind.None);
    }

    /// <summary>Opens a file that is a PDF by its bytes; null for any other.</summary>
    public async Task<Stream?> OpenPdfAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        if (await OpenAsync(user, id, cancellation) is not { } content) return null;
        var head = new byte[FileKind.Head];
        await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        content.Position = 0;
        if (IsPdf(head)) return content;
        await content.DisposeAsync();
        return null;
    }

    private static bool IsPdf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("%PDF-"u8);

    private async Task<Stream?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var hash = await db.Attachments.Where(a => a.Id == id && a.DraftOf == null).Select(a => a.Sha256).SingleOrDefaultAsync(cancellation);
        return hash is null ? null : files.Open(hash);
    }
}
