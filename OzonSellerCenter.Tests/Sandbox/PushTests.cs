using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OzonSellerCenter.Sandbox.Pushes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Pushes: their form, their order, and how often they come again.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<JsonObject> _received = new();
    private SandboxHost _host = null!;
    private WebApplication _receiver = null!;
    private Func<JsonObject, Task<IResult>> _answer = _ => Task.FromResult(Results.Json(new { result = true }));

    private bool _answersPings = true;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _receiver = builder.Build();
        _receiver.MapPost("/push", async (HttpRequest request) =>
        {
            var body = (await JsonNode.ParseAsync(request.Body))!.AsObject();
            _received.Enqueue(body);
            if ((string)body["message_type"]! == "TYPE_PING" && !_answersPings) return Results.StatusCode(500);
            return (string)body["message_type"]! == "TYPE_PING"
                ? Results.Json(new { version = "1.0", name = "test", time = (string)body["time"]! })
                : await _answer(body);
        });
        await _receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        await _host.DisposeAsync();
    }

    private async Task<JsonObject> RegisterAsync(string path = "/push", string clientId = SandboxHost.ClientId) =>
        await _host.ControlAsync("push-url", new JsonObject { ["clientId"] = clientId, ["url"] = _receiver.Urls.First() + path });

    private List<JsonObject> Events(string type = "TYPE_NEW_MESSAGE") => [.. _received.Where(e => (string)e["message_type"]! == type)];

    [Fact]
    public async Task Registration_makes_the_handshake_and_tells_how_it_went()
    {
        Assert.True((bool)(await RegisterAsync())["ok"]!);
        Assert.Single(Events("TYPE_PING"));
        Assert.Equal("STATUS_CODE_NOT_OK", (string)(await RegisterAsync("/elsewhere"))["error"]!);
    }

    [Fact]
    public async Task A_message_is_pushed_in_Ozons_form()
    {
        await RegisterAsync();
        var chatId = await _host.BuyerAsksAsync("Когда приедет заказ?");
        await Wait.ForAsync(() => Events().Count == 1);
        var push = Events()[0];
        Assert.Equal(
            ["message_type", "chat_id", "chat_type", "message_id", "created_at", "user", "data", "seller_id"], push.Select(p => p.Key));
        Assert.Equal((chatId, "Buyer_Seller", "1000001"), ((string)push["chat_id"]!, (string)push["chat_type"]!, (string)push["seller_id"]!));
        Assert.Equal("\u0421ustomer", (string)push["user"]!["type"]!);
        Assert.Equal("Когда приедет заказ?", (string)push["data"]![0]!);
        Assert.Equal((string)(await _host.ChatAsync(chatId))["messages"]![0]!["messageId"]!, (string)push["message_id"]!);
    }

    [Fact]
    public async Task A_sellers_own_message_is_not_pushed_to_him()
    {
        await RegisterAsync();
        var chatId = await _host.BuyerAsksAsync("1");
        await _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "2" });
        await _host.BuyerAsksAsync("3");
        await Wait.ForAsync(() => Events().Count == 2);
        Assert.DoesNotContain(Events(), e => (string)e["data"]![0]! == "2");
    }

    [Fact]
    public async Task A_refused_event_comes_again_until_it_is_taken()
    {
        var refusals = 3;
        _answer = _ => Task.FromResult(refusals-- > 0 ? Results.StatusCode(503) : Results.Json(new { result = true }));
        await RegisterAsync();
        await _host.BuyerAsksAsync("?");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Wait.ForAsync(() => Events().Count == attempt);
            await Wait.ForAsync(async () => await AttemptsAsync() == attempt);
            await _host.AdvanceAsync("PT10M");
        }
        await Wait.ForAsync(async () => await AttemptsAsync() is null);
        Assert.Equal(4, Events().Count);
        Assert.Single(Events().Select(e => e.ToJsonString()).Distinct());
    }

    [Fact]
    public async Task After_the_last_try_the_event_is_dropped()
    {
        _answer = _ => Task.FromResult(Results.Json(new { error = new { code = "ERROR_UNKNOWN" } }));
        await RegisterAsync();
        await _host.BuyerAsksAsync("?");
        for (var attempt = 1; attempt <= SandboxPushes.Gaps.Length; attempt++)
        {
            await Wait.ForAsync(async () => await AttemptsAsync() == attempt);
            await _host.AdvanceAsync("PT10M");
        }
        await Wait.ForAsync(async () => await StateAsync() == PushState.Dropped);
        Assert.Equal(SandboxPushes.Gaps.Length + 1, Events().Count);
        Assert.Equal(6, SandboxPushes.Gaps.Count(g => g >= TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task A_receiver_that_mostly_fails_is_suspended_and_gets_everything_once_it_answers_a_ping()
    {
        var broken = true;
        _answer = _ => Task.FromResult(broken ? Results.StatusCode(500) : Results.Json(new { result = true }));
        await RegisterAsync();

        // A good PING would end the suspension at once, before anybody could see it.
        _answersPings = false;
        for (var i = 0; i < 25; i++)
            await _host.BuyerAsksAsync($"{i}");
        await Wait.ForAsync(async () =>
        {
            await using var db = await _host.Get<OzonSellerCenter.Sandbox.SandboxData>().OpenAsync();
            return db.PushTargets.Single().SuspendedAt is not null;
        });
        (broken, _answersPings) = (false, true);
        await Wait.ForAsync(async () =>
        {
            await _host.AdvanceAsync("PT10M");
            await using var db = await _host.Get<OzonSellerCenter.Sandbox.SandboxData>().OpenAsync();
            return !db.PushDeliveries.Any();
        });
        Assert.Equal(25, Events().Select(e => (string)e["data"]![0]!).Distinct().Count());
        Assert.True(Events("TYPE_PING").Count >= 2);
    }

    [Fact]
    public async Task A_slow_receiver_keeps_only_its_own_waiting()
    {
        var hold = new TaskCompletionSource();
        _answer = async push =>
        {
            if ((string)push["seller_id"]! == "1000002")
                await hold.Task;
            return Results.Json(new { result = true });
        };
        await RegisterAsync();
        await RegisterAsync(clientId: "1000002");
        await _host.ControlAsync("buyer-message", new JsonObject { ["clientId"] = "1000002", ["text"] = "slow" });
        await Wait.ForAsync(() => Events().Count == 1);
        await _host.BuyerAsksAsync("quick");
        await Wait.ForAsync(() => Events().Count == 2);
        hold.SetResult();
    }

    [Fact]
    public async Task Duplicated_lost_and_overtaken_events_are_what_was_asked_for()
    {
        await RegisterAsync();
        await FaultAsync("duplicate-push");
        await _host.BuyerAsksAsync("twice");
        await Wait.ForAsync(() => Events().Count == 2);
        await FaultAsync("none");
        await FaultAsync("lost-push");
        await _host.BuyerAsksAsync("never");
        await FaultAsync("none");
        await FaultAsync("reorder-push", 60_000);
        await _host.BuyerAsksAsync("late");
        await FaultAsync("none");
        await _host.BuyerAsksAsync("early");
        await Wait.ForAsync(() => Events().Count == 3);
        await _host.AdvanceAsync("PT2M");
        await Wait.ForAsync(() => Events().Count == 4);
        Assert.Equal(["twice", "twice", "early", "late"], Events().Select(e => (string)e["data"]![0]!));
    }

    [Fact]
    public async Task The_buyers_reading_is_told()
    {
        await RegisterAsync();
        var chatId = await _host.BuyerAsksAsync("?");
        await _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "!" });
        await _host.Http.GetStringAsync(new Uri("/sandbox/shop/chats/" + chatId, UriKind.Relative), TestContext.Current.CancellationToken);
        await Wait.ForAsync(() => Events("TYPE_MESSAGE_READ").Count == 1);
        Assert.Equal(Events("TYPE_MESSAGE_READ")[0]["message_id"]!.ToString(), Events("TYPE_MESSAGE_READ")[0]["last_read_message_id"]!.ToString());
    }

    [Fact]
    public async Task A_new_order_and_every_step_of_an_order_are_told()
    {
        await RegisterAsync();
        var chance = new Random(3);
        var buyers = _host.Get<OzonSellerCenter.Sandbox.Buyers.BuyerSteps>();
        for (var step = 0; step < 150; step++)
            await buyers.TakeAsync(chance, _host.Get<OzonSellerCenter.Sandbox.SandboxData>().Now, TestContext.Current.CancellationToken);
        await Wait.ForAsync(() => Events("TYPE_NEW_POSTING").Count > 0 && Events("TYPE_STATE_CHANGED").Count > 0);
        var order = Events("TYPE_NEW_POSTING")[0];
        var answer = await _host.CallAsync("/v3/posting/fbs/get", new JsonObject { ["posting_number"] = (string)order["posting_number"]! });
        Assert.Equal("awaiting_packaging", (string)answer.Json["result"]!["status"]!);
        Assert.Equal((long)order["products"]![0]!["sku"]!, (long)answer.Json["result"]!["products"]![0]!["sku"]!);
        Assert.StartsWith("posting_", (string)Events("TYPE_STATE_CHANGED")[0]["new_state"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_with_postings_is_told_by_its_own_kind_of_push()
    {
        await RegisterAsync();
        var (packed, sellers) = (await _host.NewAsync(), await _host.NewAsync("RFBS"));
        await _host.ShipAsync(packed);
        await _host.CallAsync("/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = packed.PostingNumber, ["cancel_reason_id"] = 352 });
        var at = sellers.InProcessAt.AddDays(8);
        await _host.CallAsync("/v1/posting/cutoff/set", new JsonObject { ["posting_number"] = sellers.PostingNumber, ["new_cutoff_date"] = at.ToString("O") });
        await _host.CallAsync("/v1/posting/fbs/timeslot/set", new JsonObject
        {
            ["posting_number"] = sellers.PostingNumber,
            ["new_timeslot"] = new JsonObject { ["from"] = at.ToString("O"), ["to"] = at.AddDays(1).ToString("O") },
        });
        await Wait.ForAsync(() => Events("TYPE_DELIVERY_DATE_CHANGED").Count == 1);
        var pushes = _received.Skip(1).Select(p => OzonSellerCenter.Ozon.OzonPushes.Parse(System.Text.Encoding.UTF8.GetBytes(p.ToJsonString()))).ToList();
        var shipped = Assert.IsType<OzonSellerCenter.Ozon.PushStateChanged>(pushes[0]);
        var cancelled = Assert.IsType<OzonSellerCenter.Ozon.PushPostingCancelled>(pushes[1]);
        Assert.Equal((packed.PostingNumber, "posting_transferring_to_delivery"), (shipped.PostingNumber, shipped.NewState));
        Assert.Equal((packed.PostingNumber, "posting_transferring_to_delivery", 352), (cancelled.PostingNumber, cancelled.OldState, cancelled.Reason!.Id));
        Assert.Equal((sellers.ShipBy, at), (Assert.IsType<OzonSellerCenter.Ozon.PushCutoffDateChanged>(pushes[2]) is var c ? (c.OldCutoffDate, c.NewCutoffDate) : default));
        var moved = Assert.IsType<OzonSellerCenter.Ozon.PushDeliveryDateChanged>(pushes[3]);
        Assert.Equal((sellers.DeliveryTo, at.AddDays(1)), (moved.OldDeliveryDateEnd, moved.NewDeliveryDateEnd));
    }

    private Task<JsonObject> FaultAsync(string kind, int milliseconds = 0) =>
        _host.ControlAsync("faults", new JsonObject { ["kind"] = kind, ["rate"] = 1, ["milliseconds"] = milliseconds });

    private async Task<int?> AttemptsAsync()
    {
        await using var db = await _host.Get<OzonSellerCenter.Sandbox.SandboxData>().OpenAsync();
        return db.PushDeliveries.SingleOrDefault()?.Attempts;
    }

    private async Task<PushState?> StateAsync()
    {
        await using var db = await _host.Get<OzonSellerCenter.Sandbox.SandboxData>().OpenAsync();
        return db.PushDeliveries.SingleOrDefault()?.State;
    }
}
