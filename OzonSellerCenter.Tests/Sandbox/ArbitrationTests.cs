using System.Net;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Parcels that were handed over and never scanned, by the sandbox's clock.</summary>
public sealed class ArbitrationTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    /// <summary>In arbitration, with that end ahead.</summary>
    private async Task<Posting> DisputedAsync(ParcelFate fate)
    {
        var seed = _host.Get<SandboxOptions>().Seed;
        var number = Enumerable.Range(1, 500).Select(i => $"0100000000-0000-{i}").First(n => ParcelRoute.FateOf(n, seed) == fate);
        var posting = await _host.NewAsync(number: number);
        await _host.ShipAsync(posting);
        Assert.Contains(PostingActions.Arbitration, await _host.ActionsAsync(number));
        Assert.Equal("""{"result":true}""", (await _host.CallOnAsync("/v2/posting/fbs/arbitration", number)).Text);
        Assert.Equal(("arbitration", "posting_in_arbitration"), await _host.StateAsync(number));
        return posting;
    }

    [Fact]
    public async Task Found_it_goes_on()
    {
        var posting = await DisputedAsync(ParcelFate.OnTime);
        Assert.Contains(PostingActions.AwaitingDelivery, await _host.ActionsAsync(posting.PostingNumber));
        await _host.AdvanceAsync("P1DT23H");
        Assert.Equal("arbitration", (await _host.StateAsync(posting.PostingNumber)).Status);
        await _host.AdvanceAsync("PT1H");
        await Wait.ForAsync(async () => await _host.StateAsync(posting.PostingNumber) == ("delivering", "posting_on_way_to_city"));
        Assert.NotEqual("", await _host.ReadAsync(db => db.Postings.Single(p => p.PostingNumber == posting.PostingNumber).TrackingNumber));
        await _host.AdvanceAsync("P4D");
        await Wait.ForAsync(async () => (await _host.StateAsync(posting.PostingNumber)).Status == "delivered");
    }

    [Fact]
    public async Task Lost_the_delivery_service_answers_for_it_and_the_buyer_has_his_money()
    {
        var posting = await DisputedAsync(ParcelFate.Lost);
        await _host.AdvanceAsync("P2D");
        await Wait.ForAsync(async () => (await _host.StateAsync(posting.PostingNumber)).Status == "cancelled");
        Assert.Equal("delivery", await _host.ReadAsync(db => db.Postings.Single(p => p.PostingNumber == posting.PostingNumber).CancelledBy));
        Assert.Equal(posting.Price, Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).Amount);
    }

    [Fact]
    public async Task Taken_back_to_shipment_the_search_ends()
    {
        var posting = await DisputedAsync(ParcelFate.Lost);
        Assert.Equal(HttpStatusCode.OK, (await _host.CallOnAsync("/v2/posting/fbs/awaiting-delivery", posting.PostingNumber)).Status);
        await _host.AdvanceAsync("P3D");
        await Wait.ForAsync(async () => (await _host.StateAsync(posting.PostingNumber)).Status == "delivering");
    }

    [Fact]
    public async Task Not_scanned_at_the_sorting_centre_it_is_offered_too_and_the_first_days_disputes_end()
    {
        var missing = await _host.FindAsync("not_accepted");
        Assert.Contains(PostingActions.Arbitration, await _host.ActionsAsync(missing.PostingNumber));
        Assert.Equal(HttpStatusCode.OK, (await _host.CallOnAsync("/v2/posting/fbs/arbitration", missing.PostingNumber)).Status);
        await _host.AdvanceAsync("P2DT1H");
        await Wait.ForAsync(async () => !await _host.ReadAsync(db => db.Postings.Any(p => p.Status == "arbitration" || p.Status == "client_arbitration")));
    }
}
