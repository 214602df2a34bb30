using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Acting;

/// <summary>What Ozon charges for a cancellation through the seller's fault, beyond the green zone of the error index: 3 to 9 % of the order by zone, at most
/// 1,500 ₽ (ozon/rules.md §4.5, docs.ozon.com/global/en/commissions/ozon-fees/fines).</summary>
public static class CancelCost
{
    private const int LeastPercent = 3;
    private const int MostPercent = 9;
    private const long Cap = 150_000;

    /// <summary>The charge in the blue zone.</summary>
    public static Money Least(Money worth) => Of(worth, LeastPercent);

    /// <summary>The charge in the orange zone and beyond.</summary>
    public static Money Most(Money worth) => Of(worth, MostPercent);

    // The cap is one of roubles; nothing is known of other currencies.
    private static Money Of(Money worth, int percent)
    {
        var charge = (long)Math.Round(worth.Minor * percent / 100m, MidpointRounding.AwayFromZero);
        return worth with { Minor = worth.Currency == "RUB" ? Math.Min(charge, Cap) : charge };
    }
}
