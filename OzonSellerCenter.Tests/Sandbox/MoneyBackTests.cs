using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Money that goes back to buyers, however it does: never more for the goods of an order than was paid for them.</summary>
public sealed class MoneyBackTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    /// <summary>Kopecks that went back for the goods of these postings.</summary>
    private Task<long> BackAsync(params string[] numbers) =>
        _host.ReadAsync(db => db.BuyerRefunds.Where(r => numbers.Contains(r.PostingNumber)).Sum(r => r.Amount));

    private Task<Answer> CancelAsync(string number) =>
        _host.CallAsync("/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = number, ["cancel_reason_id"] = 352 });

    [Fact]
    public async Task Many_at_once_under_one_reference_are_one_refund()
    {
        var number = (await _host.GotAsync()).PostingNumber;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.RefundAsync(number, "once", "2490")));
        Assert.Single(await _host.MoneyAsync(number));
    }

    [Theory]
    [InlineData("awaiting_packaging", "cancelled")]
    [InlineData("awaiting_deliver", "cancelled")]
    [InlineData("delivering", "delivering")]
    public async Task What_is_paid_back_whole_is_not_sent_any_more(string status, string after)
    {
        var number = (await _host.NewAsync(status: status)).PostingNumber;
        await _host.RefundAsync(number, "part", "90");
        Assert.Equal(status, (await _host.StateAsync(number)).Status);
        await _host.RefundAsync(number, "rest", "2400");
        Assert.Equal(after, (await _host.StateAsync(number)).Status);
        Assert.Equal(249_000, await BackAsync(number));
    }

    [Fact]
    public async Task A_cancelled_order_pays_back_what_is_left()
    {
        var number = (await _host.NewAsync()).PostingNumber;
        await _host.RefundAsync(number, "part", "90");
        Assert.Equal(HttpStatusCode.OK, (await CancelAsync(number)).Status);
        Assert.Equal(["90.00 SELLER", "2400.00 CANCELLATION"], (await _host.MoneyAsync(number)).Select(r => $"{r.Amount / 100}.00 {r.Source}"));
        Assert.Equal("400/3 POSTING_ALREADY_CANCELLED", (await _host.RefundAsync(number, "more", "1")).Refusal);
    }

    [Fact]
    public async Task Split_shipments_pay_back_no_more_than_the_order_cost()
    {
        var split = await _host.NewAsync(lines: 2);
        Assert.Equal(HttpStatusCode.OK, (await _host.RefundAsync(split.PostingNumber, "c", "3000")).Status);
        await _host.ShipAsync(split, (split.Items[0].Sku, 1), (split.Items[1].Sku, 1));
        var part = split.OrderNumber + "-2";
        Assert.Equal("400/3 REFUND_EXCEEDS_PAID", (await _host.RefundAsync(part, "d", "380.01")).Refusal);
        await CancelAsync(split.PostingNumber);
        await CancelAsync(part);
        Assert.Equal(338_000, await BackAsync(split.PostingNumber, part));
    }

    [Fact]
    public async Task What_the_bank_sends_back_was_not_paid_and_may_be_paid_anew()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        await _host.DoneAsync(id, 2003);
        Assert.Equal(1, (int)(await _host.ControlAsync("return-act", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["returnId"] = id, ["act"] = "fail" }))["failed"]!);
        Assert.Contains("Банк не принял деньги", (await _host.OpenAsync("/returns/" + id)).Text, StringComparison.Ordinal);
        await _host.AdvanceAsync("PT2H");
        Assert.Equal(HttpStatusCode.OK, (await _host.RefundAsync(posting.PostingNumber, "anew", "2490")).Status);
        Assert.Equal(["FAILED", "IN_PROCESS"], (await _host.MoneyAsync(posting.PostingNumber)).Select(r => r.State));
        await _host.ControlAsync("return-act", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["postingNumber"] = posting.PostingNumber, ["act"] = "pay" });
        Assert.Equal(["FAILED", "PAID"], (await _host.MoneyAsync(posting.PostingNumber)).Select(r => r.State));
    }

    [Fact]
    public async Task The_first_shop_never_paid_back_more_than_was_paid()
    {
        var (postings, refunds) = (await _host.ReadAsync(db => db.Postings.ToList()), await _host.ReadAsync(db => db.BuyerRefunds.ToList()));
        var paid = postings.ToDictionary(p => p.PostingNumber, p => p.Paid);
        Assert.All(refunds.GroupBy(r => r.PostingNumber), of => Assert.InRange(of.Sum(r => r.Amount), 0, paid[of.Key]));
    }
}
