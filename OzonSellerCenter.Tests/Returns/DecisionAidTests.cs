using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Aid;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Returns;

public sealed class DecisionAidTests
{
    [Fact]
    public void More_refund_never_gives_less_expected_payout_and_never_less_than_nothing() =>
        Gen.Select(Gen.Long[0, 100_000_000_000], Gen.Long[-100, 100_000_000_000], Gen.Long[0, 1_000_000], Gen.Int[0, 1000]).Sample((worth, offer, more, declined) =>
        {
            var (less, larger) = (DecisionAid.ExpectedPayout(worth, offer, declined), DecisionAid.ExpectedPayout(worth, offer + more, declined));
            return less >= 0 && larger >= less && larger <= worth;
        });

    [Fact]
    public void No_line_pays_or_loses_less_than_nothing_or_more_than_the_price() =>
        Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Long[0, 10_000_000_000], Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 1000]).Sample((price, offer, part, rest, value) =>
            DecisionAid.Of(Request(price), new AidHistory(AidBasis.Store, part + rest, part + rest, part, part + rest, part, part, value), offer)
                .All(l => l.PaysNow >= 0 && l.PaysNow <= price && l.Loss >= 0 && l.Loss <= price && l.ComesBack >= 0 && l.ComesBack <= price && l.Share is >= 0 and <= 1000));

    [Fact]
    public void Shares_of_what_has_come_of_earlier_ones_make_the_expected_loss()
    {
        var lines = DecisionAid.Of(Request(398_000), new AidHistory(AidBasis.Product, 41, 20, 7, 10, 6, 12, 800), 80_000).ToDictionary(l => l.Act);
        Assert.Equal((80_000, 80_000 + 111_300, 350), (lines[ReturnAct.Compensate].PaysNow, lines[ReturnAct.Compensate].Loss, lines[ReturnAct.Compensate].Share));
        Assert.Equal((0, 238_800, AidRisk.High), (lines[ReturnAct.Reject].PaysNow, lines[ReturnAct.Reject].Loss, lines[ReturnAct.Reject].Risk));
        Assert.Equal((398_000, 318_400, 79_600), (lines[ReturnAct.Refund].PaysNow, lines[ReturnAct.Refund].ComesBack, lines[ReturnAct.Refund].Loss));
        Assert.Equal(398_000, lines[ReturnAct.RefundAndLeave].Loss);
    }

    [Fact]
    public async Task Figures_are_of_the_product_else_of_the_reason_else_of_the_store_and_few_are_a_guess()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var shop = await TestShop.OpenAsync();
        var aid = shop.Db.Services.GetRequiredService<AidQueries>();
        var request = await shop.ReturnAsync();
        Assert.True((await aid.ForAsync(shop.Agent, request.Id, ct))!.IsGuess);
        for (var i = 0; i < 5; i++) await shop.ReturnAsync($"other-{i}", r => (r.Stage, r.State, r.Sku, r.Reason) = (ReturnStage.Approved, "Approved", 9, "Другое"));
        Assert.Equal((AidBasis.Store, 5), Of(await aid.ForAsync(shop.Agent, request.Id, ct)));
        for (var i = 0; i < 5; i++) await shop.ReturnAsync($"reason-{i}", r => (r.Stage, r.State, r.Sku) = (ReturnStage.Approved, "Approved", 9));
        Assert.Equal((AidBasis.Reason, 5), Of(await aid.ForAsync(shop.Agent, request.Id, ct)));
        for (var i = 0; i < 5; i++) await shop.ReturnAsync($"same-{i}", r => (r.Stage, r.State) = (ReturnStage.Rejected, "Rejected"));
        await shop.ReturnAsync("long ago", r => (r.Stage, r.State, r.AskedAt) = (ReturnStage.Rejected, "Rejected", shop.Now.AddDays(-91)));
        Assert.Equal((AidBasis.Product, 5), Of(await aid.ForAsync(shop.Agent, request.Id, ct)));
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Null(await aid.ForAsync(stranger, request.Id, ct));

        static (AidBasis, int) Of(AidHistory? history) => (history!.Basis, history.Cases);
    }

    private static ReturnRequest Request(long price) => new()
    {
        Number = "1-R1",
        Price = price,
        Actions = [ReturnShop.Reject, ReturnShop.Compensate, ReturnShop.TakeBack, ReturnShop.Leave, ReturnShop.Received, ReturnShop.Refund, new OfferedAction(99, "Новое")],
    };
}
