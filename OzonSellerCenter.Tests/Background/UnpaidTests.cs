using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Unpaid;
using OzonSellerCenter.Tests.Sandbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Unpaid orders come and go like the store's Ozon tells them, and each buyer is reminded once.</summary>
public sealed class UnpaidTests
{
    private const string Number = "0300-0001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Mishaps => DeedTests.Mishaps;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory, MemberData(nameof(Mishaps))]
    public async Task Whatever_the_network_does_the_buyer_is_reminded_once(string mishap)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var list = await KnownAsync(test);
        if (mishap != nameof(Fate.Taken)) list.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        Assert.Null(await RemindAsync(test));
        await test.DispatchAllAsync();
        Assert.Equal(["Здравствуйте, Дмитрий! Ваш заказ 0300-0001 на сумму 2\u00a0390\u00a0₽ ждёт оплаты до 26 ноября, 15:00, потом он отменится сам. Оплатить его можно в разделе «Заказы». Если вы передумали, ничего делать не нужно."], list.Said);
        Assert.Equal(CommandState.Done, (await test.ReadAsync(db => db.OutboundCommands.AsNoTracking().SingleAsync(Ct))).State);
        Assert.NotNull((await OrderAsync(test)).RemindedAt);
        Assert.Equal(DeadlineState.Met, (await ClockAsync(test)).State);
        Assert.Equal("RemindedAlready", await RemindAsync(test));
    }

    [Fact]
    public async Task Killed_while_it_was_sent_the_list_tells_whether_it_was()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var list = await KnownAsync(test);
        list.Fates.Enqueue(Fate.DeathAfterActing);
        Assert.Null(await RemindAsync(test));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(test.DispatchDueAsync);
        await test.RestartAsync();
        await test.DispatchAllAsync();
        Assert.Single(list.Said);
        Assert.Equal(1, test.Ozon.CallsOf("/remind"));
        Assert.NotNull((await OrderAsync(test)).RemindedAt);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_two_people_who_remind_at_the_same_moment_one_is_told_that_the_other_did(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await KnownAsync(test);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RemindAsync(test), Ct)));
        Assert.Equal([null, "RemindedAlready", "RemindedAlready", "RemindedAlready"], outcomes.Order());
        Assert.Equal(1, await test.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Its_time_over_it_is_missed_and_what_was_paid_or_cancelled_falls_away(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var list = await KnownAsync(test, Number, "0300-0002", "0300-0003");
        Assert.Equal([DeadlineState.Running], await test.ReadAsync(db => db.Deadlines.Where(d => d.Kind == DeadlineKind.UnpaidOrder).Select(d => d.State).Distinct().ToListAsync(Ct)));
        Assert.Equal(test.Now.AddHours(48), (await ClockAsync(test)).DueAt);
        await test.ReadAsync(async db =>
        {
            db.Postings.Add(new Posting { StoreId = test.StoreId, PostingNumber = "0300-0002-1", OrderNumber = "0300-0002", Status = "awaiting_packaging" });
            await db.CommitAsync(Ct);
            return true;
        });
        list.Open.RemoveAll(o => o != Number);
        await PollAsync(test);
        test.Time.Advance(TimeSpan.FromHours(48));
        Assert.Equal("PaymentTimeOver", await RemindAsync(test));
        list.Open.Clear();
        await PollAsync(test);
        var states = await test.ReadAsync(db => db.UnpaidOrders.AsNoTracking().OrderBy(o => o.OrderNumber).Select(o => o.State).ToListAsync(Ct));
        Assert.Equal([UnpaidState.Expired, UnpaidState.Paid, UnpaidState.Gone], states);
        Assert.Equal(DeadlineState.Missed, (await ClockAsync(test)).State);
        Assert.Equal(DeadlineState.Cancelled, (await ClockAsync(test, "0300-0002")).State);
        Assert.Equal("NoLongerUnpaid", await RemindAsync(test));
    }

    [Fact]
    public async Task One_refused_because_it_was_paid_meanwhile_says_so_and_what_does_not_change_is_not_written()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var list = await KnownAsync(test);
        var events = await test.ReadAsync(db => db.StoreEvents.CountAsync(Ct));
        await PollAsync(test);
        Assert.Equal(events, await test.ReadAsync(db => db.StoreEvents.CountAsync(Ct)));
        list.Fates.Enqueue(Fate.Refusal(HttpStatusCode.BadRequest, 3, "ORDER_ALREADY_PAID"));
        Assert.Null(await RemindAsync(test));
        await test.DispatchAllAsync();
        var row = Assert.Single((await test.Get<UnpaidQueries>().OpenAsync(test.Owner, Ct)).Rows);
        Assert.Equal((CommandState.Failed, "ORDER_ALREADY_PAID", null), (row.Reminder, row.ErrorDetail, row.Order.RemindedAt));
        Assert.Null(await RemindAsync(test));
        await test.DispatchAllAsync();
        Assert.Single(list.Said);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_Ozon_that_tells_of_none_is_asked_once_a_day_and_the_page_says_so(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        test.Ozon.Answer = (path, _) => path.StartsWith("/extension/", StringComparison.Ordinal) ? FakeOzon.Json("404 page not found", HttpStatusCode.NotFound) : null;
        Assert.Null((await StoreAsync()).IsOffered);
        for (var i = 0; i < 3; i++) await PollAsync(test);
        Assert.Equal((1, false), (test.Ozon.CallsOf("/unpaid-order/list"), (await StoreAsync()).IsOffered));
        test.Time.Advance(StoreExtension.AskAgainAfter);
        await PollAsync(test);
        Assert.Equal(2, test.Ozon.CallsOf("/unpaid-order/list"));
        test.Time.Advance(StoreExtension.AskAgainAfter);
        _ = new FakeList(test);
        await PollAsync(test);
        Assert.True((await StoreAsync()).IsOffered);
        Assert.Equal(ConnectionState.Working, (await test.StoreAsync()).Connection);

        async Task<UnpaidStore> StoreAsync() => Assert.Single((await test.Get<UnpaidQueries>().OpenAsync(test.Owner, Ct)).Stores);
    }

    [Fact]
    public async Task Over_the_sandbox_a_buyer_reads_it_on_his_order_and_after_48_hours_it_is_gone()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var (first, second) = (await ozon.BuyAsync(("payment", "later")), await ozon.BuyAsync(("payment", "later")));
        await shop.Get<UnpaidSync>().PollAsync(shop.StoreId, Ct);
        var rows = (await shop.Get<UnpaidQueries>().OpenAsync(LiveShop.Agent, Ct)).Rows;
        Assert.Equal([first, second], rows.Select(r => r.Order.OrderNumber));
        Assert.Equal(("Дмитрий Лавров", TimeSpan.FromHours(48)), (rows[0].Order.BuyerName, rows[0].Order.ExpiresAt - rows[0].Order.CreatedAt));
        var actions = shop.Get<UnpaidActions>();
        Assert.True((await actions.RemindAsync(LiveShop.Agent, rows[0].Order.Id, Ct)).IsDone);
        await Wait.ForAsync(() => shop.ReadAsync(db => db.UnpaidOrders.AnyAsync(o => o.OrderNumber == first && o.RemindedAt != null, Ct)), 60);
        Assert.Contains("ждёт оплаты до", (await ozon.OpenAsync("/orders/" + first)).Text, StringComparison.Ordinal);
        Assert.Equal("RemindedAlready", (await actions.RemindAsync(LiveShop.Agent, rows[0].Order.Id, Ct)).Refusal?.Key);

        await ozon.FillInAsync($"/orders/{first}/pay", ("payment", "card"));
        await shop.Get<UnpaidSync>().PollAsync(shop.StoreId, Ct);
        Assert.Equal(second, Assert.Single((await shop.Get<UnpaidQueries>().OpenAsync(LiveShop.Agent, Ct)).Rows).Order.OrderNumber);
        await ozon.AdvanceAsync("P2D");
        await shop.Get<UnpaidSync>().PollAsync(shop.StoreId, Ct);
        Assert.Empty((await shop.Get<UnpaidQueries>().OpenAsync(LiveShop.Agent, Ct)).Rows);
    }

    private static async Task<FakeList> KnownAsync(BackgroundTest test, params string[] numbers)
    {
        var list = new FakeList(test);
        list.Open.AddRange(numbers.Length == 0 ? [Number] : numbers);
        await PollAsync(test);
        return list;
    }

    private static Task PollAsync(BackgroundTest test) => test.Get<UnpaidSync>().PollAsync(test.StoreId, Ct);

    private static Task<UnpaidOrder> OrderAsync(BackgroundTest test) => test.ReadAsync(db => db.UnpaidOrders.AsNoTracking().SingleAsync(o => o.OrderNumber == Number, Ct));

    private static async Task<string?> RemindAsync(BackgroundTest test) =>
        (await test.Get<UnpaidActions>().RemindAsync(test.Owner, (await OrderAsync(test)).Id, Ct)).Refusal?.Key;

    private static Task<Deadline> ClockAsync(BackgroundTest test, string number = Number)
    {
        var subject = UnpaidClock.SubjectOf(number);
        return test.ReadAsync(db => db.Deadlines.AsNoTracking().SingleAsync(d => d.Subject == subject, Ct));
    }

    /// <summary>Unpaid orders at an Ozon in memory that tells of them. Fates decide about the next reminders.</summary>
    private sealed class FakeList
    {
        private readonly DateTime _boughtAt;
        private readonly HashSet<string> _reminded = [];

        public FakeList(BackgroundTest test)
        {
            _boughtAt = test.Now;
            test.Ozon.Answer = Answer;
        }

        public List<string> Open { get; } = [];
        public Queue<Fate> Fates { get; } = new();

        /// <summary>What buyers were told.</summary>
        public List<string> Said { get; } = [];

        private HttpResponseMessage? Answer(string path, JsonObject body) => path switch
        {
            "/extension/v1/unpaid-order/list" => FakeOzon.Json(new JsonObject { ["result"] = new JsonArray([.. Open.Select(Shown)]), ["last_id"] = Open.Count }.ToJsonString()),
            "/extension/v1/unpaid-order/remind" => Remind((string)body["order_number"]!, (string)body["text"]!),
            _ => null,
        };

        private HttpResponseMessage Remind(string number, string text)
        {
            var fate = Fates.TryDequeue(out var next) ? next : null;
            if (fate is { Acts: false }) return fate.Answer();
            if (!_reminded.Add(number)) return FakeOzon.Json("""{"code":3,"message":"BUYER_ALREADY_REMINDED"}""", HttpStatusCode.BadRequest);
            Said.Add(text);
            return fate is null ? FakeOzon.Json("""{"result":true}""") : fate.Answer();
        }

        private JsonNode Shown(string number) => new JsonObject
        {
            ["order_number"] = number,
            ["buyer_name"] = "Дмитрий",
            ["items"] = new JsonArray(new JsonObject { ["sku"] = 11, ["offer_id"] = "KT-170", ["name"] = "Чайник", ["quantity"] = 1, ["price"] = new JsonObject { ["amount"] = "2490.00", ["currency"] = "RUB" } }),
            ["total"] = new JsonObject { ["amount"] = "2390.00", ["currency"] = "RUB" },
            ["created_at"] = _boughtAt,
            ["expires_at"] = _boughtAt.AddHours(48),
            ["reminded_at"] = _reminded.Contains(number) ? _boughtAt.AddMinutes(1) : null,
        };
    }
}
