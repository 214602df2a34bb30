using Microsoft.Extensions.Localization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Why a parcel counts as late.</summary>
public enum LateReason
{
    /// <summary>It has stood still for longer than the house allows (<c>RuleKeys.ParcelStill</c>).</summary>
    NotMoving = 1,

    /// <summary>The day promised to the buyer has passed.</summary>
    OverPromise = 2,
}

/// <summary>The instants that decide whether a parcel is late on its way, as the posting keeps them.</summary>
/// <param name="DeliverBy">By when it was promised to the buyer.</param>
/// <param name="MovedAt">When it was last seen to move.</param>
/// <param name="LateAt">When it becomes or became late; null while it is not on its way.</param>
public sealed record ParcelDates(DateTime? DeliverBy, DateTime? MovedAt, DateTime? LateAt)
{
    public static ParcelDates None { get; } = new(null, null, null);
}

/// <summary>A parcel that was handed over and is late.</summary>
/// <param name="At">Of one that does not move: since when it stands still. Of one over its promise: by when it was promised.</param>
public sealed record LateParcel(LateReason Reason, DateTime At)
{
    /// <summary>It lies where the buyer fetches it: whether it moves on is up to him.</summary>
    public const string InPickupPoint = "posting_in_pickup_point";

    /// <summary>Whether a parcel is late at an instant, and why; null when it is not.</summary>
    public static LateParcel? Of(Posting posting, DateTime now) => Of(new ParcelDates(posting.DeliverBy, posting.MovedAt, posting.LateAt), now);

    /// <summary>The same by the instants alone. A broken promise is what the buyer will ask about, so it is named first.</summary>
    public static LateParcel? Of(ParcelDates parcel, DateTime now)
    {
        if (!(parcel.LateAt <= now)) return null;
        return parcel.DeliverBy is { } by && by <= now ? new(LateReason.OverPromise, by) : new(LateReason.NotMoving, parcel.MovedAt ?? parcel.LateAt.Value);
    }

    /// <summary>When a parcel becomes late unless it moves: after standing still for a time, or when the promised day has passed, whatever comes
    /// first. Null while it is not on its way, and for those that Ozon sends from its own warehouse.</summary>
    /// <param name="stillFor">How long it may stand still.</param>
    public static DateTime? WhenLate(Posting posting, TimeSpan stillFor)
    {
        if (posting.Scheme == Scheme.Fbo || posting.Substatus == InPickupPoint || !PostingStatuses.OnTheWay.Contains(posting.Status)) return null;
        var still = posting.MovedAt + stillFor;
        return posting.DeliverBy < still ? posting.DeliverBy : still ?? posting.DeliverBy;
    }
}

public static class LateWords
{
    /// <summary>Why a parcel is late, in the person's words: "no movement since 20 November".</summary>
    public static string WhyLate(this IStringLocalizer<OrdersTexts> texts, LateParcel late, ShopTime? shop, DateTime now) =>
        texts[$"Late_{late.Reason}", (shop ?? ShopTime.Moscow).Day(late.At, now)];
}
