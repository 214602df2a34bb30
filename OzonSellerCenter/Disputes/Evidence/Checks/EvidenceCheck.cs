using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>A file that may be evidence.</summary>
/// <param name="Type">By its content, never by its name.</param>
/// <param name="Extent">Pages of a document, seconds of a video.</param>
/// <param name="IsHeldWhole">A picture of which decoders keep all in memory at once.</param>
public sealed record CheckedFile(EvidenceType Type, string Sha256, long Size, long Width, long Height, int Extent, bool IsHeldWhole);

/// <summary>Looks at what somebody uploaded before it counts as evidence (research: OWASP File Upload). Nothing is decoded or run: heads and
/// structure are read in small pieces, whatever the file says of its own size.</summary>
public static class EvidenceCheck
{
    private const int HeadSize = 1024;
    private const int BufferSize = 128 * 1024;

    // Part of the test sign of virus scanners (EICAR), which no honest file has; a part, so that no scanner finds it in this program.
    private static readonly byte[] TestVirus = "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"u8.ToArray();

    /// <returns>The file, or why it is not taken.</returns>
    public static async Task<(CheckedFile? File, Reason? Refusal)> LookAsync(Stream content, CancellationToken cancellation)
    {
        try
        {
            if (content.Length == 0) throw new NotTakenException(EvidenceRefusals.Empty);
            content.Position = 0;
            var sha256 = await HashAsync(content, cancellation);
            return (Look(content, sha256), null);
        }
        catch (NotTakenException reason)
        {
            return (null, EvidenceRefusals.Of(reason.Key));
        }
        catch (EndOfStreamException)
        {
            // It says that it holds more than it does: its end is missing.
            return (null, EvidenceRefusals.Of(EvidenceRefusals.Damaged));
        }
    }

    private static async Task<string> HashAsync(Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // The end of each piece is looked at again with the next: the sign may lie across.
            for (int kept = 0, read; (read = await content.ReadAsync(buffer.AsMemory(kept), cancellation)) > 0;)
            {
                hash.AppendData(buffer, kept, read);
                var there = buffer.AsSpan(0, kept + read);
                if (there.IndexOf(TestVirus) >= 0) throw new NotTakenException(EvidenceRefusals.Virus);
                kept = Math.Min(TestVirus.Length - 1, there.Length);
                there[^kept..].CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static CheckedFile Look(Stream content, string sha256)
    {
        content.Position = 0;
        var head = new byte[HeadSize];
        var type = TypeOf(head.AsSpan(0, content.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false)));
        if (content.Length > type.MaxSize) throw new NotTakenException(TooLarge(type));
        CheckEnd(content);
        content.Position = 0;
        var file = new FileBytes(content);
        var (shape, extent) = type.ContentType switch
        {
            "image/jpeg" => (JpegShape.Read(file), 0),
            "image/png" => (PngShape.Read(file), 0),
            "image/webp" => (WebPShape.Read(file), 0),
            "image/heic" => (BoxShape.Picture(file), 0),
            "application/pdf" => (default(PictureShape), PdfScan.Read(content)),
            "video/webm" => (default, WebMShape.Read(file)),
            _ => (default, BoxShape.Film(file, 0)),
        };
        if (shape.Width > EvidenceLimits.MaxPixels || shape.Height > EvidenceLimits.MaxPixels || shape.Width * shape.Height > EvidenceLimits.MaxPixels)
            throw new NotTakenException(EvidenceRefusals.Pixels);
        return new CheckedFile(type, sha256, content.Length, shape.Width, shape.Height, extent, shape.IsHeldWhole);
    }

    private static string TooLarge(EvidenceType type) => type.Group switch
    {
        EvidenceGroup.Picture => EvidenceRefusals.PictureTooLarge,
        EvidenceGroup.Document => EvidenceRefusals.DocumentTooLarge,
        _ => EvidenceRefusals.VideoTooLarge,
    };

    /// <summary>An archive is read from its end, so it can hang on anything: its last record says how long a comment follows, up to the exact end
    /// (PKWARE APPNOTE, 4.3.16).</summary>
    private static void CheckEnd(Stream content)
    {
        const int record = 22;
        content.Position = Math.Max(0, content.Length - record - ushort.MaxValue);
        var tail = new byte[content.Length - content.Position];
        content.ReadExactly(tail);
        for (var at = tail.Length - record; at >= 0; at--)
        {
            if (tail.AsSpan(at, 4).SequenceEqual("PK\u0005\u0006"u8) && BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20)) == tail.Length - at - record)
                throw new NotTakenException(EvidenceRefusals.Hidden);
        }
    }

    private static EvidenceType TypeOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => EvidenceType.Jpeg,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => EvidenceType.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => EvidenceType.WebP,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => EvidenceType.WebM,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => OfBrands(head),
        [(byte)'P', (byte)'K', 3 or 5 or 7, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..]
            or [0x1F, 0x8B, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xFD, (byte)'7', (byte)'z', ..] => throw new NotTakenException(EvidenceRefusals.Archive),
        [(byte)'M', (byte)'Z', ..] or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] or [(byte)'#', (byte)'!', ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..]
            or [0xCF, 0xFA, 0xED, 0xFE, ..] => throw new NotTakenException(EvidenceRefusals.Program),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] or [(byte)'I', (byte)'I', 0x2A, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A, ..]
            or [(byte)'B', (byte)'M', ..] or [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => throw new NotTakenException(EvidenceRefusals.OtherPicture),
        _ => OfText(head),
    };

    // An AVIF may call itself a picture in boxes first, and itself among those it is like.
    private static EvidenceType OfBrands(ReadOnlySpan<byte> head)
    {
        var end = Math.Min(head.Length, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), HeadSize));
        var brands = new List<string>();
        for (var at = 8; at + 4 <= end; at += 4)
        {
            // The second field is the version of the first.
            if (at != 12) brands.Add(Encoding.Latin1.GetString(head.Slice(at, 4)));
        }

        if (brands.Any(b => b is "avif" or "avis")) throw new NotTakenException(EvidenceRefusals.OtherPicture);
        return brands.FirstOrDefault() switch
        {
            "heic" or "heix" or "heim" or "heis" => EvidenceType.Heic,
            "mif1" or "msf1" when brands.Any(b => b is "heic" or "heix") => EvidenceType.Heic,
            "qt  " => EvidenceType.Mov,
            "isom" or "iso2" or "iso3" or "iso4" or "iso5" or "iso6" or "mp41" or "mp42" or "avc1" or "M4V " or "M4VH" or "dash" or "MSNV" or "3gp4" or "3gp5" or "3gp6" => EvidenceType.Mp4,
            _ => throw new NotTakenException(EvidenceRefusals.Unknown),
        };
    }

    private static EvidenceType OfText(ReadOnlySpan<byte> head)
    {
        var start = head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head;
        var text = Encoding.Latin1.GetString(start).TrimStart().ToLowerInvariant();
        if (text.StartsWith("%pdf-", StringComparison.Ordinal)) return EvidenceType.Pdf;

        // In UTF-16 every second byte is nothing.
        text = text.Replace("\0", "", StringComparison.Ordinal).TrimStart('\u00FF', '\u00FE').TrimStart();
        if (text.Contains("<svg", StringComparison.Ordinal)) throw new NotTakenException(EvidenceRefusals.Svg);
        var isPage = text.StartsWith('<') || text.Contains("<html", StringComparison.Ordinal) || text.Contains("<script", StringComparison.Ordinal);
        throw new NotTakenException(isPage ? EvidenceRefusals.Page : EvidenceRefusals.Unknown);
    }
}
