using System.Security.Cryptography;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A file on disk. The SHA-256, in lower-case hex, is the name it lies under; the size is in bytes.</summary>
public sealed record StoredFile(string Sha256, long Size, FileKind Kind);

/// <summary>Our copies of attachments, in the data folder under <c>files/ab/abcd…</c>, each by the SHA-256 of its content: the same photo
/// is kept once, and nothing a stranger chose is ever part of a path.</summary>
public sealed class AttachmentFiles(DataFolder folder)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Streams a file in; nothing is kept when it is empty or longer than the limit.</summary>
    /// <returns>Null when it was empty or too long.</returns>
    public async Task<StoredFile?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.PathOf("files", "incoming"));
        var incoming = folder.PathOf("files", "incoming", Guid.NewGuid().ToString("N"));
        try
        {
            if (await ReceiveAsync(content, incoming, maxBytes, cancellation) is not { } stored) return null;
            var place = PathOf(stored.Sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place)) File.Move(incoming, place, overwrite: true);
            return stored;
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Opens a copy for reading; null when it is not on this machine.</summary>
    public Stream? Open(string sha256)
    {
        var place = PathOf(sha256);
        return File.Exists(place)
            ? new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }

    /// <summary>Absolute path of a copy.</summary>
    public string PathOf(string sha256) => folder.PathOf("files", sha256[..2], sha256);

    private static async Task<StoredFile?> ReceiveAsync(Stream content, string place, long maxBytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[FileKind.Head];
        var size = 0L;
        var buffer = new byte[BufferSize];
        await using (var file = new FileStream(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous))
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0; size += read)
            {
                if (size + read > maxBytes) return null;
                if (size < head.Length) buffer.AsSpan(0, (int)Math.Min(read, head.Length - size)).CopyTo(head.AsSpan((int)size));
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            // On the disk before any row speaks of it.
            file.Flush(flushToDisk: true);
        }

        return size == 0
            ? null
            : new StoredFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size, FileKind.Of(head.AsSpan(0, (int)Math.Min(size, head.Length))));
    }
}
