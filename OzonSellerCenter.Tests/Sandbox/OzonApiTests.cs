using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The front door of the emulated API: what is checked, in which order, and in which words.</summary>
public sealed class OzonApiTests
{
    private static HttpRequestMessage Request(string path, string body = "{}", string type = "application/json", string? client = SandboxHost.ClientId, string? key = SandboxHost.Key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/ozon" + path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (client is not null)
            request.Headers.TryAddWithoutValidation("Client-Id", client);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Api-Key", key);
        return request;
    }

    [Fact]
    public async Task Each_check_comes_in_Ozons_order_and_words()
    {
        await using var host = await SandboxHost.StartAsync();
        const string Send = "/v1/chat/send/message";
        (string Expected, HttpRequestMessage Request)[] calls =
        [
            ("401/16 Client-Id and Api-Key headers are required", Request(Send, "x", "text/plain", client: null)),
            ("401/16 Client-Id and Api-Key headers are required", Request(Send, "x", "text/plain", client: "no number", key: null)),
            ("400/4 Content-Type header should be application/json", Request(Send, "x", "text/plain", client: "no number")),
            ("400/3 Client-Id header value should be positive integer", Request(Send, "x", client: "no number", key: "wrong")),
            ("400/3 Client-Id header value should be positive integer", Request(Send, "x", client: "-5", key: "wrong")),
            ("404/5 Invalid Api-Key, please check the key and try again", Request(Send, "x", key: "wrong")),
            ("404/5 Invalid Api-Key, please check the key and try again", Request(Send, "x", client: "1000002")),
            ("403/7 Api-Key is missing a required role for a method", Request(Send, "x", key: "sandbox-key-1000001-readonly")),
        ];
        foreach (var (expected, request) in calls)
            Assert.Equal(expected, (await host.SendAsync(request)).Refusal);
        var refused = await host.SendAsync(Request(Send, """{"chat_id":"no guid"}""", client: "1000003", key: "sandbox-key-1000003"));
        Assert.Contains("method is allowed starting from the premium plus subscription", refused.Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 proto: syntax error", (await host.SendAsync(Request(Send, "{garbage"))).Refusal, StringComparison.Ordinal);
        Assert.Equal("400/3 invalid chat guid", (await host.SendAsync(Request(Send, """{"chat_id":"no guid","text":"a"}"""))).Refusal);
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_verb_are_refused_without_an_envelope()
    {
        await using var host = await SandboxHost.StartAsync();
        var unknown = await host.SendAsync(Request("/v2/chat/list"));
        Assert.Equal((HttpStatusCode.NotFound, "404 page not found"), (unknown.Status, unknown.Text.Trim()));
        var wrong = await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/sandbox/ozon/v3/chat/list"));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, ""), (wrong.Status, wrong.Text));
    }

    [Fact]
    public async Task A_charset_beside_the_content_type_is_no_mistake()
    {
        await using var host = await SandboxHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Request("/v1/roles", "{}", "application/json; charset=utf-8"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(Request("/v1/roles", ""))).Status);
    }

    [Fact]
    public async Task The_fifty_first_call_of_a_second_is_refused_and_told_when_to_come_again()
    {
        await using var host = await SandboxHost.StartAsync(null, ("Sandbox:RequestsPerSecond", "1"));
        Assert.Equal("0", (await host.CallAsync("/v1/roles")).Headers["Ratelimit-Remaining"]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.CallAsync("/v1/roles")));
        var refused = answers.First(a => a.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("429/8 You have reached request rate limit per second", refused.Refusal);
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await host.CallAsync("/v1/roles", null, "1000002", "sandbox-key-1000002")).Status);
    }

    [Fact]
    public async Task A_key_past_its_end_is_refused()
    {
        await using var host = await SandboxHost.StartAsync();
        const string Expiring = "sandbox-key-1000001-expiring";
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/v1/roles", null, SandboxHost.ClientId, Expiring)).Status);
        await host.AdvanceAsync("P5D");
        Assert.StartsWith("403/7 Api-key is deactivated", (await host.CallAsync("/v1/roles", null, SandboxHost.ClientId, Expiring)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_outside_the_documented_range_are_refused_with_the_fields_name()
    {
        await using var host = await SandboxHost.StartAsync();
        var refusal = (await host.CallAsync("/v3/chat/list", new JsonObject { ["limit"] = 101 })).Refusal;
        Assert.StartsWith("400/3 Request validation error: invalid ChatListRequest.Limit: ", refusal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/v3/chat/list", new JsonObject { ["limit"] = "100" })).Status);
    }
}
