using CsCheck;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What a buyer pays, to the kopeck.</summary>
public sealed class ShopPriceTests
{
    private static PostingItem Item(long price, int quantity = 1) => new() { OfferId = "", Name = "", Colour = "", Price = price, Quantity = quantity };

    [Theory]
    [InlineData(99_00, 10, 9_90)]
    [InlineData(1_05, 10, 11)]
    [InlineData(1_04, 10, 10)]
    [InlineData(4, 10, 0)]
    [InlineData(5, 10, 1)]
    [InlineData(33_33, 7, 2_33)]
    public void A_discount_is_rounded_to_the_kopeck_half_of_one_in_the_buyers_favour(long price, int percent, long discount) =>
        Assert.Equal(discount, ShopPrices.Of([Item(price)], false, percent, 0).Discount);

    [Fact]
    public void It_is_rounded_once_for_the_whole_order_and_not_for_each_piece()
    {
        // Three times 10 % of 1.04 would be 0.30, and of each line rounded up 0.33.
        Assert.Equal(31, ShopPrices.Of([Item(1_04), Item(1_04), Item(1_04)], false, 10, 0).Discount);
        Assert.Equal(31, ShopPrices.Of([Item(1_04, 3)], false, 10, 0).Discount);
    }

    [Fact]
    public void A_whole_order_adds_up()
    {
        var sum = ShopPrices.Of([Item(2_490_00), Item(890_00, 2)], isExpress: true, percent: 10, points: 300);
        Assert.Equal(new OrderSum(4_270_00, 427_00, 300_00, 399_00), sum);
        Assert.Equal(3_942_00, sum.Total);
    }

    [Fact]
    public void Points_pay_half_of_the_goods_at_most_and_never_the_delivery()
    {
        Assert.Equal(49_00, ShopPrices.Of([Item(99_99)], false, 0, 500).Points);
        Assert.Equal(0, ShopPrices.Of([Item(1_99)], false, 0, 500).Points);
        Assert.Equal(0, ShopPrices.Of([Item(99_99)], false, 0, -5).Points);
    }

    [Theory]
    [InlineData("ПРИВЕТ10", 10)]
    [InlineData("привет10", 10)]
    [InlineData("", 0)]
    [InlineData("ПРИВЕТ11", null)]
    public void A_coupon_is_known_in_any_case_or_not_at_all(string coupon, int? percent) => Assert.Equal(percent, ShopPrices.PercentOf(coupon));

    [Fact]
    public void No_order_costs_less_than_its_delivery_or_more_than_its_parts() =>
        Gen.Select(Gen.Long[1, 100_000_00].Array[1, 6], Gen.Int[1, 99], Gen.Int[0, 100], Gen.Long[0, 100_000], Gen.Bool).Sample((prices, quantity, percent, points, express) =>
        {
            var sum = ShopPrices.Of(prices.Select(p => Item(p, quantity)), express, percent, points);
            Assert.Equal(sum.Goods - sum.Discount - sum.Points + sum.Delivery, sum.Total);
            Assert.InRange(sum.Total, sum.Delivery, sum.Goods + sum.Delivery);
            Assert.True(2 * sum.Points <= sum.Goods - sum.Discount);
            Assert.InRange((sum.Discount * 100) - (sum.Goods * percent), -49, 50);
        });
}
