using System.Security.Cryptography;

namespace OzonSellerCenter.Data;

/// <summary>A file that was kept. The SHA-256, in lower-case hex, is the name it lies under; the size is in bytes.</summary>
/// <param name="Head">Its first bytes, at most <see cref="ContentFiles.Head"/>: they tell what it is.</param>
public sealed record KeptFile(string Sha256, long Size, ReadOnlyMemory<byte> Head);

/// <summary>Files in the data folder under <c>files/ab/abcd…</c>, each by the SHA-256 of its content: the same content is kept once, and nothing a
/// stranger chose is ever part of a path.</summary>
public sealed class ContentFiles(DataFolder folder)
{
    /// <summary>So many first bytes are told of a file that is kept.</summary>
    public const int Head = 16;

    private const int BufferSize = 64 * 1024;

    /// <summary>Streams a file in; nothing is kept when it is empty or longer than the limit.</summary>
    /// <returns>Null when it was empty or too long.</returns>
    public async Task<KeptFile?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.PathOf("files", "incoming"));
        var incoming = folder.PathOf("files", "incoming", Guid.NewGuid().ToString("N"));
        try
        {
            if (await ReceiveAsync(content, incoming, maxBytes, cancellation) is not { } kept) return null;
            var place = PathOf(kept.Sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place)) File.Move(incoming, place, overwrite: true);
            return kept;
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Takes over a file that already lies in the data folder and is on the disk for good; it is moved, not copied.</summary>
    /// <param name="sha256">Of its content.</param>
    /// <returns>False when the same content was there; the given file is left where it is then.</returns>
    public bool Adopt(string path, string sha256)
    {
        var place = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        if (File.Exists(place)) return false;
        File.Move(path, place, overwrite: true);
        return true;
    }

    /// <summary>Moves in a file that was written in the data folder.</summary>
    /// <param name="written">Where it lies; gone afterwards.</param>
    public async Task<KeptFile> TakeAsync(string written, CancellationToken cancellation)
    {
        KeptFile kept;
        await using (var file = new FileStream(written, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan))
        {
            var head = new byte[Math.Min(Head, file.Length)];
            await file.ReadExactlyAsync(head, cancellation);
            file.Position = 0;
            kept = new KeptFile(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)), file.Length, head);
        }

        if (!Adopt(written, kept.Sha256)) File.Delete(written);
        return kept;
    }

    /// <summary>Opens a file for reading; null when it is not on this machine.</summary>
    public Stream? Open(string sha256)
    {
        var place = PathOf(sha256);
        return File.Exists(place)
            ? new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }

    /// <summary>Absolute path of a file.</summary>
    public string PathOf(string sha256) => folder.PathOf("files", sha256[..2], sha256);

    private static async Task<KeptFile?> ReceiveAsync(Stream content, string place, long maxBytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[Head];
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

        return size == 0 ? null : new KeptFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size, head.AsMemory(0, (int)Math.Min(size, head.Length)));
    }
}
