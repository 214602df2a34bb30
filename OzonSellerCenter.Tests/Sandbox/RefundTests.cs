using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Money that goes back without a request, and goods that come instead of it.</summary>
public sealed class RefundTests : IAsyncLifetime
{
    private const string TooMuch = "400/3 REFUND_EXCEEDS_PAID";
    private const string Reused = "400/3 REFUND_REFERENCE_REUSED";

    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<long> BackAsync(string number) => (await _host.MoneyAsync(number)).Sum(r => r.Amount);

    [Fact]
    public async Task Never_more_than_was_paid_goes_back_and_postage_comes_on_top()
    {
        var number = (await _host.GotAsync()).PostingNumber;
        Assert.Equal(TooMuch, (await _host.RefundAsync(number, "a", "2490.01")).Refusal);
        Assert.Equal("IN_PROCESS", (string)(await _host.RefundAsync(number, "b", "2000", "300")).Json["result"]!["state"]!);
        Assert.Equal(TooMuch, (await _host.RefundAsync(number, "c", "490.01")).Refusal);
        Assert.Equal(HttpStatusCode.OK, (await _host.RefundAsync(number, "d", "490")).Status);
        Assert.Equal(TooMuch, (await _host.RefundAsync(number, "e", "0.01")).Refusal);
        Assert.Equal((249_000, 30_000), (await BackAsync(number), (await _host.MoneyAsync(number)).Sum(r => r.Postage)));
    }

    [Fact]
    public async Task The_same_reference_is_one_refund_and_no_other()
    {
        var number = (await _host.GotAsync()).PostingNumber;
        var first = await _host.RefundAsync(number, "a", "100");
        await _host.AdvanceAsync("PT1H");
        await Wait.ForAsync(async () => (await _host.MoneyAsync(number))[0].PaidAt is not null);
        var second = await _host.RefundAsync(number, "a", "100");
        Assert.Equal((long)first.Json["result"]!["refund_id"]!, (long)second.Json["result"]!["refund_id"]!);
        Assert.Equal("PAID", (string)second.Json["result"]!["state"]!);
        Assert.Equal(Reused, (await _host.RefundAsync(number, "a", "101")).Refusal);
        Assert.Equal(Reused, (await _host.RefundAsync((await _host.GotAsync()).PostingNumber, "a", "100")).Refusal);
        Assert.Equal(10_000, await BackAsync(number));
    }

    [Fact]
    public async Task A_return_and_a_refund_share_what_was_paid()
    {
        var posting = await _host.GotAsync();
        var id = await _host.ReceivedReturnAsync(posting);
        await _host.RefundAsync(posting.PostingNumber, "a", "1");
        Assert.Equal(TooMuch, (await _host.DecideAsync(id, ReturnActions.Refund)).Refusal);
        Assert.Equal((ReturnRequest.Received, 100), ((await _host.RequestAsync(id)).State, await BackAsync(posting.PostingNumber)));
    }

    [Fact]
    public async Task Cancelled_pieces_are_repaid_once_even_when_some_of_it_has_gone_back_before()
    {
        var posting = await _host.NewAsync(lines: 2);
        var number = posting.PostingNumber;
        await _host.RefundAsync(number, "a", "3000");
        var cancelled = await _host.CallAsync("/v2/posting/fbs/product/cancel", new JsonObject
        {
            ["posting_number"] = number,
            ["cancel_reason_id"] = 352,
            ["cancel_reason_message"] = "Нет",
            ["items"] = new JsonArray(new JsonObject { ["sku"] = posting.Items[0].Sku, ["quantity"] = 1 }),
        });
        Assert.Equal(HttpStatusCode.OK, cancelled.Status);
        Assert.Equal(posting.Items.Sum(i => i.Price), await BackAsync(number));
        Assert.Equal(TooMuch, (await _host.RefundAsync(number, "b", "0.01")).Refusal);
    }

