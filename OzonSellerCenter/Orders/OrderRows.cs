namespace OzonSellerCenter.Orders;

/// <summary>A posting as the list shows it.</summary>
public sealed record OrderRow
{
    public required long Id { get; init; }
    public required int StoreId { get; init; }
    public required string PostingNumber { get; init; }
    public required string OrderNumber { get; init; }
    public required Scheme Scheme { get; init; }

    /// <summary>Ozon's status word.</summary>
    public required string Status { get; init; }

    /// <summary>When it was taken into work.</summary>
    public DateTime? InProcessAt { get; init; }

    public DateTime? ShipBy { get; init; }

    /// <summary>What tells whether it is late on its way.</summary>
    public ParcelDates Parcel { get; init; } = ParcelDates.None;

    public DateTime? DeliveringAt { get; init; }
    public DateTime? DeliveredAt { get; init; }
    public DateTime? CancelledAt { get; init; }
    public string? City { get; init; }
    public string? Warehouse { get; init; }
    public string? Carrier { get; init; }
    public string? TrackingNumber { get; init; }

    /// <summary>Sum of the items in minor units of <see cref="Currency"/>.</summary>
    public required long Total { get; init; }

    public required string Currency { get; init; }

    /// <summary>Name of its first product; null when it has none.</summary>
    public string? Product { get; init; }

    /// <summary>How many different products it holds.</summary>
    public int Products { get; init; }

    /// <summary>It is the shop's turn: its date of shipment still counts.</summary>
    public bool IsToShip => PostingStatuses.ToShip.Contains(Status);
}

/// <summary>A page of the list, and where the next begins; null when nothing follows. A page of search results may be short, or empty, and more
/// follow all the same.</summary>
/// <param name="TooShort">What is searched for has no fragment long enough to be found.</param>
public sealed record OrderRows(IReadOnlyList<OrderRow> Rows, OrderPlace? Next, bool TooShort = false);

/// <summary>Parts of a list that follow each other, each read off an index of its own.</summary>
public enum OrderPart
{
    /// <summary>What is to be shipped, soonest first.</summary>
    ByShipment,

    /// <summary>What is late on its way, longest first.</summary>
    LateUnderWay,

    /// <summary>What was taken into work, newest first.</summary>
    Dated,

    /// <summary>What Ozon has not dated, last written first.</summary>
    Undated,

    /// <summary>Results of a search.</summary>
    Found,
}

/// <summary>A place in the list, behind a row.</summary>
/// <param name="At">The instant by which the part is ordered; the id decides between equals.</param>
/// <param name="Id">Key of the row; of a result its key in the index.</param>
public sealed record OrderPlace(OrderPart Part, DateTime At, long Id);

/// <summary>Figures on the tabs. Each stops at <see cref="Cap"/>, so that it costs the same in a shop of any size.</summary>
public sealed record OrderCounts(IReadOnlyDictionary<OrderTab, int> Of)
{
    /// <summary>A count of this size means "this many or more".</summary>
    public const int Cap = 1000;

    public static OrderCounts None { get; } = new(new Dictionary<OrderTab, int>());
}

/// <summary>A store whose postings are listed, with the zone by which its days begin.</summary>
public sealed record OrderStore(int Id, string Name, string TimeZone);
