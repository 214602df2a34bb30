using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Complaints as the seller is told of them, what the desk says, and what happens when nobody does anything.</summary>
public sealed class ComplaintTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static List<string> Types(JsonNode told) => [.. told["entries"]!.AsArray().Select(e => (string)e!["type"]!)];

    [Fact]
    public async Task The_first_day_has_some_and_each_seller_is_told_his_own()
    {
        var told = await _host.ComplaintsAsync();
        Assert.Equal(["complaint", "complaint", "withholding"], told.Select(c => (string)c["kind"]!).Order());
        Assert.All(told, c => Assert.Equal("open", (string)c["state"]!));
        var foreign = await _host.CallAsync("/extension/v1/complaint/list", new JsonObject { ["limit"] = 100 }, "1000002", "sandbox-key-1000002");
        Assert.Equal("""{"result":[],"last_id":0}""", foreign.Text);
        var id = (long)told[0]["complaint_id"]!;
        var asked = await _host.CallAsync("/extension/v1/complaint/ask", new JsonObject { ["complaint_id"] = id, ["text"] = "?", ["reference"] = "x" }, "1000002", "sandbox-key-1000002");
        Assert.Equal("404/5 COMPLAINT_NOT_FOUND", asked.Refusal);
        Assert.Equal("404/5 COMPLAINT_NOT_FOUND", (await _host.JudgeAsync(999, "seller")).Refusal);
    }

    [Fact]
    public async Task A_complaint_is_told_with_its_pictures_and_what_was_said_page_by_page()
    {
        var posting = await _host.GotAsync(lines: 2);
        var picture = Convert.ToBase64String([1, 2, 3]);
        var id = await _host.ComplainedAsync(posting, "not_as_described", photos: [new JsonObject { ["fileName"] = "a.png", ["base64Content"] = picture }]);
        var told = Assert.Single(await _host.ComplaintsAsync(posting: posting.PostingNumber));
        Assert.Equal(("complaint", "not_as_described", ComplaintCalls.Wrong, "3380.00"), ((string)told["kind"]!, (string)told["topic"]!, (string)told["words"]!, (string)told["amount"]!["amount"]!));
        Assert.Equal((posting.OrderNumber, "RFBS", posting.BuyerId), ((string)told["order_number"]!, (string)told["scheme"]!, (long)told["customer_id"]!));
        using var request = new HttpRequestMessage(HttpMethod.Get, (string)told["photos"]![0]!) { Headers = { { "Client-Id", SandboxHost.ClientId }, { "Api-Key", SandboxHost.Key } } };
        using var answer = await _host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var foreign = new HttpRequestMessage(HttpMethod.Get, (string)told["photos"]![0]!) { Headers = { { "Client-Id", "1000002" }, { "Api-Key", "sandbox-key-1000002" } } };
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync(foreign)).Status);
        await _host.AdvanceAsync("PT1H");
        var at = _host.Get<SandboxData>().Now;
        Assert.Empty(await _host.ComplaintsAsync(since: at));
        await _host.ActOnComplaintAsync(id, "withdraw", "Разобрались");
        Assert.Equal(["withdrawal"], Types(Assert.Single(await _host.ComplaintsAsync(since: at))));
        var first = Assert.Single(await _host.ComplaintsAsync(limit: 1));
        Assert.Equal(3, (await _host.ComplaintsAsync((long)first["complaint_id"]!)).Count);
    }

    [Fact]
    public async Task A_question_comes_once_and_the_answer_is_told()
    {
        var id = await _host.ComplainedAsync(await _host.GotAsync());
        for (var i = 0; i < 2; i++)
            Assert.Equal("""{"result":true}""", (await _host.AskAsync(id, "Пришлите фото", "q1")).Text);
        Assert.Equal("400/3 COMPLAINT_REFERENCE_REUSED", (await _host.AskAsync(id, "Другое", "q1")).Refusal);
        await _host.ActOnComplaintAsync(id, "answer", "Вот фото");
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.ActOnComplaintAsync(id, "answer", "Ещё"));
        var told = await _host.ToldAsync(id);
        Assert.Equal(["question", "answer"], Types(told));
        Assert.Equal("Вот фото", (string)told["entries"]![1]!["text"]!);
        await _host.ActOnComplaintAsync(id, "settle", "Договорились");
        Assert.Equal("400/3 COMPLAINT_NOT_OPEN", (await _host.AskAsync(id, "Ещё?", "q2")).Refusal);
        Assert.Equal("settled", (string)(await _host.ToldAsync(id))["state"]!);
    }

    [Fact]
    public async Task A_decision_comes_once_pays_nobody_and_is_appealed_once()
    {
        var posting = await _host.GotAsync();
        var id = await _host.ComplainedAsync(posting, nature: Complaint.Serial);
        Assert.Equal("400/3 COMPLAINT_AMOUNT_EXCEEDS_PRICE", (await _host.JudgeAsync(id, "buyer", "99999")).Refusal);
        for (var i = 0; i < 2; i++)
            Assert.Equal("""{"result":true}""", (await _host.JudgeAsync(id, "split", "500.50")).Text);
        Assert.Equal("400/3 COMPLAINT_REFERENCE_REUSED", (await _host.JudgeAsync(id, "seller")).Refusal);
        Assert.Equal("400/3 COMPLAINT_ALREADY_DECIDED", (await _host.JudgeAsync(id, "seller", reference: "d2")).Refusal);
        Assert.Empty(await _host.MoneyAsync(posting.PostingNumber));
        var refunded = await _host.RefundAsync(posting.PostingNumber, "dispute-1", "500.50");
        Assert.Equal(HttpStatusCode.OK, refunded.Status);
        await _host.ActOnComplaintAsync(id, "appeal", "Не согласны");
        Assert.Equal("open", (string)(await _host.ToldAsync(id))["state"]!);
        Assert.Equal("""{"result":true}""", (await _host.JudgeAsync(id, "seller", reference: "d2", instance: 2)).Text);
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.ActOnComplaintAsync(id, "appeal", "Снова"));
        var told = await _host.ToldAsync(id);
        Assert.Equal(["decision", "appeal", "decision"], Types(told));
        Assert.Equal(("decided", "seller", 2), ((string)told["state"]!, (string)told["entries"]![2]!["outcome"]!, (int)told["entries"]![2]!["instance"]!));
    }

    [Theory]
    [InlineData("seller", "0", ReturnRequest.Rejected, "Rejected"), InlineData("buyer", "2490", ReturnRequest.Solved, "Approved"), InlineData("split", "700", ReturnRequest.Solved, "Approved")]
    public async Task A_contested_return_is_in_arbitration_until_it_is_decided(string outcome, string amount, string state, string group)
    {
        var posting = await _host.GotAsync();
        var (returnId, id) = await _host.ContestedAsync(posting);
        async Task<string> GroupAsync() => (string)(await _host.CallAsync("/v2/returns/rfbs/list", new JsonObject { ["limit"] = 1, ["filter"] = new JsonObject { ["posting_number"] = posting.PostingNumber } }))
            .Json["returns"]![0]!["state"]!["group_state"]!;
        Assert.Equal("Arbitration", await GroupAsync());
        Assert.Equal(returnId, (long)(await _host.ToldAsync(id))["return_id"]!);
        Assert.Empty(await _host.OpenActionsAsync(returnId));
        Assert.Equal(HttpStatusCode.OK, (await _host.RefundAsync(posting.PostingNumber, "in-arbitration", "100")).Status);
        await _host.JudgeAsync(id, outcome, amount);
        Assert.Equal((state, group), ((await _host.RequestAsync(returnId)).State, await GroupAsync()));
        await _host.AdvanceAsync("P4D");
        Assert.Equal(state, (await _host.RequestAsync(returnId)).State);
        Assert.Single(await _host.MoneyAsync(posting.PostingNumber));
    }

    [Fact]
    public async Task Nobody_deciding_in_three_days_the_buyer_gets_his_money()
    {
        var posting = await _host.GotAsync();
        var (returnId, id) = await _host.ContestedAsync(posting);
        await _host.AdvanceAsync("P2DT23H");
        Assert.Equal("open", (await _host.ComplaintAsync(id)).State);
        await _host.AdvanceAsync("PT1H");
        await Wait.ForAsync(async () => (await _host.ComplaintAsync(id)).State == Complaint.Decided);
        Assert.Equal(ReturnRequest.MoneyReturned, (await _host.RequestAsync(returnId)).State);
        Assert.Equal(posting.Price, Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).Amount);
        Assert.Equal("ozon", (string)(await _host.ToldAsync(id))["entries"]![0]!["by"]!);
        Assert.Equal("400/3 COMPLAINT_ALREADY_DECIDED", (await _host.JudgeAsync(id, "seller")).Refusal);
    }

    [Fact]
    public async Task Taken_back_the_refusal_of_the_return_stands_and_after_five_days_none_is_contested()
    {
        var posting = await _host.GotAsync();
        var (returnId, id) = await _host.ContestedAsync(posting);
        await _host.ActOnComplaintAsync(id, "withdraw");
        Assert.Equal(ReturnRequest.Rejected, (await _host.RequestAsync(returnId)).State);
        var late = await _host.GotAsync();
        await _host.RefusedAsync(late);
        await _host.AdvanceAsync("P5D");
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.ComplainedAsync(late, kind: Complaint.ReturnContested));
    }

    [Fact]
    public async Task What_was_kept_back_went_to_the_buyer_and_comes_back_to_the_seller_who_contests_it()
    {
        var posting = await _host.GotAsync(lines: 2);
        var id = long.Parse((string)(await _host.ControlAsync(
            "withholding", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["postingNumber"] = posting.PostingNumber, ["text"] = "Не хватает" }))["complaintId"]!, null);
        var paid = Assert.Single(await _host.MoneyAsync(posting.PostingNumber));
        Assert.Equal((BuyerRefund.Withholding, posting.Items[0].Price), (paid.Source, paid.Amount));
        Assert.StartsWith("400/3", (await _host.RefundAsync(posting.PostingNumber, "r", "3380")).Refusal, StringComparison.Ordinal);
        await _host.JudgeAsync(id, "seller");
        Assert.Equal(posting.Items[0].Price, (await _host.ComplaintAsync(id)).Compensated);
        Assert.Equal("2490.00", (string)(await _host.ToldAsync(id))["compensated"]!["amount"]!);
    }

    [Fact]
    public async Task Not_contested_in_thirty_days_it_stays_kept_back()
    {
        var id = await _host.ComplainedAsync(await _host.GotAsync(), kind: Complaint.Withholding);
        await _host.AdvanceAsync("P30D");
        await Wait.ForAsync(async () => (await _host.ComplaintAsync(id)).State == Complaint.Lapsed);

        // It was contested in time; the desk took longer.
        Assert.Equal("""{"result":true}""", (await _host.JudgeAsync(id, "split", "100")).Text);
        Assert.Equal(10_000, (await _host.ComplaintAsync(id)).Compensated);
    }

    [Fact]
    public async Task Keys_bad_input_and_a_reset_are_minded()
    {
        foreach (var path in (string[])["list", "ask", "decide"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _host.CallAsync("/extension/v1/complaint/" + path, key: "wrong")).Status);
            Assert.StartsWith("400/3 ", (await _host.CallAsync("/extension/v1/complaint/" + path, new JsonObject { ["limit"] = 101 })).Refusal, StringComparison.Ordinal);
        }
        var posting = await _host.GotAsync();
        var id = await _host.ComplainedAsync(posting);
        Assert.StartsWith("400/3 ", (await _host.JudgeAsync(id, "nobody")).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 ", (await _host.JudgeAsync(id, "split")).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 ", (await _host.JudgeAsync(id, "seller", instance: 3)).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 ", (await _host.JudgeAsync(id, "seller", reasons: " ")).Refusal, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.ComplainedAsync(posting));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await _host.ComplainedAsync(await _host.NewAsync()));
        await _host.ControlAsync("reset");
        Assert.Equal(3, (await _host.ComplaintsAsync()).Count);
    }
}
