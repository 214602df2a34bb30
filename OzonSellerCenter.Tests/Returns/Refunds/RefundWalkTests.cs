using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Returns.Refunds.RefundHouse;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>Refunds of one posting that go their ways at random.</summary>
public sealed class RefundWalkTests
{
    private const int Walks = 30;

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_happens_the_ledger_holds_what_the_refunds_hold(int seed)
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PayingAsync();
        var random = new Random(seed);
        for (var walk = 0; walk < Walks; walk++)
        {
            var refund = new Refund { StoreId = shop.Store.Id, Key = $"walk-{walk}", PostingNumber = Number, CreatedAt = shop.Now, Way = RefundWay.Payment, Amount = random.Next(1, (int)Worth / 4) };
            await shop.WriteAsync(db =>
            {
                db.Refunds.Add(refund);
                return Task.CompletedTask;
            });
            while (await StepAsync(shop, refund.Id, random)) Assert.Equal(await HoldingAsync(shop), await shop.HeldAsync());
        }

        Assert.InRange(await shop.HeldAsync(), 1, Worth);
    }

    /// <returns>False when the refund's way has ended, or there is no money left for it.</returns>
    private static async Task<bool> StepAsync(TestShop shop, long id, Random random)
    {
        await using var db = await shop.Db.Databases.ForStoreAsync(shop.Store.Id, Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var refund = await db.Refunds.SingleAsync(r => r.Id == id, Ct);
        var ways = RefundMachine.Ways.Where(w => w.From == refund.State).ToList();
        if (ways.Count == 0) return false;
        var what = ways[random.Next(ways.Count)].Event;
        var basis = (await RefundBasis.ReadAsync(db, refund.StoreId, Number, null, Ct))!;
        if (refund.State == RefundState.Draft && what != RefundEvent.Withdraw && !await RefundBook.HoldAsync(db, basis, refund.Amount, Ct)) return false;
        Assert.True(await shop.Db.Services.GetRequiredService<RefundBook>().FireAsync(db, refund, what, "", Ct));
        await db.CommitAsync(Ct);
        return true;
    }

    private static Task<long> HoldingAsync(TestShop shop) =>
        shop.ReadAsync(async db => (await db.Refunds.AsNoTracking().ToListAsync(Ct)).Where(r => r.Holds).Sum(r => r.Amount));
}
