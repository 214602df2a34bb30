using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Tests.Sandbox;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Orders from packed to delivered, and buyers who no longer want them, over the sandbox's real methods.</summary>
public sealed class ShippingShopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_parcel_is_packed_in_two_and_both_are_postings_of_the_order()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var posting = await shop.ReadAsync(db => db.Postings.AsNoTracking().Include(p => p.Items).OrderBy(p => p.Id)
            .FirstAsync(p => p.Status == "awaiting_packaging" && p.Items.Sum(i => i.Quantity) > 1, Ct));
        var pieces = posting.Items.SelectMany(i => Enumerable.Repeat(i.Sku, i.Quantity)).ToList();
        await DoAsync(shop, posting.PostingNumber, new PackWish([[new Pieces(pieces[0], 1)], [.. pieces.Skip(1).CountBy(s => s).Select(p => new Pieces(p.Key, p.Value))]]));
        await Wait.ForAsync(() => shop.ReadAsync(async db => await db.Postings.CountAsync(p => p.OrderNumber == posting.OrderNumber && p.Status == "awaiting_deliver", Ct) == 2));
        var held = await shop.ReadAsync(db => db.Postings.Where(p => p.OrderNumber == posting.OrderNumber).SelectMany(p => p.Items).SumAsync(i => i.Quantity, Ct));
        Assert.Equal(pieces.Count, held);
    }

    [Fact]
    public async Task The_sellers_own_delivery_goes_from_packed_to_delivered_and_every_step_is_on_record()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var posting = await shop.ReadAsync(db => db.Postings.AsNoTracking().Include(p => p.Items).OrderBy(p => p.Id)
            .FirstAsync(p => p.Scheme == Scheme.Rfbs && p.Status == "awaiting_packaging", Ct));
        await DoAsync(shop, posting.PostingNumber, new PackWish([[.. posting.Items.Select(i => new Pieces(i.Sku, i.Quantity))]]));
        await DoAsync(shop, posting.PostingNumber, new TrackingWish("RB123456785CN"));
        await DoAsync(shop, posting.PostingNumber, new HandOverWish());
        await DoAsync(shop, posting.PostingNumber, new LastMileWish());
        await DoAsync(shop, posting.PostingNumber, new DeliveredWish());
        var after = await shop.ReadAsync(db => db.Postings.AsNoTracking().SingleAsync(p => p.Id == posting.Id, Ct));
        Assert.Equal(("RB123456785CN", "posting_conditionally_delivered"), (after.TrackingNumber, after.Substatus));
        Assert.Equal(5, await shop.ReadAsync(db => db.PostingDeeds.CountAsync(d => d.PostingId == posting.Id && d.By == LiveShop.Agent.Id, Ct)));
        Assert.NotNull((await ClockAsync(shop, posting.PostingNumber, DeadlineKind.ShipBy)).MetAt);
        var steps = await shop.ReadAsync(db => db.PostingSteps.Where(s => s.PostingId == posting.Id).OrderBy(s => s.Id).Select(s => s.Substatus).ToListAsync(Ct));
        Assert.Equal(["posting_transferring_to_delivery", "posting_transferred_to_courier_service", "posting_in_courier_service", "posting_conditionally_delivered"], steps);
    }

    [Fact]
    public async Task The_delivery_moves_twice_and_the_third_time_is_refused()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var number = await NumberAsync(shop, "set_timeslot");
        var facts = shop.Get<IPostingFacts>();
        for (var left = 2; left > 0; left--)
        {
            var allowed = await facts.DatesAsync(shop.StoreId, number, Ct);
            Assert.Equal((null, left), (allowed.Failure, (int)allowed.MovesLeft!.Value));
            var from = allowed.From!.Value.AddDays(left);
            await DoAsync(shop, number, new DeliveryDateWish(from, from.AddHours(4)));
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var third = await shop.Get<ShippingActions>().AskAsync(LiveShop.Agent, number, new DeliveryDateWish(now.AddDays(3), now.AddDays(4)), Guid.NewGuid(), Ct);
        Assert.Equal("NotAllowedNow", third.Refusal?.Key);
    }

    [Fact]
    public async Task A_buyers_wish_to_cancel_has_a_clock_and_is_decided_once()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var numbers = await shop.ReadAsync(db => db.Postings.Where(p => p.Scheme == Scheme.Rfbs && p.Status == "delivering" && p.AvailableActions.Contains("cancel"))
            .OrderBy(p => p.Id).Select(p => p.PostingNumber).Take(2).ToListAsync(Ct));
        foreach (var number in numbers)
            await ozon.ControlAsync("buyer-cancel", new() { ["clientId"] = SandboxHost.ClientId, ["postingNumber"] = number, ["text"] = "Передумал" });
        await shop.Get<OzonSellerCenter.Background.CancellationSync>().PollAsync(shop.StoreId, Ct);
        var open = await shop.ReadAsync(db => db.CancellationRequests.AsNoTracking().Where(r => numbers.Contains(r.PostingNumber)).ToDictionaryAsync(r => r.PostingNumber, Ct));
        Assert.All(numbers, n => Assert.Equal((CancellationState.Open, "Передумал"), (open[n].State, open[n].Message)));
        Assert.Equal(open[numbers[0]].AutoApproveAt, (await ClockAsync(shop, numbers[0], DeadlineKind.CancellationDecision)).DueAt);

        await DoAsync(shop, numbers[0], new ApproveCancellationWish(open[numbers[0]].CancellationId, ""));
        await DoAsync(shop, numbers[1], new RejectCancellationWish(open[numbers[1]].CancellationId, "Посылка уже в пути"));
        await Wait.ForAsync(() => shop.ReadAsync(db => db.CancellationRequests.AllAsync(r => !numbers.Contains(r.PostingNumber) || r.State != CancellationState.Open, Ct)));
        var after = await shop.ReadAsync(db => db.CancellationRequests.AsNoTracking().Where(r => numbers.Contains(r.PostingNumber)).ToDictionaryAsync(r => r.PostingNumber, Ct));
        Assert.Equal((CancellationState.Approved, CancellationState.Rejected), (after[numbers[0]].State, after[numbers[1]].State));
        Assert.Equal(DeadlineState.Met, (await ClockAsync(shop, numbers[1], DeadlineKind.CancellationDecision)).State);
        await Wait.ForAsync(() => shop.ReadAsync(db => db.Postings.AnyAsync(p => p.PostingNumber == numbers[0] && p.Status == "cancelled", Ct)));
    }

    private static Task<string> NumberAsync(LiveShop shop, string action) => shop.ReadAsync(db =>
        db.Postings.Where(p => p.Status == "awaiting_deliver" && p.AvailableActions.Contains(action)).OrderBy(p => p.Id).Select(p => p.PostingNumber).FirstAsync(Ct));

    private static Task<Deadline> ClockAsync(LiveShop shop, string number, DeadlineKind kind)
    {
        var subject = ShipmentClock.SubjectOf(number);
        return shop.ReadAsync(db => db.Deadlines.AsNoTracking().SingleAsync(d => d.Subject == subject && d.Kind == kind, Ct));
    }

    /// <summary>Asks for it and waits until Ozon has done it and the posting is read again.</summary>
    private static async Task DoAsync(LiveShop shop, string number, PostingWish wish)
    {
        var outcome = await shop.Get<ShippingActions>().AskAsync(LiveShop.Agent, number, wish, Guid.NewGuid(), Ct);
        Assert.True(outcome.IsDone, $"{wish}: {outcome.Refusal?.Key}");
        var subject = ShipmentClock.SubjectOf(number);
        await Wait.ForAsync(() => shop.ReadAsync(db => db.OutboundCommands.AllAsync(c => c.Subject != subject || c.State == CommandState.Done || c.State == CommandState.Failed, Ct)), 60);
        var failed = await shop.ReadAsync(db => db.OutboundCommands.AsNoTracking().FirstOrDefaultAsync(c => c.Subject == subject && c.State == CommandState.Failed, Ct));
        Assert.True(failed is null, $"{wish}: {failed?.Error} {failed?.ErrorDetail}");
        await shop.SettleAsync();
    }
}
