namespace OzonSellerCenter.Disputes.Evidence;

public enum EvidenceGroup
{
    Picture = 1,
    Document = 2,
    Video = 3,
}

/// <summary>A kind of file that is taken as evidence.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Extensions">The usual one first.</param>
public sealed record EvidenceType(string ContentType, string Name, EvidenceGroup Group, IReadOnlyList<string> Extensions)
{
    public static readonly EvidenceType Jpeg = new("image/jpeg", "JPEG", EvidenceGroup.Picture, [".jpg", ".jpeg"]);
    public static readonly EvidenceType Png = new("image/png", "PNG", EvidenceGroup.Picture, [".png"]);
    public static readonly EvidenceType WebP = new("image/webp", "WebP", EvidenceGroup.Picture, [".webp"]);
    public static readonly EvidenceType Heic = new("image/heic", "HEIC", EvidenceGroup.Picture, [".heic", ".heif"]);
    public static readonly EvidenceType Pdf = new("application/pdf", "PDF", EvidenceGroup.Document, [".pdf"]);
    public static readonly EvidenceType Mp4 = new("video/mp4", "MP4", EvidenceGroup.Video, [".mp4", ".m4v"]);
    public static readonly EvidenceType Mov = new("video/quicktime", "MOV", EvidenceGroup.Video, [".mov", ".qt"]);
    public static readonly EvidenceType WebM = new("video/webm", "WebM", EvidenceGroup.Video, [".webm"]);

    /// <summary>Everything that is taken.</summary>
    public static readonly IReadOnlyList<EvidenceType> All = [Jpeg, Png, WebP, Heic, Pdf, Mp4, Mov, WebM];

    /// <summary>Limit of its size, bytes.</summary>
    public long MaxSize => Group switch
    {
        EvidenceGroup.Picture => EvidenceLimits.MaxPicture,
        EvidenceGroup.Document => EvidenceLimits.MaxDocument,
        _ => EvidenceLimits.MaxVideo,
    };

    /// <summary>Our program can read and draw it; HEIC it cannot.</summary>
    public bool IsDrawn => Group == EvidenceGroup.Picture && this != Heic;

    /// <summary>The type of a kept piece; null for frozen copies of other kinds.</summary>
    public static EvidenceType? Of(string contentType) => All.FirstOrDefault(t => t.ContentType == contentType);
}
