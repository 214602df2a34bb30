using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Requests of rFBS orders: what the seller may do in each state, what it leads to, and what silence leads to.</summary>
public sealed class RfbsDecisionTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<JsonNode> TellAsync(long id) => (await _host.CallAsync("/v2/returns/rfbs/get", new JsonObject { ["return_id"] = id })).Json["returns"]!;

    /// <summary>Group, state and where the money is, as the list tells them.</summary>
    private async Task<(string Group, string State, string Money)> StandingAsync(long id)
    {
        var list = (await _host.CallAsync("/v2/returns/rfbs/list", new JsonObject { ["limit"] = 1000 })).Json["returns"]!.AsArray();
        var state = list.Single(r => (long)r!["return_id"]! == id)!["state"]!;
        return ((string)state["group_state"]!, (string)state["state"]!, (string)state["money_return_state_name"]!);
    }

    [Fact]
    public async Task A_request_tells_what_the_buyer_said_and_what_may_be_done()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        var told = await TellAsync(id);
        Assert.Matches(@"^\d+-R\d+$", (string)told["return_number"]!);
        Assert.Equal((posting.PostingNumber, posting.OrderNumber, ""), ((string)told["posting_number"]!, (string)told["order_number"]!, (string)told["client_name"]!));
        Assert.Equal((2490, "RUB", posting.Items[0].Sku), ((int)told["product"]!["price"]!, (string)told["product"]!["currency_code"]!, (long)told["product"]!["sku"]!));
        Assert.Equal((4, true), ((int)told["return_reason"]!["id"]!, (bool)told["return_reason"]!["is_defect"]!));
        Assert.Equal((ReturnCalls.Wrong, "На согласовании у продавца"), ((string)told["comment"]!, (string)told["state"]!["state_name"]!));
        Assert.Equal([2001, 2003, 1020, -1], await _host.OpenActionsAsync(id));
        Assert.All(told["available_actions"]!.AsArray(), a => Assert.NotEmpty((string)a!["name"]!));
        Assert.All(told["rejection_reason"]!.AsArray(), r => Assert.True((bool)r!["is_comment_required"]!));
        Assert.Equal(("New", "OnSellerApproval", ""), await StandingAsync(id));
    }

    [Fact]
    public async Task Money_without_the_goods_is_paid_with_the_postage()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        await _host.DoneAsync(id, 2003, postage: "310.5");
        Assert.Equal(("Approved", "MoneyReturned", "Деньги возвращаются"), await StandingAsync(id));
        var list = await _host.CallAsync("/extension/v1/refund/list", new JsonObject { ["posting_numbers"] = new JsonArray(posting.PostingNumber) });
        var refund = Assert.Single(list.Json["result"]!.AsArray())!;
        Assert.Equal(("2490.00", "310.50", "IN_PROCESS", "RETURN", ""), (
            (string)refund["amount"]!["amount"]!, (string)refund["return_shipping"]!["amount"]!, (string)refund["state"]!, (string)refund["source"]!, (string)refund["reference"]!));
        Assert.Empty(await _host.OpenActionsAsync(id));
        Assert.Equal("400/3 RETURN_ACTION_NOT_AVAILABLE", (await _host.DecideAsync(id, 2003)).Refusal);
        await _host.AdvanceAsync("PT61M");
        await Wait.ForAsync(async () => (await StandingAsync(id)).Money == "Деньги возвращены");
    }

    [Fact]
    public async Task Goods_are_called_back_sent_received_and_paid_for()
    {
        var id = await _host.AskedAsync();
        await _host.DoneAsync(id, 2001);
        Assert.Equal(("Delivering", "Approved", ""), await StandingAsync(id));
        Assert.Empty(await _host.OpenActionsAsync(id));
        await _host.ActAsync(id, "send");
        Assert.Equal(("Delivering", "OnWay", ""), await StandingAsync(id));
        Assert.NotEmpty((string)(await TellAsync(id))["ru_post_tracking_number"]!);
        await _host.AdvanceAsync("P2D");
        await _host.BecomesAsync(id, "ArrivedAtWarehouse");
        Assert.Equal([2004], await _host.OpenActionsAsync(id));
        await _host.DoneAsync(id, 2004);
        Assert.Equal(("Checkout", "ReceivedBySeller", ""), await StandingAsync(id));
        Assert.Equal([2005, 1020, -10], await _host.OpenActionsAsync(id));
        await _host.DoneAsync(id, 2005);
        Assert.Equal(("Approved", "MoneyReturned", "Деньги возвращаются"), await StandingAsync(id));
    }

    [Fact]
    public async Task An_offer_for_goods_that_are_back_leads_back_to_them()
    {
        var id = await _host.ReceivedReturnAsync(await _host.GotAsync());
        await _host.DoneAsync(id, 1020, "500");
        await _host.ActAsync(id, "refuse-offer");
        Assert.Equal(("Checkout", "ReceivedBySeller", ""), await StandingAsync(id));
        Assert.Equal([2005, 1020, -10], await _host.OpenActionsAsync(id));
        await _host.DoneAsync(id, 1020, "600");
        await _host.AdvanceAsync("P3D");
        await _host.BecomesAsync(id, "ReceivedBySeller");
        Assert.Equal([2005, -10], await _host.OpenActionsAsync(id));
    }

    [Fact]
    public async Task All_clocks_may_run_out_in_one_leap()
    {
        var id = await _host.AskedAsync();
        await _host.AdvanceAsync("P30D");
        await _host.BecomesAsync(id, "Cancelled");
    }

    [Fact]
    public async Task Pages_groups_and_filters_find_what_they_name()
    {
        var posting = await _host.GotAsync();
        var id = await _host.AskedAsync(posting);
        await _host.DoneAsync(id, 2001);
        Assert.Equal([id], await IdsAsync(new JsonObject { ["posting_number"] = posting.PostingNumber }));
        Assert.Equal([id], await IdsAsync(new JsonObject { ["posting_number"] = posting.PostingNumber, ["group_state"] = new JsonArray("Delivering", "New") }));
        Assert.Empty(await IdsAsync(new JsonObject { ["posting_number"] = posting.PostingNumber, ["group_state"] = new JsonArray("Rejected") }));
        Assert.Empty(await IdsAsync(new JsonObject { ["posting_number"] = posting.PostingNumber, ["created_at"] = new JsonObject { ["to"] = "2020-01-01T00:00:00Z" } }));
        Assert.Contains(id, await IdsAsync(new JsonObject { ["offer_id"] = posting.Items[0].OfferId, ["group_state"] = new JsonArray("All") }));
        List<long> paged = [];
        for (var last = 0L; await IdsAsync([], limit: 3, last) is { Count: > 0 } page; last = page[^1])
            paged.AddRange(page);
        Assert.Equal(await IdsAsync([]), paged);
        Assert.StartsWith("400/3 ", (await _host.CallAsync("/v2/returns/rfbs/list")).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 ", (await _host.CallAsync(
            "/v2/returns/rfbs/list", new JsonObject { ["limit"] = 10, ["filter"] = new JsonObject { ["group_state"] = new JsonArray("Lost") } })).Refusal, StringComparison.Ordinal);
    }

    private async Task<List<long>> IdsAsync(JsonObject filter, int limit = 1000, long last = 0) =>
        [.. (await _host.CallAsync("/v2/returns/rfbs/list", new JsonObject { ["filter"] = filter, ["limit"] = limit, ["last_id"] = last }))
            .Json["returns"]!.AsArray().Select(r => (long)r!["return_id"]!)];

    [Fact]
    public async Task Others_requests_and_methods_that_Ozon_has_taken_away_are_not_there()
    {
        var (id, market) = (await _host.AskedAsync(), await _host.AskedAsync("FBS"));
        var foreign = await _host.CallAsync("/v2/returns/rfbs/get", new JsonObject { ["return_id"] = id }, "1000002", "sandbox-key-1000002");
        Assert.Equal("404/5 RETURN_NOT_FOUND", foreign.Refusal);
        Assert.Equal("404/5 RETURN_NOT_FOUND", (await _host.CallAsync("/v2/returns/rfbs/get", new JsonObject { ["return_id"] = market })).Refusal);
        Assert.Equal("403/7 Api-Key is missing a required role for a method", (await _host.CallAsync(
            "/v2/returns/rfbs/get", new JsonObject { ["return_id"] = id }, key: "sandbox-key-1000001-readonly")).Refusal);
        foreach (var gone in (string[])["reject", "compensate", "verify", "receive-return", "return-money"])
            Assert.Equal(HttpStatusCode.NotFound, (await _host.CallAsync("/v2/returns/rfbs/" + gone, new JsonObject { ["return_id"] = id })).Status);
    }
}
