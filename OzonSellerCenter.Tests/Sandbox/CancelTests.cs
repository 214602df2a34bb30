using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Cancelling, by the seller and by the buyer.</summary>
public sealed class CancelTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task<Answer> CancelAsync(string number, int reason, string? message = null) => _host.CallAsync(
        "/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = number, ["cancel_reason_id"] = reason, ["cancel_reason_message"] = message });

    private Task<Answer> CancelPiecesAsync(string number, long sku, int quantity) => _host.CallAsync("/v2/posting/fbs/product/cancel", new JsonObject
    {
        ["posting_number"] = number,
        ["cancel_reason_id"] = 352,
        ["cancel_reason_message"] = "Нет на складе",
        ["items"] = new JsonArray(new JsonObject { ["sku"] = sku, ["quantity"] = quantity }),
    });

    private async Task<JsonObject> RequestsAsync(string? state = null, long after = 0, int limit = 500, string? number = null) =>
        (await _host.CallAsync("/v2/conditional-cancellation/list", new JsonObject
        {
            ["limit"] = limit,
            ["last_id"] = after,
            ["filters"] = new JsonObject { ["state"] = state, ["posting_number"] = number is null ? null : new JsonArray(number) },
            ["with"] = new JsonObject { ["counter"] = true },
        })).Json.AsObject();

    private async Task<JsonNode> RequestOfAsync(string number) => Assert.Single((await RequestsAsync(number: number))["result"]!.AsArray())!;

    private Task<JsonObject> BuyerCancelsAsync(string number) =>
        _host.ControlAsync("buyer-cancel", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["postingNumber"] = number, ["text"] = "Передумал" });

    [Fact]
    public async Task A_posting_is_cancelled_for_a_reason_that_the_seller_may_give()
    {
        var number = (await _host.NewAsync()).PostingNumber;
        Assert.Equal("400/3 HAS_INCORRECT_CANCEL_REASON", (await CancelAsync(number, 401)).Refusal);
        Assert.Equal("400/3 HAS_INCORRECT_CANCEL_REASON", (await CancelAsync(number, 9)).Refusal);
        Assert.Contains("CancelReasonMessage", (await CancelAsync(number, 402)).Refusal, StringComparison.Ordinal);
        Assert.True((bool)(await CancelAsync(number, 402, "Повредили при упаковке")).Json["result"]!);
        var posting = await _host.PostingAsync(number);
        Assert.Equal(("cancelled", "posting_canceled"), ((string)posting["status"]!, (string)posting["substatus"]!));
        var told = posting["cancellation"]!;
        Assert.Equal((402, "seller", true), ((int)told["cancel_reason_id"]!, (string)told["cancellation_type"]!, (bool)told["affect_cancellation_rating"]!));
        Assert.Equal("400/3 POSTING_ALREADY_CANCELLED", (await CancelAsync(number, 352)).Refusal);
        Assert.Equal("404/5 POSTING_NOT_FOUND", (await CancelAsync("none", 352)).Refusal);
    }

    [Fact]
    public async Task What_is_conditionally_delivered_cannot_be_cancelled()
    {
        var number = (await _host.NewAsync("RFBS", status: "delivering")).PostingNumber;
        Assert.Equal("", (await _host.CallOnAsync("/v2/fbs/posting/delivered", number)).Error());
        Assert.Equal("400/3 HAS_INCORRECT_STATUS", (await CancelAsync(number, 352)).Refusal);
    }

    [Fact]
    public async Task Reasons_are_told_in_general_and_for_postings()
    {
        var all = (await _host.CallAsync("/v2/posting/fbs/cancel-reason/list")).Json["result"]!.AsArray();
        Assert.Equal([352, 400, 402], all.Where(r => (bool)r!["is_available_for_cancellation"]!).Select(r => (int)r!["id"]!));
        Assert.Equal([401, 665, 666, 667], all.Where(r => !(bool)r!["is_available_for_cancellation"]!).Select(r => (int)r!["id"]!));
        var (open, done) = ((await _host.NewAsync()).PostingNumber, (await _host.FindAsync("delivered")).PostingNumber);
        var some = (await _host.CallAsync("/v1/posting/fbs/cancel-reason", new JsonObject { ["related_posting_numbers"] = new JsonArray(open, done) })).Json["result"]!;
        var reasons = some.AsArray().ToDictionary(p => (string)p!["posting_number"]!, p => p!["reasons"]!.AsArray().Count);
        Assert.Equal((3, 0), (reasons[open], reasons[done]));
        var unknown = await _host.CallAsync("/v1/posting/fbs/cancel-reason", new JsonObject { ["related_posting_numbers"] = new JsonArray("none") });
        Assert.Equal("404/5 POSTING_NOT_FOUND", unknown.Refusal);
    }

    [Fact]
    public async Task Some_pieces_are_cancelled_and_the_last_of_them_with_the_posting()
    {
        var posting = await _host.NewAsync(lines: 2);
        var (number, first, second) = (posting.PostingNumber, posting.Items[0].Sku, posting.Items[1].Sku);
        Assert.Equal("400/3 HAS_INCORRECT_PRODUCT_QUANTITY", (await CancelPiecesAsync(number, first, 5)).Refusal);
        Assert.Equal("400/3 UNKNOW_PRODUCT", (await CancelPiecesAsync(number, 5, 1)).Refusal);
        Assert.Equal(number, (string)(await CancelPiecesAsync(number, first, 1)).Json["result"]!);
        var left = await _host.PostingAsync(number);
        Assert.Equal(("awaiting_packaging", second), ((string)left["status"]!, (long)Assert.Single(left["products"]!.AsArray())!["sku"]!));
        await CancelPiecesAsync(number, second, 1);
        Assert.Equal("cancelled", (await _host.StateAsync(number)).Status);
    }

    [Fact]
    public async Task Requests_wait_for_the_seller_from_the_first_day_and_are_paged()
    {
        var all = (await RequestsAsync())["result"]!.AsArray();
        var open = (await RequestsAsync("ON_APPROVAL"))["result"]!.AsArray();
        Assert.Equal((4, 3, 3), (all.Count, open.Count, (int)(await RequestsAsync())["counter"]!));
        Assert.All(open, r => Assert.True((DateTime)r!["cancelled_at"]! < (DateTime)r["auto_approve_date"]!));
        List<long> ids = [];
        long last = 0;
        while ((await RequestsAsync(after: last, limit: 1)) is var page && (long)page["last_id"]! != 0)
            ids.Add(last = (long)page["last_id"]!);
        Assert.Equal(all.Select(r => (long)r!["cancellation_id"]!), ids);
    }

    [Fact]
    public async Task An_approved_request_cancels_the_order_and_a_rejected_one_leaves_it()
    {
        var (kept, gone) = (await _host.NewAsync("RFBS", status: "awaiting_deliver"), await _host.NewAsync("RFBS", status: "delivering"));
        await BuyerCancelsAsync(kept.PostingNumber);
        await BuyerCancelsAsync(gone.PostingNumber);
        Assert.Equal("awaiting_deliver", (await _host.StateAsync(kept.PostingNumber)).Status);
        var (first, second) = ((long)(await RequestOfAsync(kept.PostingNumber))["cancellation_id"]!, (long)(await RequestOfAsync(gone.PostingNumber))["cancellation_id"]!);
        var rejected = await _host.CallAsync("/v2/conditional-cancellation/reject", new JsonObject { ["cancellation_id"] = first, ["comment"] = "Уже в пути" });
        Assert.Equal((HttpStatusCode.OK, ""), (rejected.Status, rejected.Text));
        Assert.Equal(("REJECTED", "Уже в пути"), ((string)(await RequestOfAsync(kept.PostingNumber))["state"]!["state"]!, (string)(await RequestOfAsync(kept.PostingNumber))["approve_comment"]!));
        Assert.Equal("awaiting_deliver", (await _host.StateAsync(kept.PostingNumber)).Status);
        await _host.CallAsync("/v2/conditional-cancellation/approve", new JsonObject { ["cancellation_id"] = second });
        var cancellation = (await _host.PostingAsync(gone.PostingNumber))["cancellation"]!;
        Assert.Equal(("client", false), ((string)cancellation["cancellation_type"]!, (bool)cancellation["affect_cancellation_rating"]!));
        Assert.Equal("400/3 HAS_INCORRECT_STATUS", (await _host.CallAsync("/v2/conditional-cancellation/approve", new JsonObject { ["cancellation_id"] = first })).Refusal);
        Assert.Equal("404/5 CANCELLATION_NOT_FOUND", (await _host.CallAsync("/v2/conditional-cancellation/approve", new JsonObject { ["cancellation_id"] = 99 })).Refusal);
    }

    [Fact]
    public async Task Silence_approves_a_request_at_its_date_and_not_before()
    {
        var number = (await _host.NewAsync("RFBS", status: "awaiting_deliver")).PostingNumber;
        await BuyerCancelsAsync(number);
        await _host.AdvanceAsync("P2DT23H");
        Assert.Equal("ON_APPROVAL", (string)(await RequestOfAsync(number))["state"]!["state"]!);
        await _host.AdvanceAsync("PT2H");
        await Wait.ForAsync(async () => (await _host.StateAsync(number)).Status == "cancelled");
        var request = await RequestOfAsync(number);
        Assert.Equal("APPROVED", (string)request["state"]!["state"]!);
        Assert.Equal((DateTime)request["auto_approve_date"]!, (DateTime)request["approve_date"]!);
    }

    [Fact]
    public async Task A_request_for_what_has_arrived_meanwhile_cancels_nothing()
    {
        var number = (await _host.NewAsync("RFBS", status: "delivering")).PostingNumber;
        await BuyerCancelsAsync(number);
        await _host.CallOnAsync("/v2/fbs/posting/delivered", number);
        var id = (long)(await RequestOfAsync(number))["cancellation_id"]!;
        Assert.Equal("400/3 HAS_INCORRECT_STATUS", (await _host.CallAsync("/v2/conditional-cancellation/approve", new JsonObject { ["cancellation_id"] = id })).Refusal);
        await _host.AdvanceAsync("P4D");
        await Wait.ForAsync(async () => (await _host.StateAsync(number)).Status == "delivered");
        Assert.Equal("REJECTED", (string)(await RequestOfAsync(number))["state"]!["state"]!);
    }

    [Fact]
    public async Task A_buyer_cancels_an_order_of_Ozons_delivery_at_once_and_none_that_he_has()
    {
        var number = (await _host.NewAsync()).PostingNumber;
        await BuyerCancelsAsync(number);
        Assert.Equal("client", (string)(await _host.PostingAsync(number))["cancellation"]!["cancellation_type"]!);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await BuyerCancelsAsync((await _host.FindAsync("delivered")).PostingNumber));
    }

    [Fact]
    public async Task A_request_is_closed_when_the_seller_cancels_by_himself()
    {
        var number = (await _host.NewAsync("RFBS", status: "awaiting_deliver")).PostingNumber;
        await BuyerCancelsAsync(number);
        await CancelAsync(number, 352);
        Assert.Equal("APPROVED", (string)(await RequestOfAsync(number))["state"]!["state"]!);
    }
}
