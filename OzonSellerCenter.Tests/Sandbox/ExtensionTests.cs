using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox.Shop;
using UglyToad.PdfPig;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What the sandbox offers beyond Ozon's API: orders that nobody has paid yet, and another address.</summary>
public sealed class ExtensionTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<JsonArray> UnpaidAsync(long after = 0, int limit = 500) =>
        (await _host.CallAsync("/extension/v1/unpaid-order/list", new JsonObject { ["limit"] = limit, ["last_id"] = after })).Json["result"]!.AsArray();

    private Task<Answer> RemindAsync(string number, string text = "Оплатите, пожалуйста") =>
        _host.CallAsync("/extension/v1/unpaid-order/remind", new JsonObject { ["order_number"] = number, ["text"] = text });

    private Task<Answer> ReaddressAsync(string number, string address = "ул. Новая, д. 2") =>
        _host.CallAsync("/extension/v1/posting/address/change", new JsonObject { ["posting_number"] = number, ["address"] = address });

    private async Task<JsonNode> AddressAsync(string number) =>
        (await _host.CallAsync("/extension/v1/posting/address/get", new JsonObject { ["posting_number"] = number })).Json["result"]!;

    [Fact]
    public async Task What_is_to_be_paid_later_is_told_and_is_no_posting()
    {
        await _host.BuyAsync();
        var number = await _host.BuyAsync(("payment", "later"), ("coupon", "ПРИВЕТ10"));
        var told = Assert.Single(await UnpaidAsync())!;
        var order = await _host.OrderAsync(number);
        Assert.Equal((number, "Дмитрий Лавров"), ((string)told["order_number"]!, (string)told["buyer_name"]!));
        Assert.Equal(("2390.00", "RUB"), ((string)told["total"]!["amount"]!, (string)told["total"]!["currency"]!));
        Assert.Equal((Shopping.Kettle, 1, "2490.00"), ((long)told["items"]![0]!["sku"]!, (int)told["items"]![0]!["quantity"]!, (string)told["items"]![0]!["price"]!["amount"]!));
        Assert.Equal(TimeSpan.FromHours(48), (DateTime)told["expires_at"]! - (DateTime)told["created_at"]!);
        Assert.Null(told["reminded_at"]);
        Assert.False(await _host.ReadAsync(db => db.Postings.Any(p => p.OrderNumber == number)));
        Assert.Contains("Ждёт оплаты", (await _host.OpenAsync("/orders/" + number)).Text, StringComparison.Ordinal);
        Assert.Equal("2390.00", (order.Total / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_tells_each_seller_his_own()
    {
        var first = await _host.BuyAsync(("payment", "later"));
        var second = await _host.BuyAsync(("payment", "later"));
        var page = (await _host.CallAsync("/extension/v1/unpaid-order/list", new JsonObject { ["limit"] = 1 })).Json;
        Assert.Equal(first, (string)Assert.Single(page["result"]!.AsArray())!["order_number"]!);
        Assert.Equal(second, (string)Assert.Single(await UnpaidAsync((long)page["last_id"]!, 1))!["order_number"]!);
        var foreign = await _host.CallAsync("/extension/v1/unpaid-order/list", new JsonObject { ["limit"] = 500 }, "1000002", "sandbox-key-1000002");
        Assert.Equal("""{"result":[],"last_id":0}""", foreign.Text);
        var reminded = await _host.CallAsync(
            "/extension/v1/unpaid-order/remind", new JsonObject { ["order_number"] = first, ["text"] = "?" }, "1000002", "sandbox-key-1000002");
        Assert.Equal("404/5 UNPAID_ORDER_NOT_FOUND", reminded.Refusal);
    }

    [Fact]
    public async Task A_buyer_is_reminded_once_and_reads_it_on_his_order()
    {
        var number = await _host.BuyAsync(("payment", "later"));
        foreach (var wrong in (string[])["", "  ", new string('я', 1001)])
            Assert.StartsWith("400/3 Request validation error", (await RemindAsync(number, wrong)).Refusal, StringComparison.Ordinal);
        Assert.Equal("""{"result":true}""", (await RemindAsync(number, "Ваш <чайник> ждёт")).Text);
        Assert.Equal("400/3 BUYER_ALREADY_REMINDED", (await RemindAsync(number, "Ещё раз")).Refusal);
        Assert.NotNull(Assert.Single(await UnpaidAsync())!["reminded_at"]);
        var page = await _host.Http.GetStringAsync(new Uri("/sandbox/shop/orders/" + number, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Ваш &lt;чайник&gt; ждёт", page, StringComparison.Ordinal);
        Assert.Equal("404/5 UNPAID_ORDER_NOT_FOUND", (await RemindAsync("none")).Refusal);
    }

    [Fact]
    public async Task Paying_makes_the_posting_at_that_moment_and_twice_is_once()
    {
        var number = await _host.BuyAsync(("payment", "later"));
        await _host.AdvanceAsync("PT20H");
        Assert.Contains("pay-payment-problem", (await _host.FillInAsync($"/orders/{number}/pay", ("payment", "later"))).Text, StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _host.FillInAsync($"/orders/{number}/pay", ("payment", "wallet"))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.Status));
        var order = await _host.OrderAsync(number);
        var posting = Assert.Single(await _host.ReadAsync(db => db.Postings.Where(p => p.OrderNumber == number).ToList()));
        Assert.Equal((order.PaidAt, "wallet"), (posting.InProcessAt, order.Payment));
        Assert.True(posting.InProcessAt >= order.CreatedAt.AddHours(20));
        Assert.Equal($"/sandbox/shop/orders/{number}-1", (await _host.OpenAsync("/orders/" + number)).Location);
        Assert.Empty(await UnpaidAsync());
        Assert.Equal("400/3 ORDER_ALREADY_PAID", (await RemindAsync(number)).Refusal);
    }

    [Fact]
    public async Task What_nobody_pays_in_48_hours_is_cancelled_by_itself_and_the_points_come_back()
    {
        var number = await _host.BuyAsync(("payment", "later"), ("points", "300"));
        await _host.AdvanceAsync("PT47H59M");
        Assert.Single(await UnpaidAsync());
        await _host.AdvanceAsync("PT1M");
        await Wait.ForAsync(async () => (await _host.OrderAsync(number)).CancelledAt is not null);
        var order = await _host.OrderAsync(number);
        Assert.Equal(order.ExpiresAt, order.CancelledAt);
        Assert.Equal(500, await _host.ReadAsync(db => db.Buyers.Single(b => b.Id == order.BuyerId).Points));
        Assert.Empty(await UnpaidAsync());
        Assert.Equal("400/3 ORDER_ALREADY_CANCELLED", (await RemindAsync(number)).Refusal);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/orders/{number}/pay", ("payment", "card"))).Status);
        Assert.Contains("не оплачен вовремя", (await _host.OpenAsync("/orders/" + number)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_may_think_better_of_it_before_he_pays()
    {
        var number = await _host.BuyAsync(("payment", "later"), ("points", "300"));
        Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync($"/orders/{number}/cancel")).Status);
        await _host.FillInAsync($"/orders/{number}/cancel");
        Assert.Empty(await UnpaidAsync());
        Assert.Equal(500, await _host.ReadAsync(db => db.Buyers.Single(b => b.Id == 115568).Points));
    }

    [Theory]
    [InlineData("awaiting_packaging")]
    [InlineData("awaiting_deliver")]
    public async Task An_address_is_changed_once_and_the_buyer_sees_it(string status)
    {
        var posting = await _host.NewAsync("RFBS", status: status);
        var before = await AddressAsync(posting.PostingNumber);
        Assert.Equal((posting.Address, 1, true), ((string)before["address"]!, (int)before["remaining_changes_count"]!, (bool)before["label_valid"]!));
        Assert.StartsWith("400/3 Request validation error", (await ReaddressAsync(posting.PostingNumber, " ")).Refusal, StringComparison.Ordinal);
        Assert.Equal("""{"result":true}""", (await ReaddressAsync(posting.PostingNumber)).Text);
        Assert.Equal("400/3 ADDRESS_ALREADY_CHANGED", (await ReaddressAsync(posting.PostingNumber, "ул. Третья, д. 3")).Refusal);
        var after = await AddressAsync(posting.PostingNumber);
        Assert.Equal(("ул. Новая, д. 2", 0, false), ((string)after["address"]!, (int)after["remaining_changes_count"]!, (bool)after["label_valid"]!));
        Assert.NotNull(after["changed_at"]);
        Assert.Equal("ул. Новая, д. 2", (string)(await _host.PostingAsync(posting.PostingNumber))["customer"]!["address"]!["address_tail"]!);
        var page = (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text;
        Assert.Contains("ул. Новая, д. 2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ask-address", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_or_of_what_is_not_the_sellers_no_address_is_changed()
    {
        foreach (var status in (string[])["delivering", "delivered", "arbitration"])
            Assert.Equal("400/3 ADDRESS_CHANGE_TOO_LATE", (await ReaddressAsync((await _host.FindAsync(status)).PostingNumber)).Refusal);
        Assert.Equal("400/3 POSTING_ALREADY_CANCELLED", (await ReaddressAsync((await _host.FindAsync("cancelled")).PostingNumber)).Refusal);
        Assert.Equal("404/5 POSTING_NOT_FOUND", (await ReaddressAsync("none")).Refusal);
        var foreign = await _host.ReadAsync(db => db.Postings.First(p => p.ClientId == 1000002 && p.Status == "awaiting_packaging").PostingNumber);
        Assert.Equal("404/5 POSTING_NOT_FOUND", (await ReaddressAsync(foreign)).Refusal);
        Assert.Equal(0, (int)(await AddressAsync((await _host.FindAsync("delivered")).PostingNumber))["remaining_changes_count"]!);
    }

    [Fact]
    public async Task Labels_with_the_old_address_are_void_until_new_ones_are_printed()
    {
        var (moved, other) = (await _host.NewAsync(status: "awaiting_deliver"), await _host.NewAsync(status: "awaiting_deliver"));
        var old = await LabelAsync(moved, other);
        Assert.Equal(2, await PagesAsync(old));
        await ReaddressAsync(moved.PostingNumber);
        Assert.False((bool)(await AddressAsync(moved.PostingNumber))["label_valid"]!);
        Assert.Equal(1, await PagesAsync(old));
        var alone = await LabelAsync(moved);
        Assert.True((bool)(await AddressAsync(moved.PostingNumber))["label_valid"]!);
        Assert.Equal(1, await PagesAsync(alone));
    }

    private async Task<string> LabelAsync(params Posting[] postings)
    {
        var made = await _host.CallAsync(
            "/v3/posting/fbs/package-label/create", new JsonObject { ["posting_numbers"] = new JsonArray([.. postings.Select(p => JsonValue.Create(p.PostingNumber))]) });
        var task = new JsonObject { ["task_id"] = (long)made.Json["tasks"]![0]!["task_id"]! };
        await _host.CallAsync("/v2/posting/fbs/package-label/get", task.DeepClone().AsObject());
        return (string)(await _host.CallAsync("/v2/posting/fbs/package-label/get", task)).Json["file_url"]!;
    }

    private async Task<int> PagesAsync(string url)
    {
        using var document = PdfDocument.Open(await _host.Http.GetByteArrayAsync(new Uri(url), TestContext.Current.CancellationToken));
        return document.NumberOfPages;
    }

    [Fact]
    public async Task A_buyer_asks_the_seller_for_another_address_in_the_chat()
    {
        var posting = await _host.NewAsync();
        var path = $"/orders/{posting.PostingNumber}/address";
        Assert.Contains("address-address-problem", (await _host.FillInAsync(path, ("address", "x"))).Text, StringComparison.Ordinal);
        var chat = (await _host.FillInAsync(path, ("address", "ул. Новая, д. 2"))).Location;
        Assert.Equal(chat, (await _host.FillInAsync(path, ("address", "ул. Новая, д. 2"))).Location);
        var message = Assert.Single((await _host.ChatAsync(chat.Split('/')[^1]))["messages"]!.AsArray())!;
        Assert.Equal(("buyer", "Прошу сменить адрес доставки на: ул. Новая, д. 2"), ((string)message["author"]!, (string)message["text"]!));
        Assert.Equal(posting.Address, (string)(await AddressAsync(posting.PostingNumber))["address"]!);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/orders/{(await _host.FindAsync("delivered")).PostingNumber}/address", ("address", "ул. Новая, д. 2"))).Status);
    }

    [Fact]
    public async Task Keys_faults_and_paths_are_minded_as_in_Ozons_methods()
    {
        var number = (await _host.NewAsync()).PostingNumber;
        foreach (var path in OzonSellerCenter.Sandbox.Api.ExtensionMethods.Paths)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _host.CallAsync(path, key: "wrong")).Status);
            Assert.StartsWith("400/3 ", (await _host.CallAsync(path, new JsonObject { ["limit"] = 501 })).Refusal, StringComparison.Ordinal);
            using var get = new HttpRequestMessage(HttpMethod.Get, "/sandbox/ozon" + path);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _host.SendAsync(get)).Status);
        }
        Assert.Equal("404 page not found", (await _host.CallAsync("/extension/v1/none")).Text.Trim());
        await _host.ControlAsync("faults", new JsonObject { ["kind"] = "drop-response", ["rate"] = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => ReaddressAsync(number));
        await _host.ControlAsync("faults", new JsonObject { ["kind"] = "none" });
        Assert.Equal("ул. Новая, д. 2", (string)(await AddressAsync(number))["address"]!);
    }
}
