using System.Net;
using System.Net.Http.Headers;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonRetryTests
{
    private static readonly ChatSendMessageRequest Message = new() { ChatId = "c", Text = "Да" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_write_is_sent_once_whatever_is_answered(int status)
    {
        using var ozon = OzonStub.Answering((HttpStatusCode)status, "");

        await ozon.Api.SendMessageAsync(OzonStub.Account, Message, Stop);
        await ozon.Api.SendFileAsync(OzonStub.Account, new ChatSendFileRequest { ChatId = "c" }, Stop);
        await ozon.Api.StartChatAsync(OzonStub.Account, new ChatStartRequest { PostingNumber = "1-1" }, Stop);
        await ozon.Api.MarkReadAsync(OzonStub.Account, new ChatReadRequest { ChatId = "c" }, Stop);

        await ozon.Api.ShipAsync(OzonStub.Account, new ShipRequest(), Stop);
        await ozon.Api.CancelPostingAsync(OzonStub.Account, new CancelPostingRequest(), Stop);
        await ozon.Api.ApproveCancellationAsync(OzonStub.Account, new CancellationDecision(), Stop);
        await ozon.Api.CreateLabelsAsync(OzonStub.Account, new LabelsRequest(), Stop);

        Assert.Equal(8, ozon.Sent.Count);
        Assert.Equal(8, ozon.Sent.Select(s => s.Url).Distinct().Count());
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    public async Task A_write_is_sent_once_when_the_connection_fails(HttpRequestError failure)
    {
        using var ozon = OzonStub.Failing(() => new HttpRequestException(failure));

        await ozon.Api.SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Single(ozon.Sent);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_read_is_asked_again_though_it_is_a_POST(int status)
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(ozon.Sent.Count < 3
            ? OzonStub.Json("", (HttpStatusCode)status)
            : OzonStub.Json("""{"chats":[],"total_unread_count":4}"""));

        var result = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest { Limit = 30 }, Stop);

        Assert.Equal(4, result.Value?.TotalUnreadCount);
        Assert.Equal(3, ozon.Sent.Count);
        Assert.All(ozon.Sent, s => Assert.Equal("""{"limit":30}""", s.Body));
    }

    [Fact]
    public async Task A_read_is_asked_again_after_a_broken_connection_and_given_up_in_the_end()
    {
        using var ozon = OzonStub.Failing(() => new HttpRequestException(HttpRequestError.ResponseEnded));

        var result = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Equal(OzonErrorKind.Unclear, result.Error?.Kind);
        Assert.Equal(4, ozon.Sent.Count);
    }

    [Fact]
    public async Task A_read_that_is_refused_is_not_asked_again()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.Forbidden, """{"code":7,"message":"Api-Key is missing a required role for a method"}""");

        await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Single(ozon.Sent);
    }

    [Fact]
    public async Task A_read_waits_as_long_as_Ozon_asks()
    {
        var times = new List<long>();
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) =>
        {
            times.Add(TimeProvider.System.GetTimestamp());
            var answer = OzonStub.Json("{}", times.Count == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
            return Task.FromResult(answer);
        };

        var result = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.True(result.IsOk, result.Error?.ToString());
        Assert.Equal(2, times.Count);
        Assert.True(TimeProvider.System.GetElapsedTime(times[0], times[1]) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task After_429_the_method_is_left_alone_by_reads_and_writes_and_others_go_on()
    {
        using var ozon = new OzonStub((request, _) =>
        {
            var answer = request.RequestUri!.AbsolutePath.EndsWith("/v1/chat/send/message", StringComparison.Ordinal)
                || request.RequestUri.AbsolutePath.EndsWith("/v3/chat/list", StringComparison.Ordinal)
                ? OzonStub.Json("""{"code":8,"message":"You have reached request rate limit per second"}""", HttpStatusCode.TooManyRequests)
                : OzonStub.Json("{}");
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(40));
            return Task.FromResult(answer);
        });

        for (var i = 0; i < 50; i++)
        {
            var sent = await ozon.Api.SendMessageAsync(OzonStub.Account, Message, Stop);
            var listed = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);
            Assert.Equal(OzonErrorKind.RateLimited, sent.Error?.Kind);
            Assert.Equal(OzonErrorKind.RateLimited, listed.Error?.Kind);
            Assert.False(sent.Error!.MayHaveActed);
            Assert.InRange(sent.Error!.RetryAfter!.Value.TotalSeconds, 1, 40);
        }

        await ozon.Api.RolesAsync(OzonStub.Account, Stop);
        await ozon.Api.SendMessageAsync(new OzonAccount("200002", "k"), Message, Stop);

        Assert.Equal(4, ozon.Sent.Count);
    }

    [Fact]
    public async Task A_retry_date_is_counted_by_Ozons_clock_and_not_by_ours()
    {
        var theirs = new DateTimeOffset(2031, 1, 1, 12, 0, 0, TimeSpan.Zero);
        using var ozon = new OzonStub((_, _) =>
        {
            var answer = OzonStub.Json("", HttpStatusCode.TooManyRequests);
            answer.Headers.Date = theirs;
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(theirs.AddSeconds(30));
            return Task.FromResult(answer);
        });

        var result = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Equal(TimeSpan.FromSeconds(30), result.Error?.RetryAfter);
        Assert.Single(ozon.Sent);
    }

    [Fact]
    public async Task A_method_that_Ozon_blocked_is_left_alone_for_minutes()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.Forbidden, """{"code":7,"message":"Circle is open"}""");

        var first = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);
        var second = await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Equal(OzonErrorKind.CircuitOpen, first.Error?.Kind);
        Assert.InRange(second.Error!.RetryAfter!.Value.TotalSeconds, 100, 120);
        Assert.Single(ozon.Sent);
    }

    [Fact]
    public async Task An_outage_pauses_the_stores_reads_but_not_another_stores_and_not_writes()
    {
        using var ozon = new OzonStub((request, _) => Task.FromResult(request.Headers.GetValues("Client-Id").Single() == "100001"
            ? OzonStub.Json("", HttpStatusCode.ServiceUnavailable)
            : OzonStub.Json("{}")));

        for (var i = 0; i < 100; i++)
            await ozon.Api.ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);
        var probes = ozon.Sent.Count;
        var paused = await ozon.Api.RolesAsync(OzonStub.Account, Stop);
        var other = await ozon.Api.RolesAsync(new OzonAccount("200002", "k"), Stop);
        var write = await ozon.Api.SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.InRange(probes, 1, 20);
        Assert.Equal(OzonErrorKind.Unreachable, paused.Error?.Kind);
        Assert.InRange(paused.Error!.RetryAfter!.Value.TotalSeconds, 1, 60);
        Assert.True(other.IsOk);
        Assert.Equal(OzonErrorKind.ServerError, write.Error?.Kind);
    }
}
