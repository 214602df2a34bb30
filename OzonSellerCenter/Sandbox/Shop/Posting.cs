namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A shipment: the unit of work of an order. FBO ones belong to Ozon's warehouse and are in no FBS list.</summary>
internal sealed class Posting
{
    public long Id { get; init; }
    public long ClientId { get; init; }
    public long OrderId { get; init; }
    public required string OrderNumber { get; init; }
    public required string PostingNumber { get; init; }

    /// <summary>The shipment this one was split off from.</summary>
    public string ParentPostingNumber { get; init; } = "";

    /// <summary>The return whose goods this shipment replaces: the buyer pays nothing for it.</summary>
    public long? ExchangeFor { get; init; }
    public long BuyerId { get; init; }

    /// <summary>FBS, RFBS or FBO.</summary>
    public required string Scheme { get; init; }

    /// <summary>Bought with the fast delivery: one to three days instead of three to seven.</summary>
    public bool IsExpress { get; init; }
    public required string Status { get; set; }
    public required string Substatus { get; set; }
    public string PreviousSubstatus { get; set; } = "";

    /// <summary>Paid and taken to work; the seller may write from here on.</summary>
    public DateTime InProcessAt { get; init; }
    public DateTime ShipBy { get; set; }

    /// <summary>Put together through the API; from then on the carrier, not chance, moves it.</summary>
    public DateTime? PackedAt { get; set; }

    /// <summary>When the carrier brings it one stop further; null while nobody of Ozon's carries it.</summary>
    public DateTime? NextStopAt { get; set; }
    public DateTime? HandedOverAt { get; set; }
    public DateTime? DeliveredAt { get; set; }
    public DateTime? CancelledAt { get; set; }
    public DateTime DeliveryFrom { get; set; }
    public DateTime DeliveryTo { get; set; }

    /// <summary>How often the seller has moved the delivery date.</summary>
    public int DateMoves { get; set; }
    public DateTime ChangedAt { get; set; }
    public required string TrackingNumber { get; set; }
    public required string Address { get; set; }

    /// <summary>When the seller changed the address; he may once, and before it is handed over.</summary>
    public DateTime? AddressChangedAt { get; private set; }

    /// <summary>The last <see cref="LabelTask"/> with the old address on its labels; these hold no longer.</summary>
    public long LastOldLabel { get; private set; }
    public string CancelReason { get; set; } = "";
    public int CancelReasonId { get; set; }

    /// <summary>client, seller, ozon or delivery, when cancelled.</summary>
    public string CancelledBy { get; set; } = "";
    public List<PostingItem> Items { get; init; } = [];

    /// <summary>Kopecks that were paid for pieces which were cancelled and are not among <see cref="Items"/> any more.</summary>
    public long CancelledGoods { get; private set; }

    /// <summary>Its way so far, oldest first. The orders of the first day have walked it before anybody kept it.</summary>
    public List<PostingStep> Steps { get; init; } = [];

    /// <summary>Kopecks that its goods cost, those included which were cancelled.</summary>
    public long Price => Items.Sum(i => i.Price * i.Quantity) + CancelledGoods;

    /// <summary>Kopecks that were paid for its goods: nothing for what comes instead of something.</summary>
    public long Paid => ExchangeFor is null ? Price : 0;

    public bool IsFbo => Scheme == "FBO";

    /// <summary>Waits for its shipment and was not handed over yet.</summary>
    public bool IsBeforeShipment => Status is "awaiting_packaging" or "awaiting_deliver" && HandedOverAt is null;

    public bool MayChangeAddress => IsBeforeShipment && AddressChangedAt is null;

    /// <summary>Handed over and not received yet.</summary>
    public bool IsOnItsWay => Status is "delivering" or "driver_pickup" or "sent_by_seller";

    /// <summary>The seller says that the buyer has it, the buyer has not confirmed it yet: nothing can be cancelled any more.</summary>
    public bool IsConditionallyDelivered => Substatus == "posting_conditionally_delivered";

