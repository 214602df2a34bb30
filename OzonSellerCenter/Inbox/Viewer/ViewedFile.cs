namespace OzonSellerCenter.Inbox.Viewer;

/// <summary>A file of a conversation that can be looked at; its size in bytes, the time of its message.</summary>
public sealed record ViewedFile(long Id, string Name, bool IsImage, long? Size, DateTime SentAt)
{
    private static readonly string[] PdfNames = [".pdf"];
    private static readonly string[] TextNames = [".txt", ".csv", ".log", ".json", ".xml", ".md"];

    /// <summary>Whether a file is offered to be looked at. The name is a hint only: what is shown is decided by the bytes.</summary>
    public static bool IsOffered(string name, bool isImage) =>
        isImage || PdfNames.Concat(TextNames).Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}

/// <summary>What a file turned out to be.</summary>
public enum PreviewKind
{
    /// <summary>Nothing to be shown: it can only be saved.</summary>
    None,
    Picture,

    /// <summary>Shown by the browser's own PDF reader.</summary>
    Pdf,
    Text,
}

/// <summary>How a file is shown. <paramref name="IsCut"/>: the text goes on in the file.</summary>
public sealed record FilePreview(PreviewKind Kind, string Text = "", bool IsCut = false);
