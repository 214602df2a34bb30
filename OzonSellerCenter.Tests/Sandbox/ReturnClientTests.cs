using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The app's client and the sandbox speak the same language about returns and money.</summary>
public sealed class ReturnClientTests : IAsyncLifetime
{
    private static readonly OzonAccount Account = new(SandboxHost.ClientId, SandboxHost.Key);

    private SandboxHost _host = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        var services = new ServiceCollection().AddLogging();
        services.AddOzon(new ConfigurationBuilder().AddInMemoryCollection([new("Ozon:BaseAddress", _host.Address + "/sandbox/ozon")]).Build());
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private OzonApi Api => _services.GetRequiredService<OzonApi>();

    private async Task<OzonRfbsReturnDetails> ReadAsync(long id) => (await Api.RfbsReturnAsync(Account, new RfbsReturnRequest { ReturnId = id }, Stop)).Value!.Returns!;

    [Fact]
    public async Task Requests_are_read_page_by_page_and_decided()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        List<OzonRfbsReturn> read = [];
        await foreach (var page in Api.RfbsReturnPagesAsync(Account, new RfbsReturnListRequest { Limit = 7 }, Stop))
            read.AddRange(page.Value!.Returns);
        Assert.Equal(await _host.ReadAsync(db => db.Returns.Where(r => r.ClientId == 1000001 && r.Scheme == "RFBS").OrderBy(r => r.Id).Select(r => r.Id).ToList()), read.Select(r => r.ReturnId));
        Assert.Equal((posting.PostingNumber, "New", ReturnRequest.OnApproval, 2490m), (read[^1].PostingNumber, read[^1].State!.GroupState, read[^1].State!.State, read[^1].Product!.Price));

        var told = await ReadAsync(id);
        Assert.Equal((ReturnCalls.Wrong, true, 8), (told.Comment, told.ReturnReason!.IsDefect, told.RejectionReason.Count));
        Assert.Contains(told.AvailableActions, a => a.Id == OzonReturnAction.Compensate);
        Assert.True((await Api.ActOnReturnAsync(Account, new RfbsReturnAction { ReturnId = id, Id = OzonReturnAction.Compensate, CompensationAmount = 500.5m }, Stop)).IsOk);
        Assert.Equal(50_050, (await _host.RequestAsync(id)).Offer);
        Assert.Empty((await ReadAsync(id)).AvailableActions);
        var late = await Api.ActOnReturnAsync(Account, new RfbsReturnAction { ReturnId = id, Id = ReturnActions.TakeBack }, Stop);
        Assert.Equal("RETURN_ACTION_NOT_AVAILABLE", late.Error!.Message);
        var missing = await Api.RfbsReturnAsync(Account, new RfbsReturnRequest { ReturnId = 1 }, Stop);
        Assert.Equal(OzonErrorKind.NotFound, missing.Error!.Kind);
    }

    [Fact]
    public async Task Returns_of_Ozons_delivery_are_read_page_by_page()
    {
        List<OzonMarketReturn> read = [];
        await foreach (var page in Api.MarketReturnPagesAsync(Account, new MarketReturnListRequest { Limit = 6 }, Stop))
            read.AddRange(page.Value!.Returns);
        Assert.Equal(await _host.ReadAsync(db => db.Returns.Where(r => r.ClientId == 1000001 && r.Scheme != "RFBS").OrderBy(r => r.Id).Select(r => r.Id).ToList()), read.Select(r => r.Id));
    }

    [Fact]
    public async Task Money_goes_back_once_and_is_told_until_it_has_arrived()
    {
        var number = (await _host.GotAsync()).PostingNumber;
        var wish = new RefundCreateRequest
        {
            PostingNumber = number,
            Reference = "r-1",
            Amount = OzonMoney.OfMinorUnits(150_050, "RUB"),
            ReturnShipping = OzonMoney.OfMinorUnits(30_000, "RUB"),
            ReasonCode = "GOODWILL",
        };
        await _host.ControlAsync("faults", new() { ["kind"] = "drop-response", ["rate"] = 1 });
        Assert.True((await Api.CreateRefundAsync(Account, wish, Stop)).Error!.MayHaveActed);
        await _host.ControlAsync("faults", new() { ["kind"] = "none" });
        var made = (await Api.CreateRefundAsync(Account, wish, Stop)).Value!.Result!;
        var told = Assert.Single((await Api.RefundListAsync(Account, new RefundListRequest { PostingNumbers = [number] }, Stop)).Value!.Result);
        Assert.Equal((made.RefundId, "r-1", "IN_PROCESS", "SELLER", 150_050, 30_000), (told.RefundId, told.Reference, told.State, told.Source, told.Amount!.MinorUnits, told.ReturnShipping!.MinorUnits));
        Assert.Null(told.PaidAt);
        await _host.AdvanceAsync("PT1H");
        await Wait.ForAsync(async () => (await Api.RefundListAsync(Account, new RefundListRequest { PostingNumbers = [number] }, Stop)).Value!.Result[0] is { State: "PAID", PaidAt: not null });
        Assert.Equal("REFUND_EXCEEDS_PAID", (await Api.CreateRefundAsync(Account, wish with { Reference = "r-2" }, Stop)).Error!.Message);
    }

    [Fact]
    public async Task An_exchange_answers_with_the_posting_that_comes_instead()
    {
        var posting = await _host.GotAsync();
        var wish = new ExchangeCreateRequest { ReturnId = await _host.ReceivedReturnAsync(posting), Reference = "x-1" };
        var made = (await Api.CreateExchangeAsync(Account, wish, Stop)).Value!.Result!.PostingNumber;
        Assert.Equal(made, (await Api.CreateExchangeAsync(Account, wish, Stop)).Value!.Result!.PostingNumber);
        Assert.Equal(posting.OrderNumber + "-2", made);
        Assert.Equal("Solved", (await ReadAsync(wish.ReturnId)).State!.State);
    }
}
