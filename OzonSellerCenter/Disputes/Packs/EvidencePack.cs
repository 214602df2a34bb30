using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Packs;

public enum PackState
{
    Waiting = 1,
    Making = 2,
    Ready = 3,
    Failed = 4,
    Cancelled = 5,
}

/// <summary>A pack of a case that somebody asked for: a PDF to read, and a ZIP with the originals and a manifest of their hashes.</summary>
public sealed class EvidencePack : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long DisputeId { get; init; }
    public DateTime AskedAt { get; init; }
    public required string AskedBy { get; init; }

    /// <summary>Language of the words around the evidence: <c>ru</c>, <c>zh-Hans</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    public PackState State { get; set; } = PackState.Waiting;

    /// <summary>Pieces done, of so many.</summary>
    public int Done { get; set; }
    public int Total { get; set; }

    public string? PdfSha256 { get; set; }
    public string? ZipSha256 { get; set; }

    /// <summary>Bytes of both files.</summary>
    public long Size { get; set; }
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it failed; a resource key, with the number of the piece it failed at behind a colon.</summary>
    public string? Error { get; set; }
    public long Version { get; set; }

    public bool IsOver => State is PackState.Ready or PackState.Failed or PackState.Cancelled;

    /// <summary>Comes to its end without files.</summary>
    public void End(PackState state, DateTime now, string? error = null) => (State, EndedAt, Error) = (state, now, error);

    /// <summary>It is to be made again from the beginning.</summary>
    public void PutBack() => (State, Done, Total) = (PackState.Waiting, 0, 0);
}
