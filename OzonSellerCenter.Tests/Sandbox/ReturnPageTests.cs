using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The buyer's way through a return with a browser that runs no scripts.</summary>
public sealed class ReturnPageTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static (string, string)[] Form(Posting posting, string quantity = "1", string reason = "4", string comment = "Не включается") =>
        [("item", posting.Items[0].Sku.ToString(null as IFormatProvider)), ("quantity", quantity), ("reason", reason), ("comment", comment)];

    private async Task<(string Page, long Id)> AskedAsync(Posting posting)
    {
        var asked = await _host.FillInAsync($"/orders/{posting.PostingNumber}/return", Form(posting));
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        Assert.StartsWith("/sandbox/shop/returns/", asked.Location, StringComparison.Ordinal);
        var id = asked.Location.Split('/')[^1];
        return ("/returns/" + id, long.Parse(id, null));
    }

    private async Task DoAsync(string path, params (string, string)[] fields) => Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync(path, fields)).Status);

    private static string State(string page) => Regex.Match(page, "data-testid=\"return-state\">([^<]*)<").Groups[1].Value;

    [Fact]
    public async Task What_is_not_delivered_has_no_form_and_what_is_has_one_until_it_was_asked_for()
    {
        var under = await _host.NewAsync("RFBS", status: "delivering");
        Assert.DoesNotContain("return-open", (await _host.OpenAsync("/orders/" + under.PostingNumber)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/orders/{under.PostingNumber}/return", Form(under))).Status);
        var posting = await _host.GotAsync();
        Assert.Contains("return-open", (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text, StringComparison.Ordinal);
        var (page, id) = await AskedAsync(posting);
        var order = (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text;
        Assert.DoesNotContain("return-open", order, StringComparison.Ordinal);
        Assert.Contains("/sandbox/shop" + page, order, StringComparison.Ordinal);
        Assert.Equal(("/returns/" + id, 1), ((await AskedAsync(posting)).Page, await _host.ReadAsync(db => db.Returns.Count(r => r.PostingNumber == posting.PostingNumber))));
    }

    [Theory]
    [InlineData("0", "4", "Плохо"), InlineData("2", "4", "Плохо"), InlineData("x", "4", "Плохо"), InlineData("1", "99", "Плохо"), InlineData("1", "4", "  ")]
    public async Task A_form_with_a_mistake_comes_back_open_with_what_was_typed(string quantity, string reason, string comment)
    {
        var posting = await _host.GotAsync();
        var answer = await _host.FillInAsync($"/orders/{posting.PostingNumber}/return", Form(posting, quantity, reason, comment));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("role=\"alert\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<details open>", answer.Text, StringComparison.Ordinal);
        Assert.Contains(comment.Trim(), answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _host.ReadAsync(db => db.Returns.Count(r => r.PostingNumber == posting.PostingNumber)));
        var words = await _host.FillInAsync($"/orders/{posting.PostingNumber}/return", Form(posting, comment: new string('я', 1001)));
        Assert.Contains("role=\"alert\"", words.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_is_refused_or_taken_and_a_second_click_is_no_fault()
    {
        var (page, id) = await AskedAsync(await _host.GotAsync());
        await _host.DoneAsync(id, ReturnActions.Compensate, "500");
        var offered = (await _host.OpenAsync(page)).Text;
        Assert.Contains("return-offer", offered, StringComparison.Ordinal);
        Assert.Contains("500\u00a0₽", offered, StringComparison.Ordinal);
        await DoAsync(page + "/refuse");
        await DoAsync(page + "/refuse");
        await _host.DoneAsync(id, ReturnActions.Compensate, "900");
        await DoAsync(page + "/accept");
        await DoAsync(page + "/accept");
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync(page + "/refuse")).Status);
        var paid = (await _host.OpenAsync(page)).Text;
        Assert.Contains("Часть денег возвращена", State(paid), StringComparison.Ordinal);
        Assert.Single(Regex.Matches(paid, "refund-row"));
        Assert.Contains("Деньги в пути", paid, StringComparison.Ordinal);
        await _host.ActAsync(id, "pay");
        Assert.Contains("Деньги поступили", (await _host.OpenAsync(page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_goods_are_sent_with_a_number_and_what_it_cost_and_the_money_comes_back_with_the_postage()
    {
        var posting = await _host.GotAsync();
        var (page, id) = await AskedAsync(posting);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync(page + "/send", ("track", "80081"))).Status);
        await _host.DoneAsync(id, ReturnActions.TakeBack);
        Assert.Contains("return-track", (await _host.OpenAsync(page)).Text, StringComparison.Ordinal);
        foreach (var (track, postage) in ((string, string)[])[("", ""), ("80081", "-1"), ("80081", "1,005"), ("80081", "20000"), ("80081", "много")])
            Assert.Contains("role=\"alert\"", (await _host.FillInAsync(page + "/send", ("track", track), ("postage", postage))).Text, StringComparison.Ordinal);
        await DoAsync(page + "/send", ("track", "80081"), ("postage", "349,50"));
        await DoAsync(page + "/send", ("track", "80081"), ("postage", "349,50"));
        Assert.Equal(("80081", 34_950), ((await _host.RequestAsync(id)).TrackingNumber, (await _host.RequestAsync(id)).Postage));
        Assert.DoesNotContain("return-withdraw", (await _host.OpenAsync(page)).Text, StringComparison.Ordinal);
        await _host.ActAsync(id, "arrive");
        await _host.DoneAsync(id, ReturnActions.Receive);
        await _host.DoneAsync(id, ReturnActions.Refund, postage: "349.50");
        var order = (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text;
        Assert.Contains("2\u00a0839,50\u00a0₽", order, StringComparison.Ordinal);
        Assert.Contains("all-refunded", order, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_withdrawn_or_rejected_and_the_buyer_reads_why()
    {
        var posting = await _host.GotAsync();
        var (page, _) = await AskedAsync(posting);
        await DoAsync(page + "/withdraw");
        Assert.Equal("Заявка закрыта", State((await _host.OpenAsync(page)).Text));
        var (second, id) = await AskedAsync(posting);
        await _host.DecideAsync(id, ReturnActions.Reject, comment: "<b>На фото нет дефекта</b>", reason: 105);
        using var raw = await _host.Http.GetAsync(new Uri("/sandbox/shop" + second, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("&lt;b&gt;На фото нет дефекта", await raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.OpenAsync("/returns/1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.FillInAsync("/returns/1/accept")).Status);
    }

    [Fact]
    public async Task Photos_are_shown_to_the_buyer_and_to_the_seller_with_his_key_alone()
    {
        var photo = new JsonArray(new JsonObject { ["fileName"] = "a.png", ["base64Content"] = "AQID" });
        var id = await _host.AskedAsync(await _host.GotAsync(), photos: photo);
        var told = (await _host.CallAsync("/v2/returns/rfbs/get", new JsonObject { ["return_id"] = id })).Json["returns"]!["client_photo"]!.AsArray();
        var path = ((string)told[0]!)[((string)told[0]!).IndexOf("/v2/", StringComparison.Ordinal)..];
        async Task<byte[]?> FetchAsync(string address, string clientId, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Client-Id", clientId }, { "Api-Key", key } } };
            using var response = await _host.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken) : null;
        }

        Assert.Equal([1, 2, 3], await FetchAsync("/sandbox/ozon" + path, SandboxHost.ClientId, SandboxHost.Key));
        Assert.Null(await FetchAsync("/sandbox/ozon" + path, "1000002", "sandbox-key-1000002"));
        Assert.Equal([1, 2, 3], await FetchAsync("/sandbox/shop/return-photos/" + path.Split('/')[^1], "", ""));
        Assert.Equal(HttpStatusCode.NotFound, (await _host.OpenAsync("/return-photos/none.png")).Status);
    }

    [Fact]
    public async Task What_comes_instead_says_so_and_is_linked_from_the_request()
    {
        var posting = await _host.GotAsync();
        var id = await _host.ReceivedReturnAsync(posting);
        var number = (string)(await _host.ExchangeAsync(id, "x")).Json["result"]!["posting_number"]!;
        var page = (await _host.OpenAsync("/returns/" + id)).Text;
        Assert.Matches($"data-testid=\"exchange-link\" href=\"/sandbox/shop/orders/{number}\"", page);
        var order = (await _host.OpenAsync("/orders/" + number)).Text;
        Assert.Contains("exchange-note", order, StringComparison.Ordinal);
        Assert.Contains("платить не нужно", order, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buyer-return", "{\"clientId\":1000001,\"postingNumber\":\"none\",\"text\":\"a\"}", 404)]
    [InlineData("buyer-return", "{\"clientId\":1000001,\"postingNumber\":\"none\"}", 400)]
    [InlineData("buyer-return", "{\"clientId\":1000001,\"postingNumber\":\"none\",\"text\":\"a\",\"reasonId\":99}", 400)]
    [InlineData("buyer-return", "{\"clientId\":1000001,\"text\":\"a\",\"photos\":[{\"fileName\":\"a.png\",\"base64Content\":\"@\"}]}", 400)]
    [InlineData("buyer-return", "{\"clientId\":1000001,\"text\":\"a\",\"photos\":[{\"fileName\":\"a.exe\",\"base64Content\":\"AQID\"}]}", 400)]
    [InlineData("return-act", "{\"clientId\":1000001,\"returnId\":1,\"act\":\"arrive\"}", 404)]
    [InlineData("return-act", "{\"clientId\":1000001,\"returnId\":1,\"act\":\"dance\"}", 400)]
    [InlineData("return-act", "{\"clientId\":1000001,\"act\":\"arrive\"}", 400)]
    [InlineData("return-act", "{\"clientId\":1000001,\"act\":\"pay\"}", 400)]
    public async Task A_command_that_cannot_be_done_is_refused_with_a_reason(string command, string body, int status)
    {
        using var content = new StringContent(body);
        using var response = await _host.Http.PostAsync(new Uri("/sandbox/control/" + command, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!);
    }

    [Fact]
    public async Task The_bank_pays_all_of_a_posting_at_once()
    {
        var number = (await _host.GotAsync()).PostingNumber;
        foreach (var reference in (string[])["a", "b"])
            await _host.RefundAsync(number, reference, "10");
        var paid = await _host.ControlAsync("return-act", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["postingNumber"] = number, ["act"] = "pay" });
        Assert.Equal(2, (int)paid["paid"]!);
        Assert.All(await _host.MoneyAsync(number), r => Assert.Equal(BuyerRefund.Paid, r.State));
    }
}
