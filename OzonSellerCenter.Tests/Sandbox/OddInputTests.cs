using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What strange clients send: the API answers with a refusal, never with a crash.</summary>
public sealed class OddInputTests(OddInputTests.Shared shared) : IClassFixture<OddInputTests.Shared>
{
    private readonly SandboxHost _host = shared.Host;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One sandbox for all of them: none changes what another sees.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public SandboxHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await SandboxHost.StartAsync();

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }

    private async Task<Answer> PostAsync(string path, byte[] body, string key = SandboxHost.Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
            Headers = { { "Client-Id", SandboxHost.ClientId }, { "Api-Key", key } },
        };
        return await _host.SendAsync(request);
    }

    private Task<Answer> PostAsync(string path, string body) => PostAsync("/sandbox/ozon" + path, Encoding.UTF8.GetBytes(body));

    public static TheoryData<string> Garbage =>
    [
        "[]", "null", "5", "\"x\"", "{", "{\"limit\":", "{\"limit\":{}}", "{\"limit\":true}", "{\"limit\":1.5}", "{\"limit\":\"x\"}", "{\"limit\":-1}", "{\"limit\":101}",
        "{\"limit\":99999999999999999999}", "{\"cursor\":5}", "{\"cursor\":\"x\"}", "{\"filter\":\"x\"}", "{\"filter\":{\"unread_only\":\"true\"}}",
        "{\"cursor\":\"\\ud800\"}", "{\"\\ud800\":1}", new string('[', 100_000),
    ];

    [Theory, MemberData(nameof(Garbage))]
    public async Task A_body_that_makes_no_sense_is_refused_as_such(string body) =>
        Assert.StartsWith("400/3 ", (await PostAsync("/v3/chat/list", body)).Refusal, StringComparison.Ordinal);

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused() =>
        Assert.StartsWith("400/3 proto", (await PostAsync("/sandbox/ozon/v3/chat/list", [.. "{\"cursor\":\""u8, 0xff, 0xfe, .. "\"}"u8])).Refusal, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"limit\":5}")]
    [InlineData("{\"limit\":\"5\"}")]
    [InlineData("{\"limit\":5.0}")]
    [InlineData("{\"limit\":0.5e1,\"unheard_of\":[1]}")]
    public async Task A_number_may_come_in_every_spelling_of_protobufs_JSON(string body) =>
        Assert.Equal(5, (await PostAsync("/v3/chat/list", body)).Json["chats"]!.AsArray().Count);

    [Fact]
    public async Task Ids_of_messages_are_unsigned_and_an_enum_is_read_in_any_case()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        var history = (await PostAsync("/v3/chat/history", $$"""{"chat_id":"{{chatId.ToUpperInvariant()}}","from_message_id":18446744073709551615}""")).Json;
        Assert.Single(history["messages"]!.AsArray());
        Assert.StartsWith("400/3 proto", (await PostAsync("/v3/chat/history", $$"""{"chat_id":"{{chatId}}","from_message_id":-1}""")).Refusal, StringComparison.Ordinal);
        Assert.Equal("""{"unread_count":0}""", (await PostAsync("/v2/chat/read", $$"""{"chat_id":"{{chatId}}","from_message_id":"18446744073709551615"}""")).Text);
        foreach (var word in (string[])["CLOSED", "Closed", "closed"])
            Assert.Equal(2, (await PostAsync("/v3/chat/list", $$"""{"filter":{"chat_status":"{{word}}"},"limit":100}""")).Json["chats"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_file_that_is_none_or_too_large_is_refused_and_nothing_is_sent()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        string File(string name, string content) => $$"""{"chat_id":"{{chatId}}","name":"{{name}}","base64_content":"{{content}}"}""";
        foreach (var (name, content) in ((string, string)[])[("a.png", "@@@"), ("a.png", ""), ("a", "AAAA"), ("", "AAAA"), ("a.png/", "AAAA")])
            Assert.StartsWith("400/3 ", (await PostAsync("/v1/chat/send/file", File(name, content))).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("413/3 ", (await PostAsync("/v1/chat/send/file", File("a.bin", new string('A', 31_000_000)))).Refusal, StringComparison.Ordinal);
        Assert.Equal("buyer", (string)(await _host.ChatAsync(chatId))["messages"]!.AsArray()[^1]!["author"]!);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/v1/chat/send/file", File("../../x/фото.png", "AAAA"))).Status);
        Assert.Equal("фото.png", (string)(await _host.ChatAsync(chatId))["messages"]!.AsArray()[^1]!["attachments"]![0]!["name"]!);
    }

    [Fact]
    public async Task A_client_that_loses_the_path_of_the_address_or_wants_a_key_like_Ozons_is_served_too()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/v1/roles", "{}"u8.ToArray(), "5a4db0c5-0000-4000-8000-000001000001")).Status);
        var unknown = await PostAsync("/v9/none", "{}"u8.ToArray());
        Assert.Equal((HttpStatusCode.NotFound, "404 page not found"), (unknown.Status, unknown.Text.Trim()));
    }

    [Fact]
    public async Task The_old_list_of_unfulfilled_postings_tells_the_same_ones_in_the_old_form()
    {
        var now = _host.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var filter = new JsonObject { ["cutoff_from"] = now.AddDays(-90), ["cutoff_to"] = now.AddDays(90) };
        var old = (await _host.CallAsync("/v3/posting/fbs/unfulfilled/list", new JsonObject { ["filter"] = filter.DeepClone(), ["limit"] = 1000, ["offset"] = 0 })).Json["result"]!;
        var current = (await _host.CallAsync("/v4/posting/fbs/unfulfilled/list", new JsonObject { ["filter"] = filter, ["limit"] = 100 })).Json;
        Assert.Equal((int)current["count"]!, (int)old["count"]!);
        Assert.Equal(113, old["postings"]!.AsArray().Count);
        Assert.Equal("string", old["postings"]![0]!["products"]![0]!["price"]!.GetValueKind().ToString().ToLowerInvariant());
    }

    [Theory]
    [InlineData("clock", "")]
    [InlineData("clock", "[]")]
    [InlineData("clock", "{\"advance\":5}")]
    [InlineData("clock", "{\"advance\":\"1h\"}")]
    [InlineData("clock", "{\"advance\":\"-PT1H\"}")]
    [InlineData("clock", "{\"advance\":\"P99999999D\"}")]
    [InlineData("buyer-message", "null")]
    [InlineData("buyer-message", "{\"clientId\":\"x\",\"text\":\"a\"}")]
    [InlineData("buyer-message", "{\"clientId\":1000001,\"text\":\"  \"}")]
    [InlineData("buyer-message", "{\"clientId\":1000001,\"text\":\"\\ud800\"}")]
    [InlineData("buyer-message", "{\"clientId\":1000001,\"fileName\":\"a.png\"}")]
    [InlineData("faults", "{\"kind\":5}")]
    [InlineData("faults", "{\"kind\":\"http500\",\"rate\":2}")]
    [InlineData("faults", "{")]
    [InlineData("buyers", "{}")]
    [InlineData("push-url", "{\"clientId\":1000001,\"url\":\"ftp://x\"}")]
    public async Task A_bad_command_is_refused_with_a_reason(string command, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _host.Http.PostAsync(new Uri("/sandbox/control/" + command, UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(Ct))!["error"]);
    }

    [Theory]
    [InlineData("buyer-message", "{\"clientId\":5,\"text\":\"a\"}")]
    [InlineData("buyer-message", "{\"clientId\":1000001,\"text\":\"a\",\"chatId\":\"none\"}")]
    [InlineData("push-url", "{\"clientId\":5,\"url\":\"\"}")]
    [InlineData("no-such-command", "{}")]
    public async Task A_command_about_what_does_not_exist_is_told_so(string command, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _host.Http.PostAsync(new Uri("/sandbox/control/" + command, UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith("no such", (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(Ct))!["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_steer_the_sandbox()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/control/reset") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync(request)).Status);
    }
}
