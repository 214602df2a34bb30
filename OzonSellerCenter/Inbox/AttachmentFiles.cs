using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A file on disk. The SHA-256, in lower-case hex, is the name it lies under; the size is in bytes.</summary>
public sealed record StoredFile(string Sha256, long Size, FileKind Kind);

/// <summary>Our copies of attachments: the same photo is kept once.</summary>
public sealed class AttachmentFiles(ContentFiles files)
{
    /// <summary>Streams a file in; nothing is kept when it is empty or longer than the limit.</summary>
    /// <returns>Null when it was empty or too long.</returns>
    public async Task<StoredFile?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellation) =>
        await files.SaveAsync(content, maxBytes, cancellation) is { } kept ? new StoredFile(kept.Sha256, kept.Size, FileKind.Of(kept.Head.Span)) : null;

    /// <summary>Opens a copy for reading; null when it is not on this machine.</summary>
    public Stream? Open(string sha256) => files.Open(sha256);

    /// <summary>Absolute path of a copy.</summary>
    public string PathOf(string sha256) => files.PathOf(sha256);
}
