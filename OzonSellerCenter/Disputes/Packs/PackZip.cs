using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>The ZIP of a pack: the PDF, the originals, and the list with their hashes. Streamed piece by piece; each original is hashed once more on its
/// way in, so that a pack never holds anything but what was taken in.</summary>
public sealed class PackZip(ContentFiles files)
{
    private const int BufferSize = 128 * 1024;

    /// <param name="pdf">Where the finished PDF lies.</param>
    /// <param name="onPiece">Called after each piece; throws to stop.</param>
    /// <exception cref="PackFault">An original is not here, or is not what was taken in.</exception>
    internal async Task WriteAsync(PackContent content, string pdf, Stream file, Func<Task> onPiece, CancellationToken cancellation)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var pdfPath = $"{content.Dispute.Number}.pdf";
        await using var paper = File.OpenRead(pdf);
        var (pdfHash, pdfSize) = await AddAsync(zip, content, pdfPath, paper, CompressionLevel.Fastest, cancellation);
        foreach (var piece in content.Enclosed)
        {
            await using var original = files.Open(piece.Item.Sha256) ?? throw Fault("FileMissing", piece);
            var (hash, size) = await AddAsync(zip, content, piece.Path!, original, piece.IsText ? CompressionLevel.Fastest : CompressionLevel.NoCompression, cancellation);
            if (hash != piece.Item.Sha256 || size != piece.Item.Size) throw Fault("FileChanged", piece);
            await onPiece();
        }

        var manifest = PackManifest.Of(content, pdfPath, pdfHash, pdfSize);
        using var list = new MemoryStream(manifest.ToJson());
        var (listHash, _) = await AddAsync(zip, content, PackManifest.Name, list, CompressionLevel.Fastest, cancellation);
        var sums = manifest.Files.Select(f => (f.Sha256, f.Path)).Append((listHash, PackManifest.Name)).Aggregate(new StringBuilder(), (all, f) => all.Append(f.Item1).Append("  ").Append(f.Item2).Append('\n'));
        using var lines = new MemoryStream(Encoding.UTF8.GetBytes(sums.ToString()));
        await AddAsync(zip, content, PackManifest.Sums, lines, CompressionLevel.Fastest, cancellation);
    }

    private static PackFault Fault(string key, PackPiece piece) => new(string.Create(CultureInfo.InvariantCulture, $"{key}:{piece.Number}"));

    private static async Task<(string Hash, long Size)> AddAsync(ZipArchive zip, PackContent content, string path, Stream source, CompressionLevel level, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(path, level);

        // What zone the machine has shall not matter.
        entry.LastWriteTime = new DateTimeOffset(content.MadeAt, TimeSpan.Zero);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = await entry.OpenAsync(cancellation);
        var (buffer, size) = (new byte[BufferSize], 0L);
        for (int read; (read = await source.ReadAsync(buffer, cancellation)) > 0; size += read)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
