using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What becomes of one call: whether Ozon acts, and what the caller sees.</summary>
internal sealed record Fate(bool Acts, Func<HttpResponseMessage> Answer)
{
    public static readonly Fate Taken = new(true, () => FakeOzon.Json("""{"result":"success"}"""));
    public static readonly Fate CutAfterActing = new(true, Cut);
    public static readonly Fate CutBeforeActing = new(false, Cut);
    public static readonly Fate Error500AfterActing = new(true, () => FakeOzon.Json("""{"code":13,"message":"Internal error"}""", HttpStatusCode.InternalServerError));
    public static readonly Fate Error500 = Error500AfterActing with { Acts = false };
    public static readonly Fate GarbageAfterActing = new(true, () => FakeOzon.Json("<html>"));
    public static readonly Fate NoConnection = new(false, () => throw new HttpRequestException(HttpRequestError.ConnectionError));

    /// <summary>The process dies while the call is under way.</summary>
    public static readonly Fate DeathAfterActing = new(true, () => throw new OperationCanceledException("died"));
    public static readonly Fate DeathBeforeActing = DeathAfterActing with { Acts = false };

    public static Fate Refusal(HttpStatusCode status, int code, string message) =>
        new(false, () => FakeOzon.Json($$"""{"code":{{code}},"message":"{{message}}"}""", status));

    public static Fate TooMany(int seconds) => new(false, () =>
    {
        var answer = FakeOzon.Json("""{"code":8,"message":"You have reached request rate limit per second"}""", HttpStatusCode.TooManyRequests);
        answer.Headers.Add("Retry-After", $"{seconds}");
        return answer;
    });

    private static HttpResponseMessage Cut() => throw new HttpRequestException(HttpRequestError.ResponseEnded);
}

/// <summary>A message as the fake keeps it.</summary>
internal sealed record FakeMessage(long Id, string UserType, string UserId, DateTime At, string Text, bool IsRead = false);

/// <summary>Chats of one shop in memory behind Ozon's chat methods. Fates decide about the next sends.</summary>
internal sealed class FakeOzon(TimeProvider clock) : HttpMessageHandler
{
    private readonly Lock _sync = new();
    private long _lastId = 1000;

    /// <summary>Chat id to its messages, oldest first.</summary>
    public Dictionary<string, List<FakeMessage>> Chats { get; } = [];

    public HashSet<string> Closed { get; } = [];

    /// <summary>What becomes of the next sends, in order; then all are taken.</summary>
    public ConcurrentQueue<Fate> Fates { get; } = new();

    /// <summary>When set, answers every call instead.</summary>
    public Func<string, JsonObject, HttpResponseMessage?>? Answer { get; set; }

    /// <summary>Paths and bodies of all calls.</summary>
    public ConcurrentQueue<(string Path, JsonObject Body)> Calls { get; } = new();

    /// <summary>How messages come back; the label in front was seen at the real Ozon.</summary>
    public bool ErrorTextLabel { get; set; }

    public int PageLimit { get; set; } = 1000;

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public IEnumerable<string> SentTo(string chatId)
    {
        lock (_sync) return [.. Chats[chatId].Where(m => m.UserType == "Seller").Select(m => m.Text)];
    }

    public int CallsOf(string path) => Calls.Count(c => c.Path.EndsWith(path, StringComparison.Ordinal));

    public FakeMessage Say(string chatId, string text, string userType = "\u0421ustomer", string userId = "77", DateTime? at = null)
    {
        lock (_sync)
        {
            if (!Chats.TryGetValue(chatId, out var chat)) Chats[chatId] = chat = [];
            var message = new FakeMessage(++_lastId, userType, userId, at ?? clock.GetUtcNow().UtcDateTime, text);
            chat.Add(message);
            return message;
        }
    }

    public void Change(string chatId, long id, Func<FakeMessage, FakeMessage> change)
    {
        lock (_sync)
        {
            var index = Chats[chatId].FindIndex(m => m.Id == id);
            Chats[chatId][index] = change(Chats[chatId][index]);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        var path = request.RequestUri!.AbsolutePath;
        Calls.Enqueue((path, body));
        var answer = Answer?.Invoke(path, body) ?? path switch
        {
            "/v1/chat/send/message" => Send((string)body["chat_id"]!, (string)body["text"]!),
            "/v3/chat/history" => History(body),
            "/v3/chat/list" => List(body),
            "/v4/posting/fbs/list" or "/v3/posting/fbs/unfulfilled/list" => Json("""{"postings":[],"has_next":false}"""),
            _ => Json("{}"),
        };
        answer.RequestMessage = request;
        return answer;
    }

    private HttpResponseMessage Send(string chatId, string text)
    {
        var fate = Fates.TryDequeue(out var next) ? next : Fate.Taken;
        if (fate.Acts) Say(chatId, text, "Seller", "1000001");
        return fate.Answer();
    }

    private HttpResponseMessage History(JsonObject body)
    {
        lock (_sync)
        {
            var from = (long?)body["from_message_id"] ?? long.MaxValue;
            var limit = Math.Min(PageLimit, (int)((long?)body["limit"] ?? 50));
            var older = Chats[(string)body["chat_id"]!].Where(m => m.Id <= from).OrderByDescending(m => m.Id).ToList();
            var page = older.Take(limit).Select(m => (JsonNode)new JsonObject
            {
                ["message_id"] = m.Id.ToString(CultureInfo.InvariantCulture),
                ["created_at"] = m.At.ToString("O", CultureInfo.InvariantCulture),
                ["is_read"] = m.IsRead,
                ["user"] = new JsonObject { ["id"] = m.UserId, ["type"] = m.UserType },
                ["data"] = m.UserType == "Seller" && ErrorTextLabel ? new JsonArray("errorText", m.Text) : new JsonArray(m.Text),
            });
            return Json(new JsonObject { ["messages"] = new JsonArray([.. page]), ["has_next"] = older.Count > limit }.ToJsonString());
        }
    }

    private HttpResponseMessage List(JsonObject body)
    {
        lock (_sync)
        {
            var start = int.TryParse((string?)body["cursor"], out var given) ? given : 0;
            var limit = Math.Min(PageLimit, (int)((long?)body["limit"] ?? 30));
            var ordered = Chats.OrderByDescending(c => c.Value.Count == 0 ? 0 : c.Value[^1].Id).ToList();
            var page = ordered.Skip(start).Take(limit).Select(c => (JsonNode)new JsonObject
            {
                ["chat"] = new JsonObject
                {
                    ["chat_id"] = c.Key,
                    ["chat_type"] = "BUYER_SELLER",
                    ["chat_status"] = Closed.Contains(c.Key) ? "CLOSED" : "OPENED",
                    ["created_at"] = c.Value[0].At.ToString("O", CultureInfo.InvariantCulture),
                },
                ["last_message_id"] = c.Value[^1].Id,
                ["first_unread_message_id"] = c.Value.FirstOrDefault(m => m.UserType != "Seller" && !m.IsRead)?.Id ?? 0,
                ["unread_count"] = c.Value.Count(m => m.UserType != "Seller" && !m.IsRead),
            });
            return Json(new JsonObject
            {
                ["chats"] = new JsonArray([.. page]),
                ["has_next"] = start + limit < ordered.Count,
                ["cursor"] = $"{start + limit}",
            }.ToJsonString());
        }
    }
}
