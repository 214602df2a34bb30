using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What an order costs, each part in kopecks.</summary>
internal sealed record OrderSum(long Goods, long Discount, long Points, long Delivery)
{
    public long Total => Goods - Discount - Points + Delivery;
}

/// <summary>
/// The storefront's prices. Coupons and points are Ozon's: the buyer pays less, and the seller's posting tells the full price of each piece.
/// </summary>
internal static class ShopPrices
{
    public const long StandardDelivery = 149_00;
    public const long ExpressDelivery = 399_00;

    /// <summary>A point pays one rouble.</summary>
    public const long KopecksOfPoint = 100;

    private static readonly Dictionary<string, int> Coupons = new(StringComparer.OrdinalIgnoreCase) { ["ПРИВЕТ10"] = 10, ["ДРУГ7"] = 7 };

    /// <summary>The discount of a coupon in per cent; zero without one, null when there is no such coupon.</summary>
    public static int? PercentOf(string coupon) => coupon.Length == 0 ? 0 : Coupons.TryGetValue(coupon, out var percent) ? percent : null;

    /// <summary>The sum of an order. Points that it does not allow are not taken.</summary>
    /// <param name="items">What is bought.</param>
    /// <param name="isExpress">The fast delivery.</param>
    /// <param name="percent">Discount of the coupon on the goods.</param>
    /// <param name="points">How many points are to pay.</param>
    public static OrderSum Of(IEnumerable<PostingItem> items, bool isExpress, int percent, long points)
    {
        var goods = items.Sum(i => i.Price * i.Quantity);
        var discount = Share(goods, percent);
        return new OrderSum(
            goods, discount, Math.Clamp(points, 0, MostPoints(goods - discount)) * KopecksOfPoint, isExpress ? ExpressDelivery : StandardDelivery);
    }

    /// <summary>Points pay half of the goods at most, and the delivery not at all.</summary>
    public static long MostPoints(long goods) => goods / 2 / KopecksOfPoint;

    // The one place where money is rounded: to the kopeck, half a kopeck in the buyer's favour.
    private static long Share(long kopecks, int percent) => ((kopecks * percent) + 50) / 100;
}
