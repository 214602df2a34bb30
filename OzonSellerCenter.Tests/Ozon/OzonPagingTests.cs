using System.Text.Json;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonPagingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string CursorOf(string body) => JsonSerializer.Deserialize<ChatListRequest>(body, OzonJson.Options)!.Cursor ?? "";

    private static OzonStub Chats(Func<string, string> pageAfter)
    {
        var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(OzonStub.Json(pageAfter(CursorOf(ozon.Sent.Last().Body))));
        return ozon;
    }

    private static string Page(string id, string cursor, bool more) =>
        $$$"""{"chats":[{"chat":{"chat_id":"{{{id}}}"}}],"cursor":"{{{cursor}}}","has_next":{{{(more ? "true" : "false")}}}}""";

    [Fact]
    public async Task Pages_follow_the_cursor_to_the_end()
    {
        using var ozon = Chats(after => after switch { "" => Page("a", "1", true), "1" => Page("b", "2", true), _ => Page("c", "3", false) });

        var chats = new List<string>();
        await foreach (var page in ozon.Api.ChatPagesAsync(OzonStub.Account, new ChatListRequest(), Stop))
            chats.AddRange(page.Value!.Chats.Select(c => c.Chat.ChatId));

        Assert.Equal(["a", "b", "c"], chats);
    }

    [Fact]
    public async Task A_saved_cursor_resumes_behind_its_page()
    {
        using var ozon = Chats(after => after == "1" ? Page("b", "2", false) : Page("wrong", "9", false));

        var pages = await ozon.Api.ChatPagesAsync(OzonStub.Account, new ChatListRequest { Cursor = "1" }, Stop).ToListAsync(Stop);

        Assert.Equal("b", Assert.Single(pages).Value!.Chats.Single().Chat.ChatId);
    }

    [Fact]
    public async Task An_error_is_the_last_thing_told()
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(ozon.Sent.Count == 1
            ? OzonStub.Json(Page("a", "1", true))
            : OzonStub.Json("""{"code":3,"message":"bad cursor"}""", System.Net.HttpStatusCode.BadRequest));

        var pages = await ozon.Api.ChatPagesAsync(OzonStub.Account, new ChatListRequest(), Stop).ToListAsync(Stop);

        Assert.Equal([null, OzonErrorKind.InvalidRequest], pages.Select(p => p.Error?.Kind));
    }

    [Fact]
    public async Task A_cursor_that_does_not_move_is_an_error_and_no_endless_loop()
    {
        using var ozon = Chats(_ => Page("a", "1", true));

        var pages = await ozon.Api.ChatPagesAsync(OzonStub.Account, new ChatListRequest(), Stop).ToListAsync(Stop);

        Assert.Equal(OzonErrorKind.GarbageAnswer, pages[^1].Error?.Kind);
        Assert.Equal(2, ozon.Sent.Count);
    }

    [Fact]
    public async Task A_promise_of_more_on_an_empty_page_ends_the_list()
    {
        using var ozon = Chats(after => after == "" ? Page("a", "1", true) : """{"chats":[],"cursor":"2","has_next":true}""");

        var pages = await ozon.Api.ChatPagesAsync(OzonStub.Account, new ChatListRequest(), Stop).ToListAsync(Stop);

        Assert.All(pages, p => Assert.True(p.IsOk));
        Assert.Equal(2, ozon.Sent.Count);
    }

    [Fact]
    public async Task Posting_lists_page_the_same_way()
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(OzonStub.Json(ozon.Sent.Count % 2 == 1
            ? """{"postings":[{"posting_number":"1-1"}],"cursor":"x","has_next":true}"""
            : """{"postings":[{"posting_number":"1-2"}],"cursor":"y","has_next":false}"""));

        var all = await ozon.Api.PostingPagesAsync(OzonStub.Account, new PostingListRequest(), Stop).ToListAsync(Stop);
        var unfulfilled = await ozon.Api.UnfulfilledPagesAsync(OzonStub.Account, new UnfulfilledListRequest(), Stop).ToListAsync(Stop);

        Assert.Equal(["1-1", "1-2"], all.Concat(unfulfilled).SelectMany(p => p.Value!.Postings).Select(p => p.PostingNumber).Distinct());
        Assert.Equal(4, ozon.Sent.Count);
    }

    [Fact]
    public async Task Cancellation_requests_are_read_on_from_the_last_id_until_a_page_is_not_full()
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(OzonStub.Json(ozon.Sent.Last().Body.Contains("\"last_id\":7", StringComparison.Ordinal)
            ? """{"result":[{"cancellation_id":8}],"last_id":8}"""
            : """{"result":[{"cancellation_id":6},{"cancellation_id":7}],"last_id":7}"""));

        var pages = await ozon.Api.CancellationPagesAsync(OzonStub.Account, new CancellationListRequest { Limit = 2 }, Stop).ToListAsync(Stop);

        Assert.Equal([6, 7, 8], pages.SelectMany(p => p.Value!.Result).Select(r => r.CancellationId));
    }

    [Theory]
    [InlineData(ChatHistoryRequest.Backward, new long[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(ChatHistoryRequest.Forward, new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public async Task The_history_tells_each_message_once_though_pages_overlap(string direction, long[] expected)
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) =>
        {
            var asked = JsonSerializer.Deserialize<ChatHistoryRequest>(ozon.Sent.Last().Body, OzonJson.Options)!;
            var forward = asked.Direction == ChatHistoryRequest.Forward;
            var from = asked.FromMessageId ?? (forward ? 1 : 10);
            var rest = Enumerable.Range(1, 10).Select(i => (long)i).Where(i => forward ? i >= from : i <= from).ToList();
            if (!forward)
                rest.Reverse();
            var page = new ChatHistoryResponse
            {
                HasNext = rest.Count > 4,
                Messages = [.. rest.Take(4).Select(i => new OzonMessage { MessageId = i })],
            };
            return Task.FromResult(OzonStub.Json(JsonSerializer.Serialize(page, OzonJson.Options)));
        };

        var told = new List<long>();
        await foreach (var page in ozon.Api.ChatHistoryPagesAsync(
            OzonStub.Account, new ChatHistoryRequest { ChatId = "c", Direction = direction, Limit = 4 }, Stop))
            told.AddRange(page.Value!.Messages.Select(m => m.MessageId));

        Assert.Equal(expected, told);
        Assert.Equal(3, ozon.Sent.Count);
    }
}
