using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>Why a file is not taken: keys of <see cref="EvidenceTexts"/>. What they say beside it follows from the key.</summary>
public static class EvidenceRefusals
{
    public const string Empty = "Refused_Empty";
    public const string Damaged = "Refused_Damaged";

    /// <summary>Something stands behind the end of it, such as an archive or a page.</summary>
    public const string Trailing = "Refused_Trailing";

    /// <summary>Other files are hidden in it.</summary>
    public const string Hidden = "Refused_Hidden";
    public const string Pixels = "Refused_Pixels";
    public const string Virus = "Refused_Virus";
    public const string PictureTooLarge = "Refused_PictureTooLarge";
    public const string DocumentTooLarge = "Refused_DocumentTooLarge";
    public const string VideoTooLarge = "Refused_VideoTooLarge";
    public const string PdfScript = "Refused_PdfScript";
    public const string PdfLaunch = "Refused_PdfLaunch";
    public const string PdfFiles = "Refused_PdfFiles";
    public const string PdfLocked = "Refused_PdfLocked";
    public const string PdfPages = "Refused_PdfPages";

    /// <summary>Other formats, as they are recognised.</summary>
    public const string Unknown = "Refused_Unknown";
    public const string Svg = "Refused_Svg";
    public const string Page = "Refused_Page";
    public const string Archive = "Refused_Archive";
    public const string Program = "Refused_Program";
    public const string OtherPicture = "Refused_OtherPicture";

    public const string TooManyFiles = "TooManyFiles";
    public const string CaseFull = "CaseFull";

    /// <summary>The case has the same file already; the text names it.</summary>
    public const string Duplicate = "EvidenceDuplicate";

    /// <summary>The refusal with the numbers its text names.</summary>
    /// <param name="name">Of the file.</param>
    public static Reason Of(string key, string name = "") => key switch
    {
        Duplicate => new Reason(key, name),
        Pixels => new Reason(key, EvidenceLimits.MaxPixels / 1_000_000),
        PictureTooLarge => new Reason(key, EvidenceLimits.MaxPicture / EvidenceLimits.Megabyte),
        DocumentTooLarge => new Reason(key, EvidenceLimits.MaxDocument / EvidenceLimits.Megabyte),
        VideoTooLarge => new Reason(key, EvidenceLimits.MaxVideo / EvidenceLimits.Megabyte),
        PdfPages => new Reason(key, EvidenceLimits.MaxPages),
        TooManyFiles => new Reason(key, EvidenceLimits.MaxFiles),
        CaseFull => new Reason(key, EvidenceLimits.MaxCase / EvidenceLimits.Megabyte / 1024),
        _ => new Reason(key),
    };
}