    [Fact]
    public async Task What_is_all_repaid_before_it_was_sent_is_cancelled_without_being_repaid_again()
    {
        var posting = await _host.NewAsync();
        await _host.RefundAsync(posting.PostingNumber, "a", "2400");
        Assert.Equal("awaiting_packaging", (await _host.StateAsync(posting.PostingNumber)).Status);
        await _host.RefundAsync(posting.PostingNumber, "b", "90");
        Assert.Equal("cancelled", (await _host.StateAsync(posting.PostingNumber)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.RefundAsync(posting.PostingNumber, "b", "90")).Status);
        Assert.Equal("400/3 POSTING_ALREADY_CANCELLED", (await _host.RefundAsync(posting.PostingNumber, "c", "1")).Refusal);
        Assert.Equal(posting.Items[0].Price, await BackAsync(posting.PostingNumber));
    }

    [Theory]
    [InlineData("0", null, "RUB"), InlineData("-1", null, "RUB"), InlineData("10.001", null, "RUB"), InlineData("x", null, "RUB"), InlineData("1e10", null, "RUB")]
    [InlineData("10", "-1", "RUB"), InlineData("10", "0.001", "RUB"), InlineData("10", null, "USD"), InlineData("10", null, "")]
    public async Task An_odd_sum_is_refused_and_nothing_is_paid(string amount, string? postage, string currency)
    {
        var number = (await _host.GotAsync()).PostingNumber;
        Assert.StartsWith("400/3 ", (await _host.RefundAsync(number, "a", amount, postage, currency)).Refusal, StringComparison.Ordinal);
        Assert.Empty(await _host.MoneyAsync(number));
    }

    [Theory]
    [InlineData("none", "a", 404), InlineData("", "a", 400), InlineData(null, "", 400)]
    public async Task A_refund_names_a_posting_and_a_reference(string? number, string reference, int status) =>
        Assert.Equal(status, (int)(await _host.RefundAsync(number ?? (await _host.GotAsync()).PostingNumber, reference, "1")).Status);

    [Fact]
    public async Task Goods_come_instead_once_for_a_reference_and_are_sent_like_any_other()
    {
        var posting = await _host.GotAsync();
        var asked = await _host.AskedAsync(await _host.GotAsync());
        Assert.Equal("400/3 RETURN_NOT_RECEIVED", (await _host.ExchangeAsync(asked, "x")).Refusal);
        var id = await _host.ReceivedReturnAsync(posting);
        var number = (string)(await _host.ExchangeAsync(id, "x")).Json["result"]!["posting_number"]!;
        Assert.Equal(number, (string)(await _host.ExchangeAsync(id, "x")).Json["result"]!["posting_number"]!);
        Assert.Equal(Reused, (await _host.ExchangeAsync(id, "y")).Refusal);
        Assert.Equal(Reused, (await _host.ExchangeAsync(await _host.ReceivedReturnAsync(await _host.GotAsync()), "x")).Refusal);
        Assert.Equal("404/5 RETURN_NOT_FOUND", (await _host.ExchangeAsync(1, "z")).Refusal);
        Assert.Equal((posting.OrderNumber + "-2", ReturnRequest.Solved), (number, (await _host.RequestAsync(id)).State));
        Assert.Equal(("awaiting_packaging", "posting_created"), await _host.StateAsync(number));
        Assert.Contains("ship", await _host.ActionsAsync(number));
    }

    [Fact]
    public async Task The_money_of_what_came_instead_is_that_of_what_was_bought()
    {
        var posting = await _host.GotAsync();
        var id = await _host.ReceivedReturnAsync(posting);
        var number = (string)(await _host.ExchangeAsync(id, "x")).Json["result"]!["posting_number"]!;
        await _host.RefundAsync(posting.PostingNumber, "a", "490");
        Assert.Equal(TooMuch, (await _host.RefundAsync(number, "b", "2000.01")).Refusal);
        var cancelled = await _host.CallAsync("/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = number, ["cancel_reason_id"] = 352 });
        Assert.Equal(HttpStatusCode.OK, cancelled.Status);
        Assert.Equal(200_000, await BackAsync(number));
        Assert.Equal(TooMuch, (await _host.RefundAsync(posting.PostingNumber, "c", "0.01")).Refusal);
    }
}
