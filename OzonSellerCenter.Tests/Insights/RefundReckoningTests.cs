using CsCheck;
using OzonSellerCenter.Insights;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Insights;

public sealed class RefundReckoningTests
{
    private static readonly DateTime Monday = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly ShopTime Moscow = ShopTime.Moscow;
    private static readonly Dictionary<DateOnly, long> NoSpans = [];

    [Fact]
    public void A_product_is_counted_against_what_of_it_was_delivered()
    {
        var lines = RefundReckoning.Lines([Fact(1, sku: 11, refunded: 50_00), Fact(2, sku: 11, defect: true), Fact(3, sku: 12)], [new(1, 11, Scheme.Rfbs, null, 10), new(1, 12, Scheme.Fbs, null, 4)], RefundGrouping.Product, Moscow, NoSpans);
        Assert.Equal([("11", 2, 10L, 1), ("12", 1, 4L, 0)], lines.Select(l => (l.Key, l.Requests, l.Delivered!.Value, l.Defects)));
        Assert.Equal(0.2, lines[0].Rate!.Value, 6);
        Assert.Equal([new Money(50_00, "RUB")], lines[0].Refunded);
    }

    [Fact]
    public void Money_of_two_currencies_is_never_added()
    {
        var line = RefundReckoning.All([Fact(1, refunded: 100), Fact(2, refunded: 7) with { Currency = "CNY" }, Fact(3, refunded: 50)], []);
        Assert.Equal([new Money(7, "CNY"), new Money(150, "RUB")], line.Refunded);
        Assert.Null(line.Rate);
    }

    [Fact]
    public void By_reason_there_is_no_share_of_deliveries()
    {
        var lines = RefundReckoning.Lines([Fact(1), Fact(2), Fact(3) with { Reason = "Передумал" }], [new(1, 11, Scheme.Rfbs, null, 10)], RefundGrouping.Reason, Moscow, NoSpans);
        Assert.Equal([("Брак", 2), ("Передумал", 1)], lines.Select(l => (l.Key, l.Requests)));
        Assert.All(lines, l => Assert.Null(l.Rate));
    }

    [Fact]
    public void Weeks_begin_on_monday_by_the_shops_clock_and_quiet_ones_are_there_too()
    {
        // 22:30 on Sunday in UTC is Monday in Moscow.
        var late = Fact(1) with { AskedAt = Monday.Date.AddHours(-1.5) };
        var spans = new Dictionary<DateOnly, long> { [new(2026, 11, 16)] = 5, [new(2026, 11, 23)] = 8 };
        var lines = RefundReckoning.Lines([late], [], RefundGrouping.Week, Moscow, spans);
        Assert.Equal([("2026-11-16", 0, 5L), ("2026-11-23", 1, 8L)], lines.Select(l => (l.Key, l.Requests, l.Delivered!.Value)));
        Assert.Equal(new DateOnly(2026, 11, 1), RefundReckoning.SpanOf(Monday, RefundGrouping.Month, Moscow));
    }

    [Fact]
    public void Weak_is_what_comes_back_more_often_beyond_chance_with_the_newest_words_first()
    {
        var facts = Enumerable.Range(1, 8).Select(i => Fact(i, sku: 11) with { AskedAt = Monday.AddDays(-i), Comment = $"слова {i}" })
            .Append(Fact(20, sku: 12)).Append(Fact(21, sku: 13)).Append(Fact(22, sku: 13)).Append(Fact(23, sku: 13)).ToList();
        var weak = Assert.Single(RefundReckoning.Weak(facts, [new(1, 11, Scheme.Rfbs, null, 20), new(1, 12, Scheme.Rfbs, null, 100), new(1, 13, Scheme.Rfbs, null, 80)]));
        Assert.Equal(("11", "Брак", 0.4), (weak.Line.Key, weak.MainReason, Math.Round(weak.Line.Rate!.Value, 2)));
        Assert.Equal([1L, 2, 3, 4, 5], weak.Words.Select(w => w.RequestId));
    }

    [Fact]
    public void Two_requests_of_two_are_chance_still() =>
        Assert.Empty(RefundReckoning.Weak([Fact(1, sku: 11), Fact(2, sku: 11)], [new(1, 11, Scheme.Rfbs, null, 2), new(1, 12, Scheme.Rfbs, null, 50)]));

    [Fact]
    public void However_it_is_put_together_nothing_is_lost_and_no_share_leaves_its_bounds() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 200], Gen.Int[0, 50_000])
        .List[0, 60].Sample(drawn =>
        {
            var facts = drawn.Select((d, i) => Fact(i + 1, sku: 10 + d.Item1, refunded: d.Item4) with { Scheme = (Scheme)(1 + d.Item2), AskedAt = Monday.AddDays(-d.Item3) }).ToList();
            foreach (var by in Enum.GetValues<RefundGrouping>())
            {
                var lines = RefundReckoning.Lines(facts, [new(1, 10, Scheme.Fbo, null, 500)], by, Moscow, NoSpans);
                Assert.Equal(facts.Count, lines.Sum(l => l.Requests));
                Assert.Equal(facts.Sum(f => f.Refunded), lines.SelectMany(l => l.Refunded).Sum(m => m.Minor));
            }

            Assert.InRange(RefundReckoning.LowerEnd(facts.Count, 500), 0, 1);
        });

    private static ReturnFact Fact(long id, long sku = 11, long refunded = 0, bool defect = false) =>
        new(id, 1, sku, $"A-{sku}", $"Товар {sku}", "Свет", "Брак", Scheme.Rfbs, null, Monday, defect, 1, "", refunded, "RUB");
}
