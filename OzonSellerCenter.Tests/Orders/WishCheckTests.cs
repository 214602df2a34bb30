using CsCheck;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>Which wishes make sense for a posting, and what stands on its buttons.</summary>
public sealed class WishCheckTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Only_packages_that_hold_every_piece_once_are_taken() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 6]).Sample((one, two, a, b, c, d) =>
        {
            var posting = Holding((11, one), (12, two));
            IReadOnlyList<Pieces>[] packages = [[new Pieces(11, a), new Pieces(12, b)], [new Pieces(11, c), new Pieces(12, d)]];
            var adds = a > 0 && b > 0 && c > 0 && d > 0 && a + c == one && b + d == two;
            Assert.Equal(adds, WishCheck.Of(posting, new PackWish(packages), Now).IsDone);
        });

    [Theory]
    [InlineData("EmptyPackage")]
    [InlineData("EmptyPackage", "")]
    [InlineData("PackagesDoNotAddUp", "11:2")]
    [InlineData("PackagesDoNotAddUp", "11:2 12:1 13:1")]
    [InlineData("PackagesDoNotAddUp", "11:2 12:1", "12:1")]
    [InlineData("EmptyPackage", "11:2 12:1", "")]
    [InlineData("EmptyPackage", "11:3 12:1", "11:-1")]
    [InlineData(null, "11:1 12:1", "11:1")]
    public void Packages_that_do_not_add_up_are_refused(string? refusal, params string[] packages)
    {
        var wish = new PackWish([.. packages.Select(p => (IReadOnlyList<Pieces>)[.. p.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => new Pieces(long.Parse(i[..2], null), int.Parse(i[3..], null)))])]);
        Assert.Equal(refusal, WishCheck.Of(Holding((11, 2), (12, 1)), wish, Now).Refusal?.Key);
    }

    public static TheoryData<PostingWish, string?> Wishes => new()
    {
        { new TrackingWish(" "), "TrackingMissing" },
        { new TrackingWish(new string('1', 51)), "TrackingTooLong" },
        { new TrackingWish("RB1"), null },
        { new ShipDateWish(Now), "DatePassed" },
        { new ShipDateWish(Now.AddHours(1)), null },
        { new DeliveryDateWish(Now.AddDays(2), Now.AddDays(1)), "DatesReversed" },
        { new DeliveryDateWish(Now.AddDays(-2), Now.AddDays(-1)), "DatePassed" },
        { new CancelWish(0, "", ""), "ReasonMissing" },
        { new CancelWish(402, "Другое", " "), "MessageMissing" },
        { new CancelWish(352, "Нет", ""), null },
        { new CancelItemsWish(352, "Нет", "разбили", []), "NothingToCancel" },
        { new CancelItemsWish(352, "Нет", "разбили", [new Pieces(11, 3)]), "NothingToCancel" },
        { new CancelItemsWish(352, "Нет", "разбили", [new Pieces(11, 1), new Pieces(11, 1)]), "NothingToCancel" },
        { new CancelItemsWish(352, "Нет", "разбили", [new Pieces(11, 2), new Pieces(12, 1)]), "CancelAllInstead" },
        { new CancelItemsWish(352, "Нет", "", [new Pieces(11, 1)]), "MessageMissing" },
        { new CancelItemsWish(352, "Нет", "разбили", [new Pieces(11, 1)]), null },
        { new RejectCancellationWish(1, ""), "MessageMissing" },
        { new ApproveCancellationWish(1, ""), null },
        { new ApproveCancellationWish(1, new string('а', 501)), "MessageTooLong" },
    };

    [Theory, MemberData(nameof(Wishes))]
    public void A_wish_that_cannot_work_is_refused_before_Ozon_hears_of_it(PostingWish wish, string? refusal)
    {
        var posting = Holding((11, 2), (12, 1));
        Assert.Equal(refusal, WishCheck.Of(posting, wish, Now).Refusal?.Key);
        posting.AvailableActions = "can_create_chat";
        Assert.Equal(wish.AllowedBy.Count == 0 ? refusal : "NotAllowedNow", WishCheck.Of(posting, wish, Now).Refusal?.Key);
    }

    [Theory]
    [InlineData("awaiting_packaging", Scheme.Fbs, "ул. Новая, д. 2", null)]
    [InlineData("awaiting_deliver", Scheme.Rfbs, "  д. 12  ", null)]
    [InlineData("awaiting_deliver", Scheme.Fbs, "  д. 1  ", "AddressMissing")]
    [InlineData("delivering", Scheme.Rfbs, "ул. Новая, д. 2", "AddressTooLate")]
    [InlineData("cancelled", Scheme.Fbs, "ул. Новая, д. 2", "AddressTooLate")]
    [InlineData("awaiting_deliver", Scheme.Fbo, "ул. Новая, д. 2", "AddressTooLate")]
    public void An_address_is_changed_before_shipment_only(string status, Scheme scheme, string address, string? refusal)
    {
        var posting = new Posting { PostingNumber = "1-1-1", Status = status, Scheme = scheme };
        Assert.Equal(refusal, WishCheck.Of(posting, new AddressWish(address), Now).Refusal?.Key);
    }

    [Theory, InlineData(300, null), InlineData(301, "AddressTooLong")]
    public void An_address_has_a_longest_length(int length, string? refusal) => Assert.Equal(
        refusal, WishCheck.Of(new Posting { PostingNumber = "1-1-1", Status = "awaiting_deliver" }, new AddressWish(new string('я', length)), Now).Refusal?.Key);

    [Fact]
    public void Buttons_are_what_Ozon_allows_the_next_step_first()
    {
        Assert.Equal([PostingAct.Pack, PostingAct.CancelItems, PostingAct.Cancel], PostingActs.Of("cancel,product_cancel,ship,ship_async,can_create_chat", 2));
        Assert.Equal([PostingAct.Pack, PostingAct.Cancel], PostingActs.Of("cancel,product_cancel,ship_async_retry", 1));
        Assert.Equal([PostingAct.Tracking, PostingAct.HandOver], PostingActs.Of("non_int_delivering,set_track_number,label_download", 1));
        Assert.Empty(PostingActs.Of("", 1));
    }

    [Fact]
    public void A_cancellation_costs_by_zone_and_never_more_than_the_cap()
    {
        Assert.Equal(new Money(747, "RUB"), CancelCost.Least(new Money(24_900, "RUB")));
        Assert.Equal(new Money(2_241, "RUB"), CancelCost.Most(new Money(24_900, "RUB")));
        Assert.Equal(new Money(150_000, "RUB"), CancelCost.Most(new Money(9_000_000, "RUB")));
        Assert.Equal(new Money(810_000, "CNY"), CancelCost.Most(new Money(9_000_000, "CNY")));
    }

    private static Posting Holding(params (long Sku, int Quantity)[] items)
    {
        var posting = new Posting
        {
            PostingNumber = "1-1-1",
            AvailableActions = "ship,cancel,product_cancel,set_track_number,set_cutoff,set_timeslot,non_int_delivering,non_int_last_mile,non_int_delivered,awaiting_delivery",
        };
        posting.Items.AddRange(items.Select(i => new PostingItem { Sku = i.Sku, Quantity = i.Quantity }));
        return posting;
    }
}
