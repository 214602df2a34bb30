namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>The printing of labels for some postings, asked for first and fetched later.</summary>
internal sealed class LabelTask
{
    /// <summary>Ozon's ids are of this size.</summary>
    public const long FirstId = 5_819_327_210_000;

    public long Id { get; init; }
    public long ClientId { get; init; }

    /// <summary>big_label or small_label.</summary>
    public required string Type { get; init; }
    public List<string> PostingNumbers { get; init; } = [];

    /// <summary>Part of the file's address, which asks for no key.</summary>
    public required string FileKey { get; init; }

    /// <summary>Somebody has asked for it once; the labels are never ready the first time.</summary>
    public bool WasAskedFor { get; set; }

    /// <summary>Printed, whatever could be printed.</summary>
    public DateTime? PrintedAt { get; set; }
    public List<UnprintedPosting> Unprinted { get; init; } = [];
}

/// <summary>A posting of the batch without a label, and why.</summary>
internal sealed class UnprintedPosting
{
    public required string PostingNumber { get; init; }
    public required string Message { get; init; }
}
