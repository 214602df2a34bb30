using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Returns.List;

/// <summary>What is under way with a request.</summary>
public enum ReturnUnderWay
{
    Nothing,
    Decision,
    Refund,
}

/// <summary>A buyer's request as the list shows it: to return, or to cancel.</summary>
public sealed record ReturnRow
{
    /// <summary>Of a wish to cancel the negative of ours, so that each row has its own.</summary>
    public required long Id { get; init; }

    public required int StoreId { get; init; }
    public required string Number { get; init; }
    public required string PostingNumber { get; init; }
    public required Scheme Scheme { get; init; }

    /// <summary>Russian; empty when it is not known.</summary>
    public required string Product { get; init; }

    public int Quantity { get; init; } = 1;

    /// <summary>Key of what is known of the product, when its picture is here.</summary>
    public long? PictureId { get; init; }

    /// <summary>Of all pieces, in minor units of <see cref="Currency"/>.</summary>
    public required long Sum { get; init; }

    public required string Currency { get; init; }

    /// <summary>Russian, as Ozon words it.</summary>
    public required string Reason { get; init; }

    public bool IsDefect { get; init; }

    /// <summary>What the buyer wrote.</summary>
    public string Comment { get; init; } = "";

    public ReturnStage Stage { get; init; } = ReturnStage.New;

    /// <summary>Ozon's words for where it stands; empty for a wish to cancel.</summary>
    public string StateName { get; init; } = "";

    public required DateTime AskedAt { get; init; }

    /// <summary>Since when the clock runs.</summary>
    public required DateTime TurnAt { get; init; }

    /// <summary>When silence decides.</summary>
    public DateTime? DecideBy { get; init; }

    /// <summary>What silence leads to.</summary>
    public IfNobodyActs Silence { get; init; }

    public int Offers { get; init; }
    public ReturnUnderWay UnderWay { get; init; }

    /// <summary>Ozon offers to say that the goods have arrived.</summary>
    public bool CanBeReceived { get; init; }

    public bool IsCancellation => Id < 0;
}

/// <summary>A place in the list, behind a row.</summary>
/// <param name="At">The instant by which the list is ordered; the id decides between equals.</param>
public sealed record ReturnPlace(DateTime At, long Id);

/// <summary>A page of the list, and where the next begins; null when nothing follows.</summary>
public sealed record ReturnRows(IReadOnlyList<ReturnRow> Rows, ReturnPlace? Next);

/// <summary>Figures on the tabs. Each stops at <see cref="Cap"/>, so that it costs the same in a shop of any size.</summary>
public sealed record ReturnCounts(IReadOnlyDictionary<ReturnTab, int> Of)
{
    /// <summary>A count of this size means "this many or more".</summary>
    public const int Cap = 1000;

    public static ReturnCounts None { get; } = new(new Dictionary<ReturnTab, int>());
}

/// <summary>A store whose requests are listed, with the zone by which its days begin.</summary>
public sealed record ReturnStore(int Id, string Name, string TimeZone);
