using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Ozon's messenger as a client meets it.</summary>
public sealed class ChatMethodTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task<Answer> SendAsync(string chatId, string text) =>
        _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = text });

    private async Task<JsonArray> HistoryAsync(string chatId, string? direction = null, string? from = null, int limit = 50)
    {
        var answer = await _host.CallAsync("/v3/chat/history", new JsonObject
        {
            ["chat_id"] = chatId,
            ["direction"] = direction,
            ["from_message_id"] = from,
            ["limit"] = limit,
        });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json["messages"]!.AsArray();
    }

    [Fact]
    public async Task The_list_is_paged_by_cursor_newest_first_and_complete()
    {
        List<string> ids = [];
        List<long> last = [];
        var cursor = "";
        bool more;
        do
        {
            var page = (await _host.CallAsync("/v3/chat/list", new JsonObject { ["limit"] = 7, ["cursor"] = cursor })).Json;
            foreach (var chat in page["chats"]!.AsArray())
            {
                ids.Add((string)chat!["chat"]!["chat_id"]!);
                last.Add((long)chat["last_message_id"]!);
            }
            Assert.InRange(ids.Count, 1, 100);
            (cursor, more) = ((string)page["cursor"]!, (bool)page["has_next"]!);
        }
        while (more);
        Assert.Equal(60, ids.Distinct().Count());
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(last.OrderDescending(), last);
    }

    [Fact]
    public async Task Reading_marks_that_message_and_all_before_it()
    {
        var chatId = await _host.BuyerAsksAsync("Раз");
        await _host.ControlAsync("buyer-message", new JsonObject { ["chatId"] = chatId, ["text"] = "Два" });
        var first = (string)(await HistoryAsync(chatId))[1]!["message_id"]!;
        Assert.Equal("400/3 message_id is empty", (await _host.CallAsync("/v2/chat/read", new JsonObject { ["chat_id"] = chatId })).Refusal);
        Assert.Equal("""{"unread_count":1}""", (await _host.CallAsync("/v2/chat/read", new JsonObject { ["chat_id"] = chatId, ["from_message_id"] = first })).Text);
        var history = await HistoryAsync(chatId);
        Assert.Equal([false, true], history.Select(m => (bool)m!["is_read"]!));
        var unread = (await _host.CallAsync("/v3/chat/list", new JsonObject { ["limit"] = 100, ["filter"] = new JsonObject { ["unread_only"] = true } })).Json;
        Assert.Equal(1, (int)unread["chats"]!.AsArray().Single(c => (string)c!["chat"]!["chat_id"]! == chatId)!["unread_count"]!);
    }

    [Fact]
    public async Task History_goes_either_way_and_begins_with_the_message_named()
    {
        var chatId = await _host.BuyerAsksAsync("1");
        foreach (var text in (string[])["2", "3", "4"])
            await _host.ControlAsync("buyer-message", new JsonObject { ["chatId"] = chatId, ["text"] = text });
        string Texts(JsonArray messages) => string.Concat(messages.Select(m => (string)m!["data"]![0]!));
        Assert.Equal("4321", Texts(await HistoryAsync(chatId)));
        var second = (string)(await HistoryAsync(chatId))[2]!["message_id"]!;
        Assert.Equal("234", Texts(await HistoryAsync(chatId, "Forward", second)));
        Assert.Equal("21", Texts(await HistoryAsync(chatId, "Backward", second)));
        Assert.Equal("23", Texts(await HistoryAsync(chatId, "Forward", second, limit: 2)));
    }

    [Fact]
    public async Task A_direction_in_lower_case_and_Forward_without_a_start_are_refused()
    {
        var chatId = await _host.BuyerAsksAsync("1");
        Assert.StartsWith("400/3", (await _host.CallAsync("/v3/chat/history", new JsonObject { ["chat_id"] = chatId, ["direction"] = "backward" })).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3", (await _host.CallAsync("/v3/chat/history", new JsonObject { ["chat_id"] = chatId, ["direction"] = "Forward" })).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task A_text_has_1_to_1000_characters(int length, bool taken)
    {
        var chatId = await _host.BuyerAsksAsync("?");
        // A character outside the basic plane counts as one, as Ozon's validator counts.
        var text = string.Concat(Enumerable.Repeat("🌿", length));
        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await SendAsync(chatId, text)).Status);
    }

    [Fact]
    public async Task A_foreign_chat_is_answered_like_one_that_does_not_exist()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        var foreign = await _host.CallAsync("/v3/chat/history", new JsonObject { ["chat_id"] = chatId }, "1000002", "sandbox-key-1000002");
        var missing = await _host.CallAsync("/v3/chat/history", new JsonObject { ["chat_id"] = Guid.NewGuid().ToString() }, "1000002", "sandbox-key-1000002");
        Assert.Equal(missing.Refusal, foreign.Refusal);
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
    }

    [Fact]
    public async Task A_chat_is_started_once_for_a_posting_and_never_for_FBO()
    {
        await using var db = await _host.Get<OzonSellerCenter.Sandbox.SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        var started = db.Chats.Where(c => c.PostingNumber != null).Select(c => c.PostingNumber).ToHashSet();
        var open = db.Postings.First(p => p.ClientId == 1000001 && p.Status == "delivering" && !started.Contains(p.PostingNumber)).PostingNumber;
        var first = await _host.CallAsync("/v1/chat/start", new JsonObject { ["posting_number"] = open });
        var again = await _host.CallAsync("/v1/chat/start", new JsonObject { ["posting_number"] = open });
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync((string)first.Json["result"]!["chat_id"]!, "Уточните, пожалуйста, адрес.")).Status);
        var fbo = db.Postings.First(p => p.Scheme == "FBO").PostingNumber;
        Assert.StartsWith("403/7 chat not started", (await _host.CallAsync("/v1/chat/start", new JsonObject { ["posting_number"] = fbo })).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_linked_behind_the_key_and_moderated_after_a_while()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        foreach (var name in (string[])["photo.png", "bad photo.png"])
            Assert.Equal(HttpStatusCode.OK, (await _host.CallAsync("/v1/chat/send/file", new JsonObject
            {
                ["chat_id"] = chatId,
                ["name"] = name,
                ["base64_content"] = Convert.ToBase64String([1, 2, 3]),
            })).Status);
        var sent = (await HistoryAsync(chatId))[0]!;
        Assert.Equal(("MODERATION", true), ((string)sent["moderate_image_status"]!, (bool)sent["is_image"]!));
        var link = (string)sent["data"]![0]!;
        Assert.Matches(@"^!\[\]\(http://[^)]+/sandbox/ozon/v2/chat/file/[0-9a-f]+\.png\)$", link);

        using var naked = new HttpRequestMessage(HttpMethod.Get, link[4..^1]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.SendAsync(naked)).Status);
        using var keyed = new HttpRequestMessage(HttpMethod.Get, link[4..^1]) { Headers = { { "Client-Id", SandboxHost.ClientId }, { "Api-Key", SandboxHost.Key } } };
        Assert.Equal("\u0001\u0002\u0003", (await _host.SendAsync(keyed)).Text);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, link[4..^1]) { Headers = { { "Client-Id", "1000002" }, { "Api-Key", "sandbox-key-1000002" } } };
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync(foreign)).Status);

        await _host.AdvanceAsync("PT1M");
        await Wait.ForAsync(async () => (await HistoryAsync(chatId)).Take(2).All(m => (string)m!["moderate_image_status"]! != "MODERATION"));
        Assert.Equal(["FAILED", "SUCCESS"], (await HistoryAsync(chatId)).Take(2).Select(m => (string)m!["moderate_image_status"]!));
    }

    [Fact]
    public async Task A_document_is_linked_by_its_name_and_size()
    {
        var chatId = await _host.BuyerAsksAsync("?");
        await _host.CallAsync("/v1/chat/send/file", new JsonObject
        {
            ["chat_id"] = chatId,
            ["name"] = "чек [1].pdf",
            ["base64_content"] = Convert.ToBase64String(new byte[3000]),
        });
        Assert.StartsWith("[чек (1).pdf (2 KB)](http", (string)(await HistoryAsync(chatId))[0]!["data"]![0]!, StringComparison.Ordinal);
    }
}
