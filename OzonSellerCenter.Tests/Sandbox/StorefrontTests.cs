using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The buyer's side as a browser without script meets it.</summary>
public sealed class StorefrontTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task<string> PageAsync(string path) =>
        _host.Http.GetStringAsync(new Uri("/sandbox/shop" + path, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> SayAsync(string path, string text, byte[]? file = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(text), "text" } };
        if (file is not null)
            form.Add(new ByteArrayContent(file), "file", "photo.png");
        return await _host.Http.PostAsync(new Uri("/sandbox/shop" + path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task From_product_and_order_there_is_a_way_to_the_seller()
    {
        Assert.Contains("Связаться с продавцом", await PageAsync("/products/1904686181"), StringComparison.Ordinal);
        await using var db = await _host.Get<OzonSellerCenter.Sandbox.SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        var posting = db.Postings.First(p => p.Status == "awaiting_approve").PostingNumber;
        Assert.Contains("Связаться с продавцом", await PageAsync("/orders/" + posting), StringComparison.Ordinal);
        Assert.Contains("storefront-message-list", await PageAsync("/chats/new?posting=" + posting), StringComparison.Ordinal);

        using var sent = await SayAsync("/chats/new?posting=" + posting, "Когда отправите?", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var chatId = sent.Headers.Location!.ToString().Split('/')[^1];
        var messages = (await _host.ChatAsync(chatId))["messages"]!.AsArray();
        Assert.Equal(["Когда отправите?", ""], messages.Select(m => (string)m!["text"]!));
        Assert.Equal("photo.png", (string)messages[1]!["attachments"]![0]!["name"]!);
        Assert.Contains($"data-chat=\"{chatId}\"", await PageAsync("/orders/" + posting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sellers_answer_arrives_in_the_list_that_the_page_asks_for()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        using var first = await _host.Http.GetAsync(new Uri($"/sandbox/shop/chats/{chatId}/messages", UriKind.Relative), TestContext.Current.CancellationToken);
        using var same = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/shop/chats/{chatId}/messages") { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
        Assert.Equal(HttpStatusCode.NotModified, (await _host.SendAsync(same)).Status);
        await _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "Добрый день!" });
        using var changed = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/shop/chats/{chatId}/messages") { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
        Assert.Contains("Добрый день!", (await _host.SendAsync(changed)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_a_person_writes_becomes_markup()
    {
        var chatId = await _host.BuyerAsksAsync("<script>alert(1)</script><img src=x onerror=alert(2)>");
        await _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "\"><b>bold</b> & Ко" });
        var page = await PageAsync("/chats/" + chatId);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("&amp; Ко", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_names_the_shop_and_the_other_one_can_be_chosen()
    {
        foreach (var path in (string[])["", "/orders", "/chats", "/products/1904686181"])
            Assert.Contains("кабинет 1000001", await PageAsync(path), StringComparison.Ordinal);
        var other = await PageAsync("?shop=1000002&buyer=115568");
        Assert.Contains("Маленький лес", other, StringComparison.Ordinal);
        Assert.Contains("Конструктор деревянный", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_or_overlong_message_and_an_unknown_page_are_refused()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        foreach (var text in (string[])["", "  \n ", new string('я', 1001)])
        {
            using var refused = await SayAsync("/chats/" + chatId, text);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        Assert.Single((await _host.ChatAsync(chatId))["messages"]!.AsArray());
        foreach (var path in (string[])["/products/1", "/orders/none", "/chats/new?sku=1", $"/chats/{Guid.NewGuid()}", "/files/none.jpg"])
        {
            using var missing = await _host.Http.GetAsync(new Uri("/sandbox/shop" + path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
    }

    [Fact]
    public async Task The_control_API_answers_on_this_machine_only()
    {
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/sandbox/control/clock") { Headers = { { "X-Forwarded-For", "10.1.2.3" } } };
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync(forwarded)).Status);
        using var local = new HttpRequestMessage(HttpMethod.Get, "/sandbox/control/clock");
        Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(local)).Status);
    }
}
