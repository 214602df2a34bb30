namespace OzonSellerCenter.Orders;

/// <summary>How a posting stood before something was taken over: by comparison with it is known what has happened meanwhile.</summary>
/// <param name="IsKnown">Ozon had told of it before. What we hear of for the first time may have happened long ago.</param>
/// <param name="Reached">What had happened to it by then.</param>
/// <param name="Pieces">How many of each product it held.</param>
public sealed record ProactiveStand(bool IsKnown, string Status, IReadOnlySet<ProactiveEvent> Reached, IReadOnlyDictionary<long, int> Pieces)
{
    /// <summary>A posting that is being split has fewer pieces for a while; none is lost.</summary>
    private const string Splitting = "posting_split_pending";

    private static readonly string[] LastMile = ["posting_in_courier_service", LateParcel.InPickupPoint];

    public static ProactiveStand Of(Posting posting) =>
        new(posting.Status.Length > 0, posting.Status, ReachedBy(posting).ToHashSet(), posting.Items.GroupBy(i => i.Sku).ToDictionary(g => g.Key, g => g.Sum(i => i.Quantity)));

    /// <summary>What has happened to the posting since it stood like this, the first first. Told once more, or in another order, the same gives nothing.</summary>
    public IReadOnlyList<ProactiveEvent> Since(Posting posting)
    {
        if (!IsKnown) return [];
        var events = ReachedBy(posting).Where(e => !Reached.Contains(e)).ToList();
        if (TakenOut(posting).Count > 0) events.Add(ProactiveEvent.ItemsTakenOut);
        return events;
    }

    /// <summary>Products of which the posting holds fewer than it did. Only while it stays in one status before it is shipped: packing into several
    /// parcels, which changes the status, moves products to other postings.</summary>
    public IReadOnlyList<long> TakenOut(Posting posting) =>
        posting.Status == Status && PostingStatuses.ToShip.Contains(Status) && posting.Substatus != Splitting && posting.Items.Count > 0
            ? [.. Pieces.Where(p => posting.Items.Where(i => i.Sku == p.Key).Sum(i => i.Quantity) < p.Value).Select(p => p.Key)]
            : [];

    private static IEnumerable<ProactiveEvent> ReachedBy(Posting posting)
    {
        var isUnderWay = PostingStatuses.OnTheWay.Contains(posting.Status);
        if (isUnderWay && posting.TrackingNumber is not null) yield return ProactiveEvent.Shipped;
        if (isUnderWay && LastMile.Contains(posting.Substatus)) yield return ProactiveEvent.OutForDelivery;

        // Until Ozon tells when, it is not known for how long the seller may still write.
        if (PostingStatuses.Delivered.Contains(posting.Status) && posting.DeliveredAt is not null) yield return ProactiveEvent.Delivered;
    }
}
