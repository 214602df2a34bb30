using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Sandbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

public sealed class SyncTests
{
    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    private const string Chat = "chat-1";
    private const string Order = "0208245774-0029";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Providers))]
    public async Task The_import_takes_chats_and_postings_and_says_how_fresh_they_are(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        Answer(test, postings: () => [Posting("delivered")], order: Order);
        for (var i = 0; i < 250; i++) test.Ozon.Say(Chat, $"Сообщение {i}", i % 3 == 0 ? "Seller" : "Customer");

        // Something else of the store is kept in the same table; it is no part of the import.
        await using (var db = await test.Db.Databases.ForSystemAsync(Ct))
        {
            db.SyncStates.Add(new SyncState { StoreId = test.StoreId, Kind = "rules" });
            await db.CommitAsync(Ct);
        }

        await PassAsync(test);
        var states = await test.ReadAsync(db => db.SyncStates.Where(s => s.Kind != "rules").ToListAsync(Ct));
        Assert.Equal([ChatSync.Kind, PostingSync.Kind], states.Select(s => s.Kind).Order());
        Assert.All(states, s => Assert.Equal((test.Now, test.Now, null), (s.ImportedAt, s.FreshAt, s.Error)));
        Assert.Equal(test.Now, await test.ReadAsync(db => db.Stores.Select(s => s.SyncedAt).SingleAsync(Ct)));
        Assert.Equal(250, await test.ReadAsync(db => db.Messages.CountAsync(Ct)));
        var conversation = await test.ReadAsync(db => db.Conversations.SingleAsync(Ct));
        Assert.Equal(("0208245774-0029-1", "Иван", "Сообщение 249", false), (conversation.PostingNumber, conversation.BuyerName, conversation.Preview, conversation.NeedsSync));
        var posting = await test.ReadAsync(db => db.Postings.Include(p => p.Items).SingleAsync(Ct));
        Assert.Equal((Scheme.Fbs, 306_000L, "RUB", new DateTime(2026, 11, 23, 10, 0, 0)), (posting.Scheme, posting.Total, posting.Currency, posting.DeliveredAt));
    }

    [Fact]
    public async Task An_import_that_broke_off_goes_on_and_ends_the_same()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var chat in Chats(5)) test.Ozon.Say(chat, "Здравствуйте!");
        var histories = 0;
        test.Ozon.Answer = (path, _) => path == "/v3/chat/history" && ++histories > 2 ? Refusal(500, "Internal error") : null;
        await test.Get<ChatSync>().PollAsync(test.StoreId, Ct);
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        Assert.Null((await test.ReadAsync(db => db.SyncStates.SingleAsync(Ct))).ImportedAt);
        Assert.Equal(3, await test.ReadAsync(db => db.Conversations.CountAsync(c => c.NeedsSync, Ct)));

        test.Ozon.Answer = null;
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        Assert.NotNull((await test.ReadAsync(db => db.SyncStates.SingleAsync(Ct))).ImportedAt);
        Assert.Equal(5, await test.ReadAsync(db => db.Messages.CountAsync(Ct)));
    }

    [Fact]
    public async Task One_chat_that_cannot_be_read_keeps_no_other_from_being_read()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var chat in Chats(30)) test.Ozon.Say(chat, "Здравствуйте!");
        var bad = Chats(30).First();
        test.Ozon.Answer = (path, body) => path == "/v3/chat/history" && (string)body["chat_id"]! == bad ? Refusal(403, "no") : null;
        await test.Get<ChatSync>().PollAsync(test.StoreId, Ct);
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        Assert.Equal([bad], await test.ReadAsync(db => db.Conversations.Where(c => c.NeedsSync).Select(c => c.OzonChatId).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_chat_that_is_gone_is_asked_for_less_and_less_often_and_does_not_keep_the_import_from_ending()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var chat in Chats(3)) test.Ozon.Say(chat, "Здравствуйте!");
        var gone = Chats(3).First();
        test.Ozon.Answer = (path, body) => path == "/v3/chat/history" && (string)body["chat_id"]! == gone ? Refusal(404, "chat not found") : null;
        await test.Get<ChatSync>().PollAsync(test.StoreId, Ct);
        for (var second = 0; second < 3600; second += 5)
        {
            await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
            test.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(test.Ozon.Calls.Count(c => (string?)c.Body["chat_id"] == gone), 8, 14);
        Assert.NotNull((await test.ReadAsync(db => db.SyncStates.SingleAsync(Ct))).ImportedAt);
        Assert.Equal(2, await test.ReadAsync(db => db.Messages.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_message_whose_push_was_lost_is_found_by_the_poll()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.ChatAsync(Chat);
        test.Ozon.Say(Chat, "Вы ещё там?");
        await PassAsync(test);
        var conversation = await test.ReadAsync(db => db.Conversations.SingleAsync(Ct));
        Assert.Equal(("Вы ещё там?", 2, MessageAuthor.Buyer), (conversation.Preview, conversation.Unread, conversation.LastAuthor));
    }

    [Fact]
    public async Task An_edit_and_a_read_mark_whose_pushes_were_lost_are_found_by_the_sweep()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.ReplyAsync(await test.ChatAsync(Chat), "Завтра.");
        await test.DispatchAllAsync();
        var (question, answer) = (test.Ozon.Chats[Chat][0], test.Ozon.Chats[Chat][^1]);
        test.Ozon.Change(Chat, question.Id, m => m with { Text = "Здравствуйте! Где мой заказ?" });
        test.Ozon.Change(Chat, answer.Id, m => m with { IsRead = true });
        test.Time.Advance(TimeSpan.FromMinutes(61));
        await PassAsync(test);
        var messages = await test.ReadAsync(db => db.Messages.OrderBy(m => m.OzonMessageId).ToListAsync(Ct));
        Assert.Equal(["Здравствуйте! Где мой заказ?", "Завтра."], messages.Select(m => m.Text));
        Assert.Equal(MessageState.Read, messages[1].State);
        Assert.Equal("Есть ли размер L?", (await test.ReadAsync(db => db.MessageRevisions.SingleAsync(Ct))).Text);
    }

    [Fact]
    public async Task What_was_read_in_Ozons_cabinet_is_read_here()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.ChatAsync(Chat);
        test.Ozon.Change(Chat, test.Ozon.Chats[Chat][0].Id, m => m with { IsRead = true });
        await PassAsync(test);
        Assert.Equal(0, (await test.ReadAsync(db => db.Conversations.SingleAsync(Ct))).Unread);
    }

    [Fact]
    public async Task A_delivery_moves_the_clocks_of_the_conversation_about_the_order()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var status = "delivering";
        Answer(test, postings: () => [Posting(status)], order: Order);
        test.Ozon.Say(Chat, "Где заказ?");
        await PassAsync(test);
        Assert.Null((await test.ReadAsync(db => db.Conversations.SingleAsync(Ct))).WindowClosesAt);

        status = "delivered";
        test.Time.Advance(TimeSpan.FromMinutes(2));
        await PassAsync(test);
        var closes = (await test.ReadAsync(db => db.Conversations.SingleAsync(Ct))).WindowClosesAt;
        Assert.Equal(new DateTime(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc), closes);
    }

    [Theory]
    [InlineData(404, "Invalid Api-Key, please check the key and try again", ConnectionState.WrongKey)]
    [InlineData(400, "Client-Id header value should be positive integer", ConnectionState.BadClientId)]
    [InlineData(401, "Client-Id and Api-Key headers are required", ConnectionState.NoKey)]
    [InlineData(403, "Api-Key is missing a required role for a method", ConnectionState.MissingRole)]
    [InlineData(403, "Api-key is deactivated, use another one or generate a new one", ConnectionState.KeyDeactivated)]
    [InlineData(403, "Api-Key is restricted to specific IP addresses", ConnectionState.KeyIpBound)]
    [InlineData(403, "Offer not signed", ConnectionState.OfferNotSigned)]
    [InlineData(429, "You have reached request rate limit per second", ConnectionState.Throttled)]
    [InlineData(500, "Internal error", ConnectionState.OzonFailing)]
    public async Task Each_refusal_of_a_key_is_a_named_state_with_its_beginning(int status, string message, ConnectionState expected)
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Answer = (_, _) => Refusal(status, message);
        await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
        var store = await test.ReadAsync(db => db.Stores.SingleAsync(Ct));
        Assert.Equal((expected, test.Now, message), (store.Connection, store.ConnectionSince, store.ConnectionDetail));

        Answer(test);

        // The client leaves a method alone for a second of real time after a 429, so the next look may still find it shut.
        await Wait.ForAsync(async () =>
        {
            test.Time.Advance(TimeSpan.FromMinutes(20));
            await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
            return await test.ReadAsync(db => db.Stores.AnyAsync(s => s.Connection == ConnectionState.Working, Ct));
        });
        store = await test.ReadAsync(db => db.Stores.SingleAsync(Ct));
        Assert.Equal((ConnectionState.Working, test.Now, null), (store.Connection, store.ConnectionSince, store.ConnectionDetail));
        Assert.Equal((new DateTime(2027, 1, 1), "PREMIUM_PLUS"), (store.KeyExpiresAt, store.Subscription));
    }

    [Fact]
    public async Task While_Ozon_is_away_only_the_check_asks_and_not_often()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.ChatAsync(Chat);
        test.Ozon.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        var before = test.Ozon.Calls.Count;
        for (var second = 0; second < 600; second += 5)
        {
            await PassAsync(test);
            await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
            test.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(ConnectionState.Unreachable, (await test.ReadAsync(db => db.Stores.SingleAsync(Ct))).Connection);
        Assert.InRange(test.Ozon.Calls.Count - before, 1, 20);
    }

    /// <summary>What the fake does not know by itself: the shop, its postings, and what the chats are about.</summary>
    private static void Answer(BackgroundTest test, Func<JsonArray>? postings = null, string? order = null) => test.Ozon.Answer = (path, body) => path switch
    {
        "/v1/roles" => FakeOzon.Json("""{"expires_at":"2027-01-01T00:00:00Z","roles":[]}"""),
        "/v1/seller/info" => FakeOzon.Json("""{"company":{"name":"Shop"},"subscription":{"is_premium":true,"type":"PREMIUM_PLUS"}}"""),
        "/v4/posting/fbs/list" => FakeOzon.Json(new JsonObject { ["postings"] = postings?.Invoke() ?? [], ["has_next"] = false }.ToJsonString()),
        "/v3/posting/fbs/get" => FakeOzon.Json(new JsonObject { ["result"] = postings!()[0]!.DeepClone() }.ToJsonString()),
        "/v3/chat/history" when order is not null => About(test.Ozon, body, order),
        _ => null,
    };

    private static HttpResponseMessage About(FakeOzon ozon, JsonObject body, string order)
    {
        var from = (long?)body["from_message_id"] ?? long.MaxValue;
        var messages = ozon.Chats[(string)body["chat_id"]!].Where(m => m.Id <= from).Reverse().Take((int)body["limit"]!).Select(m => (JsonNode)new JsonObject
        {
            ["message_id"] = m.Id,
            ["created_at"] = m.At,
            ["user"] = new JsonObject { ["id"] = m.UserId, ["type"] = m.UserType },
            ["data"] = new JsonArray(m.Text),
            ["context"] = new JsonObject { ["order_number"] = order, ["sku"] = "" },
        });
        return FakeOzon.Json(new JsonObject { ["messages"] = new JsonArray([.. messages]), ["has_next"] = false }.ToJsonString());
    }

    private static HttpResponseMessage Refusal(int status, string message) =>
        FakeOzon.Json($$"""{"code":7,"message":"{{message}}","details":[]}""", (HttpStatusCode)status);

    private static async Task PassAsync(BackgroundTest test)
    {
        await test.Get<PostingSync>().PollAsync(test.StoreId, Ct);
        await test.Get<PostingSync>().ReadMarkedAsync(test.StoreId, Ct);
        await test.Get<ChatSync>().PollAsync(test.StoreId, Ct);
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
    }

    private static IEnumerable<string> Chats(int count) => Enumerable.Range(1, count).Select(i => $"0b1c6f1e-0001-4a6d-9a77-{i:D12}");

    private static JsonObject Posting(string status) => new()
    {
        ["posting_number"] = "0208245774-0029-1",
        ["order_number"] = "0208245774-0029",
        ["order_id"] = 208245774,
        ["status"] = status,
        ["in_process_at"] = "2026-11-20T10:00:00Z",
        ["fact_delivery_date"] = status == "delivered" ? "2026-11-23T10:00:00Z" : null,
        ["tpl_integration_type"] = "ozon",
        ["customer"] = new JsonObject { ["customer_id"] = 115568, ["name"] = "Иван" },
        ["products"] = new JsonArray(new JsonObject
        {
            ["name"] = "Чайник",
            ["offer_id"] = "KT-170",
            ["sku"] = 148313766,
            ["quantity"] = 2,
            ["price"] = "1530.0000",
            ["currency_code"] = "RUB",
        }),
    };
}
