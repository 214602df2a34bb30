using CsCheck;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>The money of a refund against its posting.</summary>
public sealed class RefundCheckTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly StoreRules Rules = new([], sandbox: false);
    private static readonly OfferedAction Offer = new(ReturnActs.CompensateId, "Компенсация");
    private static readonly OfferedAction All = new(11, "Вернуть деньги");

    private static readonly Posting Bought = new()
    {
        PostingNumber = "1-1",
        OrderNumber = "1",
        Status = "delivered",
        Total = 100_000,
        Items = { new PostingItem { Sku = 7, OfferId = "A", Name = "Чашка", Quantity = 4, Price = 25_000 } },
    };

    private static RefundBasis Basis(long held = 0, string currency = "RUB") => new(1, "1-1", "1", Bought, null, null, 100_000, held, currency,
    [
        new OfferedWay(RefundWay.Answer, Offer, ReturnAct.Compensate, 100, 99_900, false, false),
        new OfferedWay(RefundWay.Answer, All, ReturnAct.Refund, 100_000, 100_000, true, false),
        new OfferedWay(RefundWay.CancelItems, null, ReturnAct.Unknown, 1, 100_000 - held, false, true),
        new OfferedWay(RefundWay.Payment, null, ReturnAct.Unknown, 0, 100_000 - held, true, true),
    ]);

    [Theory]
    [InlineData(0, "AmountZero")]
    [InlineData(99, "OfferOutOfRange")]
    [InlineData(100, null)]
    [InlineData(99_900, null)]
    [InlineData(99_901, "OfferOutOfRange")]
    [InlineData(100_001, "AmountOverRest")]
    [InlineData(-1, "AmountNegative")]
    public void An_offer_is_a_whole_unit_at_least_and_leaves_one(long amount, string? refusal) =>
        Assert.Equal(refusal, Amounts(Basis(), new RefundDraft { Way = RefundWay.Answer, Action = Offer, Scope = RefundScope.Part, Amount = amount }));

    [Theory]
    [InlineData(100_000, 0, 0, null)]
    [InlineData(99_999, 0, 0, "AmountFixed")]
    [InlineData(100_000, 0, 1, "AmountOverRest")]
    [InlineData(100_000, 150_000, 0, null)]
    [InlineData(100_000, 150_001, 0, "PostageTooHigh")]
    public void What_Ozon_pays_whole_is_whole_and_postage_has_its_limit(long amount, long postage, long held, string? refusal) =>
        Assert.Equal(refusal, Amounts(Basis(held), new RefundDraft { Way = RefundWay.Answer, Action = All, Amount = amount, Postage = postage }));

    [Theory]
    [InlineData(0, 0, "ItemsMissing")]
    [InlineData(2, 50_000, null)]
    [InlineData(2, 49_999, "ItemsWrong")]
    [InlineData(5, 125_000, "AmountOverRest")]
    public void Pieces_that_are_not_sent_cost_what_they_cost(int quantity, long amount, string? refusal) =>
        Assert.Equal(refusal, Amounts(Basis(), new RefundDraft { Way = RefundWay.CancelItems, Scope = RefundScope.Items, Amount = amount == 0 ? 1 : amount, Items = quantity == 0 ? [] : [new RefundItem(7, "Чашка", quantity, amount)] }));

    [Fact]
    public void Never_more_than_is_left_whatever_is_typed() => Gen.Select(Gen.Long[0, 100_000], Gen.Long[-10, 300_000], Gen.Long[-10, 300_000], Gen.Enum<RefundWay>(), Gen.Enum<RefundScope>()).Sample((held, amount, postage, way, scope) =>
    {
        var draft = new RefundDraft { Way = way, Scope = scope, Action = way == RefundWay.Answer ? All : null, Amount = amount, Postage = postage };
        Assert.True(Amounts(Basis(held), draft) is not null || (amount >= 0 && amount <= 100_000 - held && postage is >= 0 and <= 150_000 && amount + postage > 0));
    });

    [Fact]
    public void Money_of_another_currency_needs_a_second_person_whatever_it_is() =>
        Assert.Equal(
            (true, false, true),
            (RefundCheck.NeedsReview(Basis(currency: "CNY"), 1, Rules, Now), RefundCheck.NeedsReview(Basis(), 300_000, Rules, Now), RefundCheck.NeedsReview(Basis(), 300_001, Rules, Now)));

    [Fact]
    public void What_other_refunds_of_the_posting_move_counts_for_the_limit_and_for_the_postage()
    {
        var moved = Basis() with { Moved = 250_000, MovedPostage = 140_000 };
        Assert.Equal((false, true), (RefundCheck.NeedsReview(moved, 50_000, Rules, Now), RefundCheck.NeedsReview(moved, 50_001, Rules, Now)));
        Assert.Null(Amounts(moved, new RefundDraft { Way = RefundWay.Payment, Scope = RefundScope.Postage, Postage = 10_000 }));
        Assert.Equal("PostageTooHigh", Amounts(moved, new RefundDraft { Way = RefundWay.Payment, Scope = RefundScope.Postage, Postage = 10_001 }));
    }

    [Fact]
    public void A_refund_that_holds_all_can_be_written_anew_with_all_of_it()
    {
        var held = new Refund { Key = "k", PostingNumber = "1-1", State = RefundState.MoreWanted, Amount = 100_000 };
        Assert.DoesNotContain(Basis(100_000).Usable, w => w.Way == RefundWay.CancelItems);
        Assert.Null(Amounts(Basis(100_000).Without(held), new RefundDraft { Way = RefundWay.Payment, Amount = 100_000 }));
    }

    private static string? Amounts(RefundBasis basis, RefundDraft draft) => RefundCheck.Amounts(basis, draft, Rules, Now).Refusal?.Key;
}
