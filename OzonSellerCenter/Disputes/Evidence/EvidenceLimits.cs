namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>What may be uploaded to a case. The numbers are the house's own: Ozon publishes none for disputes.</summary>
public static class EvidenceLimits
{
    /// <summary>Bytes of a megabyte, as people are told it.</summary>
    public const long Megabyte = 1024 * 1024;

    /// <summary>A picture.</summary>
    public const long MaxPicture = 20 * Megabyte;

    /// <summary>A PDF.</summary>
    public const long MaxDocument = 50 * Megabyte;

    /// <summary>A video.</summary>
    public const long MaxVideo = 200 * Megabyte;

    /// <summary>Pages of a PDF.</summary>
    public const int MaxPages = 200;

    /// <summary>Width times height of a picture; read off its head, before anything is decoded.</summary>
    public const long MaxPixels = 50_000_000;

    /// <summary>Uploaded files of a case, withdrawn ones among them: they are kept.</summary>
    public const int MaxFiles = 200;

    /// <summary>Bytes of all uploaded files of a case.</summary>
    public const long MaxCase = 2048 * Megabyte;

    /// <summary>Bytes of one request of an upload.</summary>
    public const int MaxChunk = 8 * 1024 * 1024;

    /// <summary>An upload that was begun so long ago is given up.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(24);

    /// <summary>Longest side of a copy for viewing, in pixels.</summary>
    public const int ViewSide = 2000;

    /// <summary>Longest side of the small copy for tiles, in pixels.</summary>
    public const int ThumbSide = 320;

    /// <summary>A picture that decoders must hold whole (PNG, progressive JPEG, lossless WebP) has copies up to so many pixels: 40 MB of memory.
    /// A larger one is kept without.</summary>
    public const long MaxHeldPixels = 10_000_000;
}
