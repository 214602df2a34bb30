using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Insights;

/// <summary>By what returns are put together.</summary>
public enum RefundGrouping
{
    Product = 0,
    Category = 1,
    Reason = 2,
    Scheme = 3,
    Warehouse = 4,
    Week = 5,
    Month = 6,
}

/// <summary>A request as far as the figures need it.</summary>
/// <param name="Refunded">What the buyer got back, in minor units; 0 when nothing.</param>
public sealed record ReturnFact(
    long Id, int StoreId, long Sku, string OfferId, string Product, string? Category, string Reason, Scheme Scheme, string? Warehouse, DateTime AskedAt, bool IsDefect,
    int Pieces, string Comment, long Refunded, string Currency);

/// <summary>Pieces that reached their buyers, of one product by one way.</summary>
public sealed record DeliveredFact(int StoreId, long Sku, Scheme Scheme, string? Warehouse, long Pieces);

/// <summary>A line of the figures.</summary>
/// <param name="Key">What the line is about: a SKU, a category, a reason, a scheme, a warehouse, or the first day of a span of time.</param>
/// <param name="Name">The same in words; empty when it is not known.</param>
/// <param name="Delivered">Pieces that reached their buyers in the time; null where that is not known, as by reason.</param>
/// <param name="Refunded">By currency, in minor units.</param>
public sealed record RefundLine(string Key, string Name, long? Delivered, int Requests, int Pieces, int Defects, IReadOnlyList<Money> Refunded)
{
    /// <summary>Pieces that buyers want to give back, of those delivered; null when nothing was delivered.</summary>
    public double? Rate => Delivered is > 0 ? (double)Pieces / Delivered : null;
}

/// <summary>A product that comes back more often than the shop's others, beyond chance.</summary>
/// <param name="Words">What buyers wrote, newest first.</param>
public sealed record WeakProduct(RefundLine Line, string OfferId, string MainReason, IReadOnlyList<BuyerWords> Words);

/// <summary>What a buyer wrote.</summary>
/// <param name="RequestId">Our id of his request.</param>
public sealed record BuyerWords(long RequestId, DateTime At, string Text);

/// <summary>The whole analysis.</summary>
/// <param name="All">Everything in one line.</param>
/// <param name="Lines">By the chosen grouping: most requests first, spans of time in their order.</param>
/// <param name="IsCut">There were more requests than are reckoned with: the newest are.</param>
public sealed record RefundFigures(RefundLine All, IReadOnlyList<RefundLine> Lines, IReadOnlyList<WeakProduct> Weak, bool IsCut);
