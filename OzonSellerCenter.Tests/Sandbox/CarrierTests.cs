using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What becomes of parcels on Ozon's way, by the sandbox's clock.</summary>
public sealed class CarrierTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    /// <summary>A shipped posting whose number has that fate.</summary>
    private async Task<string> ShippedAsync(ParcelFate fate)
    {
        var seed = _host.Get<SandboxOptions>().Seed;
        var number = Enumerable.Range(1, 500).Select(i => $"0100000000-0000-{i}").First(n => ParcelRoute.FateOf(n, seed) == fate);
        await _host.ShipAsync(await _host.NewAsync(number: number));
        Assert.Equal("awaiting_deliver", (await _host.StateAsync(number)).Status);
        return number;
    }

    private async Task<Posting> ReadAsync(string number)
    {
        await using var db = await _host.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        return db.Postings.Single(p => p.PostingNumber == number);
    }

    [Fact]
    public async Task A_parcel_is_accepted_travels_and_arrives_within_what_was_promised()
    {
        var number = await ShippedAsync(ParcelFate.OnTime);
        var shipBy = (await ReadAsync(number)).ShipBy;
        await _host.AdvanceAsync("P1DT12H");
        await Wait.ForAsync(async () => (await _host.StateAsync(number)).Status == "delivering");
        await _host.AdvanceAsync("P4D");
        await Wait.ForAsync(async () => await _host.StateAsync(number) == ("delivered", "posting_received"));
        var posting = await ReadAsync(number);
        Assert.Equal(shipBy.AddHours(6), posting.HandedOverAt);
        Assert.Equal(shipBy.AddHours(6 + 30 + 12 + 20), posting.DeliveredAt);
        Assert.True(posting.DeliveredAt < posting.DeliveryTo);
        Assert.NotEqual("", posting.TrackingNumber);
    }

    [Fact]
    public async Task A_late_parcel_lies_still_and_arrives_after_the_promise()
    {
        var number = await ShippedAsync(ParcelFate.Late);
        await _host.AdvanceAsync("P7D");
        await Wait.ForAsync(async () => await _host.StateAsync(number) == ("delivering", "posting_on_way_to_city"));
        await _host.AdvanceAsync("P5D");
        await Wait.ForAsync(async () => (await _host.StateAsync(number)).Status == "delivered");
        var posting = await ReadAsync(number);
        Assert.True(posting.DeliveredAt > posting.DeliveryTo);
    }

    [Fact]
    public async Task A_lost_parcel_is_cancelled_by_the_delivery_service_in_the_end()
    {
        var number = await ShippedAsync(ParcelFate.Lost);
        await _host.AdvanceAsync("P14D");
        await Wait.ForAsync(async () => (await _host.StateAsync(number)).Status == "cancelled");
        var cancellation = (await _host.PostingAsync(number))["cancellation"]!;
        Assert.Equal((667, "delivery", true), ((int)cancellation["cancel_reason_id"]!, (string)cancellation["cancellation_type"]!, (bool)cancellation["cancelled_after_ship"]!));
        Assert.False((bool)cancellation["affect_cancellation_rating"]!);
    }

    [Fact]
    public void A_few_are_late_fewer_are_lost_and_always_the_same_ones()
    {
        string[] numbers = [.. Enumerable.Range(0, 4000).Select(i => $"0{100_000_000 + (i * 7919)}-{i % 60:0000}-1")];
        var fates = numbers.Select(n => ParcelRoute.FateOf(n, 2026)).ToList();
        Assert.InRange(fates.Count(f => f == ParcelFate.Late), 300, 500);
        Assert.InRange(fates.Count(f => f == ParcelFate.Lost), 130, 270);
        Assert.Equal(fates, numbers.Select(n => ParcelRoute.FateOf(n, 2026)));
        Assert.NotEqual(fates, numbers.Select(n => ParcelRoute.FateOf(n, 7)));
    }

    [Fact]
    public async Task Parcels_that_nobody_has_shipped_here_stay_where_they_are()
    {
        var number = (await _host.FindAsync("awaiting_deliver")).PostingNumber;
        var before = await _host.StateAsync(number);
        var shipped = await ShippedAsync(ParcelFate.OnTime);
        await _host.AdvanceAsync("P9D");
        await Wait.ForAsync(async () => (await _host.StateAsync(shipped)).Status == "delivered");
        Assert.Equal(before, await _host.StateAsync(number));
    }
}
