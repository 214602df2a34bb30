namespace OzonSellerCenter.Data;

/// <summary>What a file is by its first bytes. Its name and the type a browser claims are never trusted.</summary>
public sealed record FileKind(string ContentType, bool IsImage, IReadOnlyList<string> Extensions)
{
    /// <summary>Anything that is not one of the known images: kept and passed on, but never shown in a page.</summary>
    public static FileKind Other { get; } = new("application/octet-stream", false, []);

    /// <summary>Bytes needed to tell.</summary>
    public const int Head = ContentFiles.Head;

    private static readonly FileKind Png = new("image/png", true, [".png"]);
    private static readonly FileKind Jpeg = new("image/jpeg", true, [".jpg", ".jpeg"]);
    private static readonly FileKind Gif = new("image/gif", true, [".gif"]);
    private static readonly FileKind WebP = new("image/webp", true, [".webp"]);

    /// <summary>Reads the kind off the first <see cref="Head"/> bytes of a file. SVG is no image here: it can hold scripts.</summary>
    public static FileKind Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP,
        _ => Other,
    };
}
