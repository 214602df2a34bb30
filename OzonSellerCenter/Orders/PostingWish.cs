using System.Text.Json.Serialization;

namespace OzonSellerCenter.Orders;

/// <summary>What is to be done with a posting at Ozon. Kept as JSON in <see cref="PostingDeed.Wish"/>: names of kinds and members stay as they are.</summary>
[JsonDerivedType(typeof(PackWish), "pack")]
[JsonDerivedType(typeof(TrackingWish), "tracking")]
[JsonDerivedType(typeof(HandOverWish), "handOver")]
[JsonDerivedType(typeof(LastMileWish), "lastMile")]
[JsonDerivedType(typeof(DeliveredWish), "delivered")]
[JsonDerivedType(typeof(ShipDateWish), "shipDate")]
[JsonDerivedType(typeof(DeliveryDateWish), "deliveryDate")]
[JsonDerivedType(typeof(CancelWish), "cancel")]
[JsonDerivedType(typeof(CancelItemsWish), "cancelItems")]
[JsonDerivedType(typeof(BackToShipmentWish), "backToShipment")]
[JsonDerivedType(typeof(ApproveCancellationWish), "approveCancellation")]
[JsonDerivedType(typeof(RejectCancellationWish), "rejectCancellation")]
[JsonDerivedType(typeof(AddressWish), "address")]
[JsonDerivedType(typeof(RefundWish), "refund")]
[JsonDerivedType(typeof(ArbitrationWish), "arbitration")]
public abstract record PostingWish
{
    /// <summary>Words of Ozon's <c>available_actions</c>, one of which must stand there; empty when the list says nothing about it.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> AllowedBy { get; }
}

/// <summary>So many pieces of a product.</summary>
public sealed record Pieces(long Sku, int Quantity);

/// <summary>Put together, each package a posting of its own (<c>/v4/posting/fbs/ship</c>).</summary>
public sealed record PackWish(IReadOnlyList<IReadOnlyList<Pieces>> Packages) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["ship", "ship_async", "ship_async_retry"];
}

/// <summary>The carrier's number (<c>/v2/fbs/posting/tracking-number/set</c>).</summary>
public sealed record TrackingWish(string Number) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["set_track_number"];
}

/// <summary>Handed over to the shop's own or another delivery (<c>/v2/fbs/posting/delivering</c>).</summary>
public sealed record HandOverWish : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["non_int_delivering"];
}

/// <summary>The courier is on his way (<c>/v2/fbs/posting/last-mile</c>).</summary>
public sealed record LastMileWish : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["non_int_last_mile"];
}

/// <summary>The buyer has it (<c>/v2/fbs/posting/delivered</c>); conditional until he confirms.</summary>
public sealed record DeliveredWish : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["non_int_delivered"];
}

/// <summary>Another day of shipment (<c>/v1/posting/cutoff/set</c>), UTC.</summary>
public sealed record ShipDateWish(DateTime To) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["set_cutoff"];
}

/// <summary>Another time of delivery (<c>/v1/posting/fbs/timeslot/set</c>), UTC; twice at most.</summary>
public sealed record DeliveryDateWish(DateTime From, DateTime To) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["set_timeslot"];
}

/// <summary>Cancelled by the shop (<c>/v2/posting/fbs/cancel</c>).</summary>
/// <param name="ReasonId">Ozon's reason.</param>
/// <param name="Reason">Its title, for the history.</param>
/// <param name="Message">What the shop says of it; required with reason 402.</param>
public sealed record CancelWish(long ReasonId, string Reason, string Message) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["cancel"];
}

/// <summary>Some of the pieces will not be sent (<c>/v2/posting/fbs/product/cancel</c>).</summary>
/// <param name="ReasonId">Ozon's reason.</param>
/// <param name="Reason">Its title, for the history.</param>
/// <param name="Message">What the shop says of it.</param>
/// <param name="Items">What is taken out.</param>
public sealed record CancelItemsWish(long ReasonId, string Reason, string Message, IReadOnlyList<Pieces> Items) : PostingWish
{
    /// <summary>What the posting holds afterwards: by this it is known whether Ozon has done it. Filled when the wish is taken.</summary>
    public IReadOnlyList<Pieces> Left { get; init; } = [];

    public override IReadOnlyList<string> AllowedBy => ["product_cancel"];
}

/// <summary>A disputed posting goes back to shipment (<c>/v2/posting/fbs/awaiting-delivery</c>).</summary>
public sealed record BackToShipmentWish : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["awaiting_delivery"];
}

/// <summary>Handed over and not scanned: the carrier is asked where it is (<c>/v2/posting/fbs/arbitration</c>).</summary>
public sealed record ArbitrationWish : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => ["arbitration"];
}

/// <summary>The buyer's wish to cancel is granted (<c>/v2/conditional-cancellation/approve</c>).</summary>
public sealed record ApproveCancellationWish(long CancellationId, string Comment) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => [];
}

/// <summary>The buyer's wish to cancel is turned down (<c>/v2/conditional-cancellation/reject</c>); the comment tells why.</summary>
public sealed record RejectCancellationWish(long CancellationId, string Comment) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => [];
}

/// <summary>Another address, once and before shipment. Ozon has no method for it; offered by the bundled sandbox alone (<see cref="StoreExtension"/>).</summary>
public sealed record AddressWish(string Address) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => [];
}

/// <summary>Money goes back to the buyer without a request of his. Ozon has no method for it; offered by the bundled sandbox alone
/// (<see cref="StoreExtension"/>).</summary>
/// <param name="Reference">Our own name for it: the same is paid once.</param>
/// <param name="Amount">For the goods, in minor units of the currency.</param>
/// <param name="Postage">Postage of the way back, in minor units.</param>
public sealed record RefundWish(string Reference, long Amount, long Postage, string Currency, IReadOnlyList<Pieces> Items, string Reason, string Explanation) : PostingWish
{
    public override IReadOnlyList<string> AllowedBy => [];
}
