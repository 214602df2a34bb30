using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>What a posting's state says about a wish.</summary>
internal enum DeedProof
{
    /// <summary>The posting does not look like it.</summary>
    NotDone,

    /// <summary>Ozon is still at it.</summary>
    UnderWay,

    Done,
}

internal static class Proofs
{
    /// <summary>Ozon's words for "handed to the buyer, who has not confirmed it" and "with the courier" (ozon/api.md §3.1).</summary>
    private const string Conditional = "posting_conditionally_delivered";
    private const string WithCourier = "posting_in_courier_service";

    /// <summary>Whether the posting, as Ozon tells it, is what was wished. A later state proves an earlier one.</summary>
    public static DeedProof Of(PostingWish wish, OzonPosting told) => wish switch
    {
        PackWish when told.AvailableActions.Contains("ship_async_in_process") => DeedProof.UnderWay,
        PackWish => Is(!PostingStatuses.Packing.Contains(told.Status)),
        TrackingWish tracking => Is(told.TrackingNumber.Trim() == tracking.Number.Trim()),
        HandOverWish => Is(!PostingStatuses.ToShip.Contains(told.Status)),
        LastMileWish => Is(told.Substatus is WithCourier or Conditional || PostingStatuses.Delivered.Contains(told.Status)),
        DeliveredWish => Is(told.Substatus == Conditional || PostingStatuses.Delivered.Contains(told.Status)),
        ShipDateWish date => Is(IsMinute(told.ShipmentDate, date.To)),
        DeliveryDateWish dates => Is(IsMinute(told.AnalyticsData?.DeliveryDateBegin, dates.From) && IsMinute(told.AnalyticsData?.DeliveryDateEnd, dates.To)),
        CancelWish => Is(PostingStatuses.Cancelled.Contains(told.Status)),
        CancelItemsWish cancel => Is(PostingStatuses.Cancelled.Contains(told.Status) || Holds(told).SetEquals(cancel.Left)),
        ArbitrationWish => Is(PostingStatuses.Disputed.Contains(told.Status)),
        BackToShipmentWish => Is(!PostingStatuses.Disputed.Contains(told.Status)),
        _ => DeedProof.NotDone,
    };

    private static DeedProof Is(bool done) => done ? DeedProof.Done : DeedProof.NotDone;

    private static bool IsMinute(DateTime? told, DateTime wished) => told is { } at && (at - wished).Duration() < TimeSpan.FromMinutes(1);

    private static HashSet<Pieces> Holds(OzonPosting told) =>
        [.. told.Products.GroupBy(p => p.Sku).Select(g => new Pieces(g.Key, g.Sum(p => p.Quantity)))];
}
