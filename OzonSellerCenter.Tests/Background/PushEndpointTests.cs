using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;

namespace OzonSellerCenter.Tests.Background;

/// <summary>The one address of the app that anybody on the internet may post to.</summary>
public sealed class PushEndpointTests(PushEndpointTests.Shared shared) : IClassFixture<PushEndpointTests.Shared>
{
    private const string Good =
        """{"message_type":"TYPE_NEW_MESSAGE","chat_id":"chat-1","chat_type":"Buyer_Seller","message_id":"3000000000817031950","created_at":"2026-11-24T11:00:00Z","user":{"id":"115568","type":"Сustomer"},"data":["Где заказ?"],"seller_id":"1000001"}""";

    private readonly BackgroundTest _test = shared.Test;

    /// <summary>One store for all of them.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal BackgroundTest Test { get; private set; } = null!;

        /// <summary>Pushes that were to be kept so far.</summary>
        internal int Kept { get; set; }

        public async ValueTask InitializeAsync() => Test = await BackgroundTest.CreateAsync();

        public ValueTask DisposeAsync() => Test.DisposeAsync();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Hostile =>
    [
        "", "[]", "null", "5", "{}", "{\"message_type\":", new string('[', 100_000), "{\"message_type\":null}", "{\"message_type\":\"TYPE_NEW_MESSAGE\",\"seller_id\":1000001}",
        Good.Replace("3000000000817031950", "99999999999999999999999", StringComparison.Ordinal), Good.Replace("3000000000817031950", "-1", StringComparison.Ordinal),
        Good.Replace("chat-1", new string('a', 65), StringComparison.Ordinal), Good.Replace("chat-1", "a\\u0000b", StringComparison.Ordinal),
        Good.Replace("chat-1", "\\ud800", StringComparison.Ordinal), Good.Replace("[\"Где заказ?\"]", "{\"a\":1}", StringComparison.Ordinal),
        Good.Replace("2026-11-24T11:00:00Z", "yesterday", StringComparison.Ordinal), Good.Replace("2026-11-24", "9999-11-24", StringComparison.Ordinal),
        Good.Replace("\"1000001\"", "1000002", StringComparison.Ordinal), Good.Replace("{\"id\":\"115568\",\"type\":\"Сustomer\"}", "\"x\"", StringComparison.Ordinal),
        "{\"message_type\":\"TYPE_STATE_CHANGED\",\"posting_number\":{\"a\":1},\"seller_id\":1000001}", "{\"\\ud800\":1,\"message_type\":\"TYPE_PING\"}",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public async Task What_is_no_push_of_this_store_is_refused_in_Ozons_envelope_and_not_kept(string body)
    {
        var (status, answer) = await PostAsync(body);
        Assert.Equal(StatusCodes.Status400BadRequest, status);
        Assert.Equal("ERROR_PARAMETER_VALUE_MISSED", (string)answer["error"]!["code"]!);
        Assert.Equal(shared.Kept, await KeptAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_huge_body_is_refused_whether_it_says_so_or_not(bool tells)
    {
        Assert.Equal(413, (await PostAsync($$"""{"message_type":"{{new string('x', 5_000_000)}}"}""", tellsLength: tells)).Status);
        Assert.Equal(shared.Kept, await KeptAsync());
    }

    [Theory]
    [InlineData("GET", BackgroundTest.Secret, "application/json", 405)]
    [InlineData("PUT", BackgroundTest.Secret, "application/json", 405)]
    [InlineData("POST", BackgroundTest.Secret, "text/plain", 415)]
    [InlineData("POST", "a-secret-that-nobody-has", "application/json", 404)]
    [InlineData("GET", "a-secret-that-nobody-has", "application/json", 404)]
    [InlineData("POST", "", "application/json", 404)]
    public async Task Another_method_type_or_address_is_refused(string method, string secret, string type, int expected)
    {
        Assert.Equal(expected, (await PostAsync(Good, method, secret, type)).Status);
        Assert.Equal(shared.Kept, await KeptAsync());
    }

    [Fact]
    public async Task An_address_that_is_too_long_to_be_one_is_not_even_looked_for() =>
        Assert.Equal(404, (await PostAsync(Good, secret: new string('x', 5000))).Status);

    [Fact]
    public async Task The_handshake_is_answered_without_a_result_and_an_unheard_of_type_with_thanks()
    {
        var (_, ping) = await PostAsync("""{"message_type":"TYPE_PING","time":"2026-11-24T12:00:00Z"}""");
        Assert.Equal(["version", "name", "time"], ping.Select(p => p.Key));
        var (status, thanks) = await PostAsync("""{"message_type":"TYPE_OF_TOMORROW","seller_id":1000001,"x":[1]}""");
        Assert.Equal((200, """{"result":true}"""), (status, thanks.ToJsonString()));
        Assert.Equal(shared.Kept, await KeptAsync());
    }

    [Fact]
    public async Task A_push_is_kept_once_however_often_it_comes()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await PostAsync(Good)).Status);
        Assert.Equal(++shared.Kept, await KeptAsync());
    }

    private Task<int> KeptAsync() => _test.ReadAsync(db => db.PushEvents.CountAsync(Ct));

    private async Task<(int Status, JsonObject Answer)> PostAsync(
        string body, string method = "POST", string secret = BackgroundTest.Secret, string type = "application/json", bool tellsLength = true)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = _test.Db.Services };
        (http.Request.Method, http.Request.ContentType, http.Request.Body) = (method, type, new MemoryStream(bytes));
        http.Request.ContentLength = tellsLength ? bytes.Length : null;
        http.Response.Body = answer;
        var result = await _test.Get<PushEndpoint>().ReceiveAsync(secret, http.Request, Ct);
        await result.ExecuteAsync(http);
        return (http.Response.StatusCode, JsonNode.Parse(answer.ToArray())!.AsObject());
    }
}
