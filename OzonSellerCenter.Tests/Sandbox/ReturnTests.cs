using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What a request goes through, who may do what with it, and what happens when nobody does anything.</summary>
public sealed class ReturnTests : IAsyncLifetime
{
    private const string NotAvailable = "400/3 RETURN_ACTION_NOT_AVAILABLE";

    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task AllowsAsync(long id, params long[] actions)
    {
        Assert.Equal(actions, await _host.OpenActionsAsync(id));
        foreach (var refused in ReturnActions.Names.Keys.Append(7).Except(actions))
            Assert.Equal(NotAvailable, (await _host.DecideAsync(id, refused, "1", comment: "Нет", reason: 108)).Refusal);
    }

    [Fact]
    public async Task Each_state_allows_its_own_actions_and_no_others()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        await AllowsAsync(id, ReturnActions.TakeBack, ReturnActions.RefundAndLeave, ReturnActions.Compensate, ReturnActions.Reject);
        await _host.DoneAsync(id, ReturnActions.Compensate, "500");
        await AllowsAsync(id);
        await _host.ActAsync(id, "refuse-offer");
        await AllowsAsync(id, ReturnActions.Compensate, ReturnActions.RefundAndLeave, ReturnActions.TakeBack);
        await _host.DoneAsync(id, ReturnActions.Compensate, "900");
        await _host.ActAsync(id, "refuse-offer");
        await AllowsAsync(id, ReturnActions.RefundAndLeave, ReturnActions.TakeBack);
        await _host.DoneAsync(id, ReturnActions.TakeBack);
        await AllowsAsync(id);
        await _host.ActAsync(id, "send");
        await AllowsAsync(id);
        await _host.ActAsync(id, "arrive");
        await AllowsAsync(id, ReturnActions.Receive);
        await _host.DoneAsync(id, ReturnActions.Receive);
        await AllowsAsync(id, ReturnActions.Refund, ReturnActions.RejectAfterCheck);
        await _host.DoneAsync(id, ReturnActions.Refund, postage: "350");
        await AllowsAsync(id);
        Assert.Equal(ReturnRequest.MoneyReturned, (await _host.RequestAsync(id)).State);
        var money = Assert.Single(await _host.MoneyAsync(posting.PostingNumber));
        Assert.Equal((posting.Items[0].Price, 35_000, "RETURN", id), (money.Amount, money.Postage, money.Source, money.ReturnId));
    }

    [Fact]
    public async Task An_offer_that_is_taken_pays_that_much_and_ends_it()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        await _host.DoneAsync(id, ReturnActions.Compensate, "747.50");
        await _host.ActAsync(id, "accept-offer");
        Assert.Equal(ReturnRequest.CompensationReturned, (await _host.RequestAsync(id)).State);
        var money = Assert.Single(await _host.MoneyAsync(posting.PostingNumber));
        Assert.Equal((74_750, null), (money.Amount, money.PaidAt));
        await _host.ActAsync(id, "pay");
        Assert.NotNull(Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).PaidAt);
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_of_the_list_and_words_and_may_be_followed_by_another_request()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        Assert.StartsWith("400/3 ", (await _host.DecideAsync(id, ReturnActions.Reject, reason: 105)).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 ", (await _host.DecideAsync(id, ReturnActions.Reject, comment: "Нет", reason: 9)).Refusal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _host.DecideAsync(id, ReturnActions.Reject, comment: "Дефекта не видно", reason: 105)).Status);
        Assert.Equal((ReturnRequest.Rejected, "Дефекта не видно"), ((await _host.RequestAsync(id)).State, (await _host.RequestAsync(id)).SellerComment));
        Assert.NotEqual(id, await _host.AskedAsync(posting));
    }

    [Theory]
    [InlineData("0"), InlineData("0.99"), InlineData("-5"), InlineData("2489.01"), InlineData("2490"), InlineData("100.001"), InlineData("x"), InlineData("1e12")]
    public async Task An_offer_is_at_least_a_rouble_and_at_most_a_rouble_below_the_price(string amount)
    {
        var id = await _host.AskedAsync();
        Assert.StartsWith("400/3 ", (await _host.DecideAsync(id, ReturnActions.Compensate, amount)).Refusal, StringComparison.Ordinal);
        Assert.Equal(ReturnRequest.OnApproval, (await _host.RequestAsync(id)).State);
        await _host.DoneAsync(id, ReturnActions.Compensate, "2489");
    }

    [Fact]
    public async Task Foreign_and_unknown_requests_are_missing_and_those_of_Ozons_delivery_are_decided_in_the_cabinet()
    {
        var id = await _host.AskedAsync();
        var own = new JsonObject { ["return_id"] = id, ["id"] = ReturnActions.TakeBack };
        Assert.Equal("404/5 RETURN_NOT_FOUND", (await _host.CallAsync("/v1/returns/rfbs/action/set", own, "1000002", "sandbox-key-1000002")).Refusal);
        Assert.Equal("404/5 RETURN_NOT_FOUND", (await _host.DecideAsync(1, ReturnActions.TakeBack)).Refusal);
        var market = await _host.AskedAsync("FBS");
        Assert.Equal(NotAvailable, (await _host.DecideAsync(market, ReturnActions.RefundAndLeave)).Refusal);
        await _host.ActAsync(market, "cabinet-approve");
        Assert.Equal(ReturnRequest.Approved, (await _host.RequestAsync(market)).State);
        foreach (var (act, state) in ((string, string)[])[("cabinet-reject", ReturnRequest.Rejected), ("cabinet-refund", ReturnRequest.MoneyReturned)])
        {
            var another = await _host.AskedAsync("FBS");
            await _host.ActAsync(another, act);
            Assert.Equal(state, (await _host.RequestAsync(another)).State);
        }
    }

    [Fact]
    public async Task What_the_seller_has_already_is_not_approved_once_more()
    {
        var id = await _host.ReceivedReturnAsync(await _host.GotAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.ActAsync(id, "cabinet-approve"));
        Assert.Equal(ReturnRequest.Received, (await _host.RequestAsync(id)).State);
    }

    [Fact]
    public async Task Only_what_was_delivered_is_given_back_and_once_at_a_time()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.AskedAsync(posting));
        await _host.ActAsync(id, "withdraw");
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.ActAsync(id, "withdraw"));
        var again = await _host.AskedAsync(posting);
        Assert.EndsWith("-R2", (await _host.RequestAsync(again)).Number, StringComparison.Ordinal);
        var undelivered = await _host.NewAsync("RFBS", status: "delivering");
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.AskedAsync(undelivered));
    }

    [Fact]
    public async Task Silence_approves_and_what_is_not_sent_then_lapses()
    {
        var id = await _host.AskedAsync();
        await _host.AdvanceAsync("P2DT23H");
        Assert.Equal(ReturnRequest.OnApproval, (await _host.RequestAsync(id)).State);
        await _host.AdvanceAsync("PT2H");
        await _host.BecomesAsync(id, ReturnRequest.Approved);
        await _host.AdvanceAsync("P4D");
        await _host.BecomesAsync(id, ReturnRequest.Cancelled);
    }

    [Fact]
    public async Task Silence_about_an_offer_goes_back_to_the_seller_and_his_silence_repays_the_cheap_and_calls_back_the_dear()
    {
        var posting = await _host.GotAsync(lines: 2);
        var (dear, cheap) = (await _host.AskedAsync(posting), await _host.AskedAsync(posting, 1));
        foreach (var id in (long[])[dear, cheap])
            await _host.DoneAsync(id, ReturnActions.Compensate, "100");
        await _host.AdvanceAsync("P3DT1M");
        await _host.BecomesAsync(dear, ReturnRequest.AfterOffer);
        await _host.AdvanceAsync("P3DT1M");
        await _host.BecomesAsync(dear, ReturnRequest.Approved);
        await _host.BecomesAsync(cheap, ReturnRequest.MoneyReturned);
        Assert.Equal(posting.Items[1].Price, Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).Amount);
    }

    [Fact]
    public async Task Ozons_own_deliveries_come_back_by_themselves_and_the_money_arrives()
    {
        var posting = await _host.GotAsync("FBS");
        var id = await _host.AskedAsync(posting);
        await _host.AdvanceAsync("P1DT1M");
        await _host.BecomesAsync(id, ReturnRequest.Approved);
        await _host.AdvanceAsync("P2D");
        await _host.BecomesAsync(id, ReturnRequest.Moving);
        await _host.AdvanceAsync("P2D");
        await _host.BecomesAsync(id, ReturnRequest.MoneyReturned);
        await _host.AdvanceAsync("PT1H");
        await Wait.ForAsync(async () => (await _host.MoneyAsync(posting.PostingNumber)).TrueForAll(r => r.State == BuyerRefund.Paid));
    }

    [Fact]
    public async Task What_has_gone_back_already_is_not_repaid_by_silence()
    {
        var posting = await _host.GotAsync("FBS");
        var id = await _host.AskedAsync(posting);
        Assert.Equal(HttpStatusCode.OK, (await _host.RefundAsync(posting.PostingNumber, "a", "2490")).Status);
        await _host.AdvanceAsync("P6D");
        await _host.BecomesAsync(id, ReturnRequest.MoneyReturned);
        Assert.Equal("SELLER", Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).Source);
    }
}
