using System.Net;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonErrorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, """{"code":16,"message":"Client-Id and Api-Key headers are required","details":[]}""", OzonErrorKind.MissingHeaders)]
    [InlineData(400, """{"code":3,"message":"Client-Id header value should be positive integer","details":[]}""", OzonErrorKind.BadClientId)]
    [InlineData(404, """{"code":5,"message":"Invalid Api-Key, please check the key and try again"}""", OzonErrorKind.WrongKey)]
    [InlineData(403, """{"code":7,"message":"Api-Key is missing a required role for a method","details":[]}""", OzonErrorKind.MissingRole)]
    [InlineData(403, """{"code":7,"message":"Api-key is deactivated, use another one or generate a new one"}""", OzonErrorKind.KeyDeactivated)]
    [InlineData(400, """{"code":9,"message":"Api-key is deactivated, use another one or generate a new one"}""", OzonErrorKind.KeyDeactivated)]
    [InlineData(403, """{"code":7,"message":"Api-Key is restricted to specific IP addresses"}""", OzonErrorKind.KeyIpBound)]
    [InlineData(403, """{"message":"Offer not signed"}""", OzonErrorKind.OfferNotSigned)]
    [InlineData(403, """{"code":7,"message":"s.checkPremiumPlus failed: method is allowed starting from the premium plus subscription"}""",
        OzonErrorKind.SubscriptionRequired)]
    [InlineData(403, """{"code":7,"message":"Information is available starting from the premium plus subscription."}""",
        OzonErrorKind.SubscriptionRequired)]
    [InlineData(403,
        """{"code":7,"message":"Implementation.ReviewList: rpc error: code = PermissionDenied desc = not available with existing subscription"}""",
        OzonErrorKind.SubscriptionRequired)]
    [InlineData(403, """{"code":7,"message":"access period has expired"}""", OzonErrorKind.WindowClosed)]
    [InlineData(400, """{"code":7,"message":"chat not started by buyer"}""", OzonErrorKind.ChatNotStarted)]
    [InlineData(403, """{"code":7,"message":"something new"}""", OzonErrorKind.Forbidden)]
    [InlineData(429, """{"code":8,"message":"You have reached request rate limit per second"}""", OzonErrorKind.RateLimited)]
    [InlineData(429, "", OzonErrorKind.RateLimited)]
    [InlineData(400, """{"code":3,"message":"Request validation error: invalid ChatSend.Text: too long","details":[]}""",
        OzonErrorKind.InvalidRequest)]
    [InlineData(400, """{"code":3,"message":"invalid chat guid"}""", OzonErrorKind.InvalidRequest)]
    [InlineData(404, """{"code":5,"message":"posting not found","details":[]}""", OzonErrorKind.NotFound)]
    [InlineData(404, "404 page not found", OzonErrorKind.MethodGone)]
    [InlineData(405, "", OzonErrorKind.MethodGone)]
    [InlineData(409, """{"code":6,"message":"conflict"}""", OzonErrorKind.Conflict)]
    [InlineData(500, """{"code":13,"message":"Internal error"}""", OzonErrorKind.ServerError)]
    [InlineData(400, """{"code":13,"message":"Internal error"}""", OzonErrorKind.ServerError)]
    [InlineData(502, "<html>Bad gateway</html>", OzonErrorKind.ServerError)]
    [InlineData(500, """{"code":13,"message":"could not load premium data"}""", OzonErrorKind.ServerError)]
    [InlineData(503, """{"code":14,"message":"Circle is open"}""", OzonErrorKind.CircuitOpen)]
    [InlineData(408, "", OzonErrorKind.Unclear)]
    [InlineData(302, "", OzonErrorKind.GarbageAnswer)]
    [InlineData(404, "<html>captive portal</html>", OzonErrorKind.GarbageAnswer)]
    public async Task Every_refusal_of_Ozon_has_its_name(int status, string body, OzonErrorKind expected)
    {
        using var ozon = OzonStub.Answering((HttpStatusCode)status, body);

        var result = await ozon.Api.SendMessageAsync(OzonStub.Account, new ChatSendMessageRequest { ChatId = "c", Text = "Да" }, Stop);

        Assert.Equal(expected, result.Error?.Kind);
        Assert.Equal(status, result.Error!.Status);
        Assert.Single(ozon.Sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\"success\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"result":"succ""")]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"result":{"deep":1}}""")]
    [InlineData("""{"error":{"code":"x"}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"result":"\ud800"}""")]
    [InlineData("<html>ok</html>")]
    public async Task A_send_that_is_not_plainly_confirmed_may_have_acted(string body)
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, body);

        var result = await ozon.Api.SendMessageAsync(OzonStub.Account, new ChatSendMessageRequest { ChatId = "c", Text = "Да" }, Stop);

        Assert.Equal(OzonErrorKind.GarbageAnswer, result.Error?.Kind);
        Assert.True(result.Error!.MayHaveActed);
    }

    [Theory]
    [InlineData("[]", false)]
    [InlineData("<html>", false)]
    [InlineData("""{"unexpected":true}""", false)]
    [InlineData("""{"chats":"many"}""", false)]
    [InlineData("{}", true)]
    [InlineData("""{"Chats":[],"extra":1}""", true)]
    public async Task A_list_of_another_shape_is_an_error_and_no_empty_list(string body, bool isList)
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, body);

        var result = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Equal(isList, result.IsOk);
        Assert.Equal(isList ? null : OzonErrorKind.GarbageAnswer, result.Error?.Kind);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, OzonErrorKind.Unreachable, false)]
    [InlineData(HttpRequestError.ConnectionError, OzonErrorKind.Unreachable, false)]
    [InlineData(HttpRequestError.SecureConnectionError, OzonErrorKind.Unreachable, false)]
    [InlineData(HttpRequestError.ResponseEnded, OzonErrorKind.Unclear, true)]
    [InlineData(HttpRequestError.Unknown, OzonErrorKind.Unclear, true)]
    [InlineData(HttpRequestError.InvalidResponse, OzonErrorKind.GarbageAnswer, true)]
    public async Task Only_what_proves_that_nothing_was_sent_counts_as_unreachable(
        HttpRequestError failure, OzonErrorKind expected, bool mayHaveActed)
    {
        using var ozon = OzonStub.Failing(() => new HttpRequestException(failure, "boom"));

        var result = await ozon.Api.SendMessageAsync(OzonStub.Account, new ChatSendMessageRequest { ChatId = "c", Text = "Да" }, Stop);

        Assert.Equal(expected, result.Error?.Kind);
        Assert.Equal(mayHaveActed, result.Error!.MayHaveActed);
        Assert.Single(ozon.Sent);
    }

    [Theory]
    [InlineData("100001", "ключ", OzonErrorKind.WrongKey)]
    [InlineData("100001", "two\nlines", OzonErrorKind.WrongKey)]
    [InlineData("сто", "key", OzonErrorKind.BadClientId)]
    public async Task What_cannot_be_a_header_is_refused_before_sending(string clientId, string key, OzonErrorKind expected)
    {
        using var ozon = new OzonStub();

        var result = await ozon.Api.RolesAsync(new OzonAccount(clientId, key), Stop);

        Assert.Equal(expected, result.Error?.Kind);
        Assert.Empty(ozon.Sent);
    }

    [Fact]
    public async Task The_key_goes_into_its_header_and_nowhere_else()
    {
        const string key = "11111111-secret-key-2222";
        using var ozon = OzonStub.Answering(HttpStatusCode.InternalServerError, $$"""{"code":13,"message":"bad key {{key}}"}""");

        var result = await ozon.Api.RolesAsync(OzonStub.Account, Stop);

        Assert.All(ozon.Sent, s => Assert.Contains("Api-Key: " + key, s.Headers, StringComparison.Ordinal));
        Assert.All(ozon.Sent, s => Assert.Contains("Client-Id: 100001", s.Headers, StringComparison.Ordinal));
        Assert.All(ozon.Sent, s => Assert.Contains("Content-Type: application/json\r\n", s.Headers.ReplaceLineEndings("\r\n"), StringComparison.Ordinal));
        Assert.DoesNotContain(key, result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, OzonStub.Account.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, System.Text.Json.JsonSerializer.Serialize(OzonStub.Account), StringComparison.Ordinal);
        Assert.NotEmpty(ozon.Log);
        Assert.DoesNotContain(ozon.Log, line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_is_the_callers_own_exception()
    {
        using var stop = new CancellationTokenSource();
        using var ozon = new OzonStub(async (_, c) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, c);
            return OzonStub.Json("{}");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), stop.Token));
        Assert.Single(ozon.Sent);
    }
}