    public void MoveTo(string status, string substatus, DateTime at)
    {
        (PreviousSubstatus, Status, Substatus, ChangedAt) = (Substatus, status, substatus, at);
        if (Steps.Count == 0 || Steps[^1].Substatus != substatus)
            Steps.Add(new PostingStep { Substatus = substatus, At = at });
    }

    /// <summary>The address is another from now on.</summary>
    public void Readdress(string address, long lastOldLabel, DateTime at) => (Address, LastOldLabel, AddressChangedAt) = (address, lastOldLabel, at);

    /// <summary>A shipment of its own with that many pieces of each SKU; this one keeps the rest.</summary>
    public Posting SplitOff(string number, IReadOnlyDictionary<long, int> pieces, DateTime at)
    {
        var part = new Posting
        {
            ClientId = ClientId,
            OrderId = OrderId,
            OrderNumber = OrderNumber,
            PostingNumber = number,
            ParentPostingNumber = PostingNumber,
            ExchangeFor = ExchangeFor,
            BuyerId = BuyerId,
            Scheme = Scheme,
            Status = Status,
            Substatus = Substatus,
            InProcessAt = InProcessAt,
            ShipBy = ShipBy,
            DeliveryFrom = DeliveryFrom,
            DeliveryTo = DeliveryTo,
            ChangedAt = at,
            TrackingNumber = "",
            Address = Address,
            AddressChangedAt = AddressChangedAt,
            LastOldLabel = LastOldLabel,
            IsExpress = IsExpress,
            Steps = [.. Steps.Select(s => new PostingStep { Substatus = s.Substatus, At = s.At })],
            Items = [.. Items.Where(i => pieces.ContainsKey(i.Sku)).Select(i => i.With(pieces[i.Sku]))],
        };
        Remove(pieces);
        return part;
    }

    /// <summary>The shipment of another piece for what came back of this one; still to be assembled.</summary>
    public Posting InsteadOf(string number, ReturnRequest request, DateTime at) => new()
    {
        ClientId = ClientId,
        OrderId = OrderId,
        OrderNumber = OrderNumber,
        PostingNumber = number,
        ParentPostingNumber = PostingNumber,
        ExchangeFor = request.Id,
        BuyerId = BuyerId,
        Scheme = Scheme,
        Status = "awaiting_packaging",
        Substatus = "posting_created",
        InProcessAt = at,
        ShipBy = at + ReturnRequest.ExchangeShippedWithin,
        DeliveryFrom = at + ReturnRequest.ExchangeShippedWithin,
        DeliveryTo = at + ReturnRequest.ExchangeDeliveredWithin,
        ChangedAt = at,
        TrackingNumber = "",
        Address = Address,
        Items = [.. Items.Where(i => i.Sku == request.Sku).Select(i => i.With(request.Quantity))],
    };

    /// <summary>Takes out pieces that will not be sent.</summary>
    public void CancelPieces(IReadOnlyDictionary<long, int> pieces)
    {
        CancelledGoods += Worth(pieces);
        Remove(pieces);
    }

    /// <summary>Kopecks that those pieces cost.</summary>
    public long Worth(IReadOnlyDictionary<long, int> pieces) => Items.Sum(i => i.Price * pieces.GetValueOrDefault(i.Sku));

    private void Remove(IReadOnlyDictionary<long, int> pieces)
    {
        foreach (var item in Items)
            item.Quantity -= pieces.GetValueOrDefault(item.Sku);
        Items.RemoveAll(i => i.Quantity == 0);
    }
}

/// <summary>A stop of a shipment on its way.</summary>
internal sealed class PostingStep
{
    public required string Substatus { get; init; }
    public DateTime At { get; init; }
}

/// <summary>One line of a shipment, with the price at the moment of buying.</summary>
internal sealed class PostingItem
{
    public long Sku { get; init; }
    public required string OfferId { get; init; }
    public required string Name { get; init; }
    public int Quantity { get; set; }

    /// <summary>Kopecks for one piece.</summary>
    public long Price { get; init; }
    public required string Colour { get; init; }

    public PostingItem With(int quantity) =>
        new() { Sku = Sku, OfferId = OfferId, Name = Name, Quantity = quantity, Price = Price, Colour = Colour };
}
