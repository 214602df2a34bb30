using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What a buyer does with an order he has made.</summary>
public sealed class ShopOrderTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<string> PageAsync(string number) => (await _host.OpenAsync("/orders/" + number)).Text;

    [Fact]
    public async Task The_way_of_an_order_is_told_step_by_step()
    {
        var number = await _host.BuyAsync() + "-1";
        await _host.ShipAsync(await _host.ReadAsync(db => db.Postings.Single(p => p.PostingNumber == number)));
        var posting = await _host.ReadAsync(db => db.Postings.Single(p => p.PostingNumber == number));
        await _host.AdvanceAsync("P1DT20H");
        await Wait.ForAsync(async () => (await _host.StateAsync(number)).Status == "delivering");
        var page = await PageAsync(number);
        Assert.Matches("(?s)Оплачен<.*Собран, ждёт отгрузки<.*Передаётся в доставку<.*Едет в ваш город<", page[page.IndexOf("order-steps", StringComparison.Ordinal)..]);
        Assert.Equal(posting.PackedAt, (await _host.ReadAsync(db => db.Postings.Single(p => p.PostingNumber == number))).Steps[0].At);
    }

    [Fact]
    public async Task What_was_on_its_way_on_the_first_day_tells_the_instants_that_are_known()
    {
        var page = await PageAsync((await _host.FindAsync("delivered")).PostingNumber);
        Assert.Matches("(?s)Оплачен<.*Передан в доставку<.*Получен<", page[page.IndexOf("order-steps", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task A_buyer_says_that_he_has_it_once_and_only_of_what_is_on_its_way()
    {
        var posting = await _host.ReceivedAsync();
        Assert.Equal(("delivered", "posting_received"), await _host.StateAsync(posting.PostingNumber));
        var deliveredAt = (string)(await _host.PostingAsync(posting.PostingNumber))["fact_delivery_date"]!;
        await _host.AdvanceAsync("PT1H");
        Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync($"/orders/{posting.PostingNumber}/receive")).Status);
        Assert.Equal(deliveredAt, (string)(await _host.PostingAsync(posting.PostingNumber))["fact_delivery_date"]!);
        var waiting = (await _host.NewAsync()).PostingNumber;
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/orders/{waiting}/receive")).Status);
        Assert.Equal("awaiting_packaging", (await _host.StateAsync(waiting)).Status);
        Assert.DoesNotContain("order-receive", await PageAsync(waiting), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.FillInAsync("/orders/none/receive")).Status);
    }

    [Fact]
    public async Task Before_it_leaves_an_order_is_cancelled_at_once_and_the_points_come_back()
    {
        var number = await _host.BuyAsync(("points", "200"));
        Assert.Contains("Заказ отменится сразу", await PageAsync(number + "-1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync($"/orders/{number}-1/cancel", ("message", "Передумал"))).Status);
        Assert.Equal("cancelled", (await _host.StateAsync(number + "-1")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync($"/orders/{number}-1/cancel")).Status);
        Assert.Equal(500, await _host.ReadAsync(db => db.Buyers.Single(b => b.Id == 115568).Points));
        var gone = (await _host.NewAsync(status: "delivering")).PostingNumber;
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/orders/{gone}/cancel")).Status);
        Assert.DoesNotContain("order-cancel", await PageAsync(gone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_seller_delivers_and_has_put_together_is_only_asked_to_be_cancelled()
    {
        var number = await _host.BuyAsync(("carrier", "RFBS"), ("points", "200")) + "-1";
        await _host.ShipAsync(await _host.ReadAsync(db => db.Postings.Single(p => p.PostingNumber == number)));
        Assert.Contains("решение за продавцом", await PageAsync(number), StringComparison.Ordinal);
        await _host.FillInAsync($"/orders/{number}/cancel", ("message", "Передумал"));
        Assert.Equal("awaiting_deliver", (await _host.StateAsync(number)).Status);
        var request = await _host.ReadAsync(db => db.CancellationRequests.Single(r => r.PostingNumber == number));
        Assert.Equal(("ON_APPROVAL", "Передумал"), (request.State, request.Message));
        Assert.Contains("Вы попросили отменить заказ", await PageAsync(number), StringComparison.Ordinal);
        await _host.CallAsync("/v2/conditional-cancellation/reject", new JsonObject { ["cancellation_id"] = request.Id, ["comment"] = "Уже в пути" });
        Assert.Contains("Уже в пути", await PageAsync(number), StringComparison.Ordinal);

        var early = await _host.BuyAsync(("carrier", "RFBS")) + "-1";
        await _host.FillInAsync($"/orders/{early}/cancel");
        Assert.Equal("cancelled", (await _host.StateAsync(early)).Status);
    }

    [Fact]
    public async Task Points_come_back_only_when_nothing_of_the_order_comes()
    {
        await _host.AddAsync();
        var order = await _host.BuyAsync(("points", "200"));
        var posting = await _host.ReadAsync(db => db.Postings.Single(p => p.OrderNumber == order));
        var sku = posting.Items[0].Sku;
        await _host.CallAsync("/v4/posting/fbs/ship/package", new JsonObject
        {
            ["posting_number"] = posting.PostingNumber,
            ["products"] = new JsonArray(new JsonObject { ["product_id"] = sku, ["quantity"] = 1 }),
        });
        await _host.FillInAsync($"/orders/{order}-1/cancel");
        Assert.Equal(300, await _host.ReadAsync(db => db.Buyers.Single(b => b.Id == 115568).Points));
        await _host.FillInAsync($"/orders/{order}-2/cancel");
        Assert.Equal(500, await _host.ReadAsync(db => db.Buyers.Single(b => b.Id == 115568).Points));
        var orders = (await _host.OpenAsync("/orders")).Text;
        Assert.Contains($"/orders/{order}-1", orders, StringComparison.Ordinal);
        Assert.Contains($"/orders/{order}-2", orders, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Support_is_called_in_once_and_the_seller_gets_the_order_and_the_buyers_words()
    {
        var posting = await _host.NewAsync();
        var path = $"/orders/{posting.PostingNumber}";
        Assert.Contains("id=\"support-words-problem\"", (await _host.FillInAsync(path + "/support", ("words", " "))).Text, StringComparison.Ordinal);
        await _host.FillInAsync(path + "/support", ("words", "Не отвечают <третий> день"));
        await _host.FillInAsync(path + "/support", ("words", "Ещё раз"));
        var call = Assert.Single(await _host.ReadAsync(db => db.SupportCalls.ToList()));
        var chat = await _host.ChatAsync(call.ChatId);
        var message = Assert.Single(chat["messages"]!.AsArray())!;
        Assert.Equal(("SELLER_SUPPORT", "support"), ((string)chat["type"]!, (string)message["author"]!));
        Assert.Contains(posting.OrderNumber, (string)message["text"]!, StringComparison.Ordinal);
        Assert.Contains("Не отвечают <третий> день", (string)message["text"]!, StringComparison.Ordinal);
        Assert.Contains("support-called", await PageAsync(posting.PostingNumber), StringComparison.Ordinal);
        Assert.DoesNotContain("call-support", await PageAsync(posting.PostingNumber), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = call.ChatId, ["text"] = "Ответили." })).Status);
    }

    [Fact]
    public async Task From_a_chat_support_can_be_called_too()
    {
        var chatId = await _host.BuyerAsksAsync("Есть ли гарантия?");
        Assert.Contains("call-support", (await _host.OpenAsync("/chats/" + chatId)).Text, StringComparison.Ordinal);
        Assert.Contains("id=\"support-words-problem\"", (await _host.FillInAsync($"/chats/{chatId}/support", ("words", new string('я', 1001)))).Text, StringComparison.Ordinal);
        Assert.Equal("/sandbox/shop/chats/" + chatId, (await _host.FillInAsync($"/chats/{chatId}/support", ("words", "Молчат"))).Location);
        Assert.Contains("support-called", (await _host.OpenAsync("/chats/" + chatId)).Text, StringComparison.Ordinal);
        var text = (string)(await _host.ChatAsync((await _host.ReadAsync(db => db.SupportCalls.Single())).ChatId))["messages"]![0]!["text"]!;
        Assert.Contains("товар 1904686181", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.FillInAsync($"/chats/{Guid.NewGuid()}/support", ("words", "?"))).Status);
    }
}
