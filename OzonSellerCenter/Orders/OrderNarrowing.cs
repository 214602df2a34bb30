using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>What a filter leaves of the postings, part by part. Each store and each status word is asked by itself, so that the index alone gives
/// the order; the few answers are merged by <see cref="Compare"/>.</summary>
internal static class OrderNarrowing
{
    /// <summary>The parts of a list in which the filter may leave anything, in their order.</summary>
    public static IReadOnlyList<OrderPart> PartsOf(OrderFilter filter)
    {
        var isPeriod = filter.From is not null || filter.To is not null;
        return (filter.Sort, filter.Late) switch
        {
            // What is late is read off the indexes of its dates, and so it stands: who waits longest first.
            (_, true) => [OrderPart.ByShipment, OrderPart.LateUnderWay],
            (OrderSort.ShipBy, _) when isPeriod => [OrderPart.ByShipment, OrderPart.Dated],
            (OrderSort.ShipBy, _) => [OrderPart.ByShipment, OrderPart.Dated, OrderPart.Undated],
            _ when isPeriod => [OrderPart.Dated],
            _ => [OrderPart.Dated, OrderPart.Undated],
        };
    }

    /// <summary>The status words to be asked for one by one; a null means all at once.</summary>
    public static IEnumerable<string?> WordsOf(OrderPart part, OrderFilter filter)
    {
        var words = PostingStatuses.Of(filter.Tab);
        return part switch
        {
            OrderPart.ByShipment => words?.Intersect(PostingStatuses.ToShip) ?? PostingStatuses.ToShip,

            // Its index holds nothing else.
            OrderPart.LateUnderWay => filter.Tab is OrderTab.All or OrderTab.OnTheWay ? [null] : [],
            _ => (IEnumerable<string?>?)words ?? [null],
        };
    }

    /// <summary>All of a filter but its store, tab, text and what is late.</summary>
    /// <param name="zone">By whose clock days begin.</param>
    public static IQueryable<Posting> Narrow(this IQueryable<Posting> postings, OrderFilter filter, ShopTime zone)
    {
        if (filter.Scheme is { } scheme) postings = postings.Where(p => p.Scheme == scheme);
        if (filter.From is { } from)
        {
            var start = zone.Utc(from.ToDateTime(TimeOnly.MinValue));
            postings = postings.Where(p => p.InProcessAt >= start);
        }

        if (filter.To is { } to)
        {
            var end = zone.Utc(to.AddDays(1).ToDateTime(TimeOnly.MinValue));
            postings = postings.Where(p => p.InProcessAt < end);
        }

        if (filter.Min is { } min)
        {
            var minor = min * 100L;
            postings = postings.Where(p => p.Total >= minor);
        }

        if (filter.Max is { } max)
        {
            var minor = max * 100L;
            postings = postings.Where(p => p.Total <= minor);
        }

        if (filter.Refund) postings = postings.Where(p => p.WantsRefund);
        return filter.Warehouse is { } warehouse ? postings.Where(p => p.Warehouse == warehouse) : postings;
    }

    /// <summary>Those of a tab, and if so wished of them those that are late; for rows that are found otherwise than part by part.</summary>
    /// <param name="now">What had to be shipped or to arrive by then is late.</param>
    public static IQueryable<Posting> Within(this IQueryable<Posting> postings, OrderFilter filter, DateTime now)
    {
        var words = WordsOf(OrderPart.Found, filter).OfType<string>().ToList();
        if (words.Count > 0) postings = postings.Where(p => words.Contains(p.Status));
        var toShip = PostingStatuses.ToShip;
        return filter.Late ? postings.Where(p => (toShip.Contains(p.Status) && p.ShipBy < now) || p.LateAt <= now) : postings;
    }

    /// <summary>The postings of a part under one status word in its order, from behind a place on, if one is given.</summary>
    /// <param name="now">What had to be shipped or to arrive by then is late.</param>
    public static IQueryable<Posting> Page(this IQueryable<Posting> postings, OrderPart part, OrderFilter filter, string? word, OrderPlace? after, DateTime now)
    {
        if (word is not null) postings = postings.Where(p => p.Status == word);
        if (part == OrderPart.LateUnderWay)
        {
            postings = postings.Where(p => p.LateAt <= now);
            if (after is { At: var lateAt, Id: var key }) postings = postings.Where(p => p.LateAt >= lateAt && (p.LateAt > lateAt || p.Id > key));
            return postings.OrderBy(p => p.LateAt).ThenBy(p => p.Id);
        }

        if (part == OrderPart.ByShipment)
        {
            if (filter.Late) postings = postings.Where(p => p.ShipBy < now);

            // key >= at AND (key > at OR id > last): so written, an index on (key, id) is entered at the right place.
            postings = after is { At: var shipBy, Id: var id }
                ? postings.Where(p => p.ShipBy >= shipBy && (p.ShipBy > shipBy || p.Id > id))
                : postings.Where(p => p.ShipBy != null);
            return postings.OrderBy(p => p.ShipBy).ThenBy(p => p.Id);
        }

        if (filter.Sort == OrderSort.ShipBy) postings = BesidesShipment(postings, word);
        if (part == OrderPart.Undated)
        {
            postings = postings.Where(p => p.InProcessAt == null);
            if (after is { Id: var id }) postings = postings.Where(p => p.Id < id);
            return postings.OrderByDescending(p => p.Id);
        }

        // Said twice, "not null" would make SQLite take the range for a short one and begin with it.
        postings = after is { At: var at, Id: var last }
            ? postings.Where(p => p.InProcessAt <= at && (p.InProcessAt < at || p.Id < last))
            : postings.Where(p => p.InProcessAt != null);
        return postings.OrderByDescending(p => p.InProcessAt).ThenByDescending(p => p.Id);
    }

    /// <summary>Where a row stands in a part.</summary>
    public static OrderPlace PlaceOf(OrderPart part, OrderRow row) => new(part, part switch
    {
        OrderPart.ByShipment => row.ShipBy!.Value,
        OrderPart.LateUnderWay => row.Parcel.LateAt!.Value,
        OrderPart.Dated => row.InProcessAt!.Value,
        _ => default,
    }, row.Id);

    /// <summary>The order of a part; the same rule as the database's.</summary>
    public static int Compare(OrderPart part, OrderRow x, OrderRow y)
    {
        var (one, other) = (PlaceOf(part, x), PlaceOf(part, y));
        var byKey = one.At.CompareTo(other.At);
        var order = byKey != 0 ? byKey : one.Id.CompareTo(other.Id);
        return part is OrderPart.ByShipment or OrderPart.LateUnderWay ? order : -order;
    }

    // What stands in the part by shipment does not come again.
    private static IQueryable<Posting> BesidesShipment(IQueryable<Posting> postings, string? word)
    {
        if (word is not null) return PostingStatuses.ToShip.Contains(word) ? postings.Where(p => p.ShipBy == null) : postings;
        var toShip = PostingStatuses.ToShip;
        return postings.Where(p => p.ShipBy == null || !toShip.Contains(p.Status));
    }
}
