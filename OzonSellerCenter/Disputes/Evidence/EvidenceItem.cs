using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>What a piece of evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A file somebody uploaded.</summary>
    File = 1,

    /// <summary>Frozen copies, made by one click.</summary>
    OrderRecord = 2,
    Transcript = 3,
    Tracking = 4,
    ListingText = 5,
    ListingPhoto = 6,

    /// <summary>A picture the buyer attached to his request or complaint.</summary>
    BuyerPhoto = 7,

    /// <summary>A picture of an inspection.</summary>
    InspectionPhoto = 8,
}

/// <summary>Whose it is.</summary>
public enum EvidenceSide
{
    Buyer = 1,
    Seller = 2,

    /// <summary>A frozen copy of the record.</summary>
    Record = 3,
}

/// <summary>What an uploaded file is meant to show; the checklist asks for it.</summary>
public enum EvidenceRole
{
    None = 0,
    PackingVideo = 1,
    DefectPhoto = 2,
    Certificate = 3,
    ProofOfHandOver = 4,
    ProofOfDelivery = 5,
    PriceProof = 6,
    Other = 7,
}

/// <summary>A piece of evidence in a case. The bytes lie under their SHA-256 and are never changed; the row is never deleted, only withdrawn with a
/// reason.</summary>
public sealed class EvidenceItem : IOwnedByStore, IVersioned
{
    public const int MaxName = 200;
    public const int MaxCaption = 500;

    public long Id { get; init; }
    public int StoreId { get; init; }
    public long DisputeId { get; init; }
    public EvidenceKind Kind { get; init; }
    public EvidenceSide Side { get; init; }
    public EvidenceRole Role { get; set; }

    /// <summary>Of the original bytes, lower-case hex; the name of the file in the data folder.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes of the original.</summary>
    public long Size { get; init; }

    /// <summary>By its content, never by its name.</summary>
    public required string ContentType { get; init; }

    /// <summary>As the person's computer named it, or what the copy is; without paths and control characters.</summary>
    public required string Name { get; init; }

    public string Caption { get; set; } = "";
    public DateTime AddedAt { get; init; }

    /// <summary>Key of the person; null when the program copied it.</summary>
    public string? AddedBy { get; init; }

    /// <summary>The instant of which it tells, such as when a frozen copy was read.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>SHA-256 of the copy for viewing, encoded anew without what cameras write into pictures; null when there is none.</summary>
    public string? ViewSha256 { get; set; }

    /// <summary>SHA-256 of the small copy for tiles; null when there is none.</summary>
    public string? ThumbSha256 { get; set; }

    /// <summary>Pages of a document, seconds of a video; 0 when not known.</summary>
    public int Extent { get; set; }

    public DateTime? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
    public string? WithdrawnWhy { get; set; }
    public long Version { get; set; }
}

/// <summary>A file on its way in. It is no evidence before its last byte is here and its content was looked at.</summary>
public sealed class EvidenceUpload : IOwnedByStore
{
    /// <summary>Random, 32 hex digits; also the name of the unfinished file in the data folder.</summary>
    public required string Id { get; init; }
    public int StoreId { get; init; }
    public long DisputeId { get; init; }

    /// <summary>Who uploads; nobody else can go on with it.</summary>
    public required string By { get; init; }
    public required string Name { get; init; }
    public EvidenceRole Role { get; init; }

    /// <summary>Bytes that are to come in all.</summary>
    public long Size { get; init; }
    public DateTime StartedAt { get; init; }

    /// <summary>The piece of evidence it became; null while it is not whole.</summary>
    public long? EvidenceId { get; set; }

    /// <summary>Why it was not taken; a resource key. Null while it was not looked at, or was taken.</summary>
    public string? Refusal { get; set; }
}
