namespace OzonSellerCenter.Disputes.List;

/// <summary>A case as the list shows it.</summary>
public sealed record DisputeRow
{
    public required long Id { get; init; }
    public required int StoreId { get; init; }
    public required DisputeKind Kind { get; init; }
    public required DisputeTopic Topic { get; init; }
    public required DisputeState State { get; init; }
    public required DisputeOutcome Outcome { get; init; }
    public required string PostingNumber { get; init; }

    /// <summary>Russian; empty when it is not known.</summary>
    public required string Product { get; init; }

    /// <summary>What is claimed, minor units of <see cref="Currency"/>.</summary>
    public required long ClaimAmount { get; init; }
    public required string Currency { get; init; }
    public required DateTime OpenedAt { get; init; }

    /// <summary>When the clock that ends next began.</summary>
    public DateTime? TurnAt { get; init; }

    /// <summary>When it ends; null while none runs.</summary>
    public DateTime? NextBy { get; init; }

    /// <summary>Kind of that clock (<c>Deadlines.DeadlineKind</c>).</summary>
    public int TurnKind { get; init; }

    /// <summary>Name of who looks after it; null while nobody does, empty for somebody who is gone.</summary>
    public string? Owner { get; init; }

    public string Number => Dispute.NumberOf(Id);
}

/// <summary>A place in the list, behind a row.</summary>
/// <param name="At">The instant by which the list is ordered; the id decides between equals.</param>
public sealed record DisputePlace(DateTime At, long Id);

/// <summary>A page of the list, and where the next begins; null when nothing follows.</summary>
public sealed record DisputeRows(IReadOnlyList<DisputeRow> Rows, DisputePlace? Next);

/// <summary>Open cases of each kind, for the tabs. Each stops at <see cref="Cap"/>.</summary>
public sealed record DisputeCounts(IReadOnlyDictionary<DisputeKind, int> Of)
{
    /// <summary>A count of this size means "this many or more".</summary>
    public const int Cap = 1000;

    public static DisputeCounts None { get; } = new(new Dictionary<DisputeKind, int>());

    public int All => Math.Min(Cap, Of.Values.Sum());
}

/// <summary>A store whose cases are listed.</summary>
public sealed record DisputeStore(int Id, string Name);
