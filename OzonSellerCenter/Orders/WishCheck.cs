using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Whether a wish makes sense for a posting as it is known here. Ozon has the last word.</summary>
public static class WishCheck
{
    /// <summary>Longest tracking number taken.</summary>
    public const int MaxTracking = 50;

    /// <summary>Shortest and longest address taken.</summary>
    public const int MinAddress = 5;
    public const int MaxAddress = 300;

    private static readonly string[] Readdressable = ["awaiting_packaging", "awaiting_deliver"];

    /// <summary>The refusals are those of <see cref="ShippingActions.AskAsync"/>.</summary>
    public static Outcome Of(Posting posting, PostingWish wish, DateTime now)
    {
        if (!Allows(posting.AvailableActions, wish)) return Outcome.Refused("NotAllowedNow");
        return wish switch
        {
            PackWish pack => Packages(posting, pack),
            TrackingWish { Number: var number } when string.IsNullOrWhiteSpace(number) => Outcome.Refused("TrackingMissing"),
            TrackingWish { Number.Length: > MaxTracking } => Outcome.Refused("TrackingTooLong", MaxTracking),
            ShipDateWish date when date.To <= now => Outcome.Refused("DatePassed"),
            DeliveryDateWish dates when dates.To <= now => Outcome.Refused("DatePassed"),
            DeliveryDateWish dates when dates.From >= dates.To => Outcome.Refused("DatesReversed"),
            CancelWish cancel => Words(cancel.ReasonId, cancel.Message, cancel.ReasonId == ShippingActions.OtherReason),
            CancelItemsWish cancel => Items(posting, cancel) is { IsDone: false } wrong ? wrong : Words(cancel.ReasonId, cancel.Message, true),
            RejectCancellationWish reject => Words(1, reject.Comment, true),
            AddressWish address => Address(posting, address.Address.Trim()),
            ApproveCancellationWish approve => Words(1, approve.Comment, false),
            _ => Outcome.Done,
        };
    }

    /// <summary>Whether Ozon's <c>available_actions</c>, separated by commas, allow it.</summary>
    public static bool Allows(string availableActions, PostingWish wish) =>
        wish.AllowedBy.Count == 0 || availableActions.Split(',').Intersect(wish.AllowedBy).Any();

    /// <summary>Whether it still waits for its shipment: afterwards no address can be changed.</summary>
    public static bool CanReaddress(Scheme scheme, string status) => scheme != Scheme.Fbo && Readdressable.Contains(status);

    private static Outcome Address(Posting posting, string address) =>
        !CanReaddress(posting.Scheme, posting.Status) ? Outcome.Refused("AddressTooLate")
        : address.Length < MinAddress ? Outcome.Refused("AddressMissing", MinAddress)
        : address.Length > MaxAddress ? Outcome.Refused("AddressTooLong", MaxAddress)
        : Outcome.Done;

    /// <summary>Every piece is in one package, and none is empty.</summary>
    private static Outcome Packages(Posting posting, PackWish pack)
    {
        if (pack.Packages.Count == 0 || pack.Packages.Any(p => p.Count == 0 || p.Any(i => i.Quantity <= 0))) return Outcome.Refused("EmptyPackage");
        var packed = pack.Packages.SelectMany(p => p).GroupBy(i => i.Sku).ToDictionary(g => g.Key, g => g.Sum(i => (long)i.Quantity));
        var held = posting.Items.ToDictionary(i => i.Sku, i => (long)i.Quantity);
        return packed.Count == held.Count && packed.All(p => held.GetValueOrDefault(p.Key) == p.Value) ? Outcome.Done : Outcome.Refused("PackagesDoNotAddUp");
    }

    private static Outcome Items(Posting posting, CancelItemsWish cancel)
    {
        var held = posting.Items.ToDictionary(i => i.Sku, i => i.Quantity);
        var isSane = cancel.Items.Count > 0
            && cancel.Items.All(i => i.Quantity > 0 && i.Quantity <= held.GetValueOrDefault(i.Sku))
            && cancel.Items.DistinctBy(i => i.Sku).Count() == cancel.Items.Count;
        return !isSane ? Outcome.Refused("NothingToCancel") : LeftAfter(posting, cancel).Count == 0 ? Outcome.Refused("CancelAllInstead") : Outcome.Done;
    }

    /// <summary>What a posting holds once the pieces are taken out.</summary>
    public static IReadOnlyList<Pieces> LeftAfter(Posting posting, CancelItemsWish cancel) =>
        [.. posting.Items.Select(i => new Pieces(i.Sku, i.Quantity - cancel.Items.Where(c => c.Sku == i.Sku).Sum(c => c.Quantity))).Where(p => p.Quantity > 0)];

    private static Outcome Words(long reasonId, string message, bool areNeeded) =>
        reasonId <= 0 ? Outcome.Refused("ReasonMissing")
        : areNeeded && string.IsNullOrWhiteSpace(message) ? Outcome.Refused("MessageMissing")
        : message.Length > ShippingActions.MaxMessage ? Outcome.Refused("MessageTooLong", ShippingActions.MaxMessage)
        : Outcome.Done;
}
