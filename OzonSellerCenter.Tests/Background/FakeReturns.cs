using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Background;

/// <summary>A buyer's request as the fake keeps it.</summary>
internal sealed class FakeReturn(long id)
{
    public long Id => id;
    public string Posting => $"0200-{id}-1";
    public string State { get; set; } = "OnSellerApproval";
    public string Group { get; set; } = "New";
    public string Money { get; set; } = "";

    /// <summary>In whole rubles.</summary>
    public int Price { get; init; } = 2000;

    public int Offers { get; set; }
    public decimal Offered { get; set; }

    /// <summary>Money that went to the buyer, each payment of its own.</summary>
    public List<decimal> Payments { get; } = [];

    /// <summary>Acts that were carried out, by id.</summary>
    public List<long> Acts { get; } = [];

    /// <summary>What becomes of the next acts, in order; then all are taken.</summary>
    public Queue<Fate> Fates { get; } = new();

    public IReadOnlyList<long> Actions => State switch
    {
        "OnSellerApproval" => [FakeReturns.TakeBack, FakeReturns.RefundAndLeave, 1020, -1],
        "OnSellerClarificationAfterPartialCompensation" => Offers < 2 ? [1020, FakeReturns.RefundAndLeave, FakeReturns.TakeBack] : [FakeReturns.RefundAndLeave, FakeReturns.TakeBack],
        "ArrivedAtWarehouse" => [FakeReturns.Received],
        "ReceivedBySeller" => [FakeReturns.Refund, -10],
        _ => [],
    };

    public void Move(string group, string state) => (Group, State) = (group, state);

    public void Pay(decimal amount, string state)
    {
        Payments.Add(amount);
        Money = "Деньги возвращены";
        Move("Approved", state);
    }

    /// <summary>Carries out an act that is offered.</summary>
    public void Act(long action, decimal? amount)
    {
        Acts.Add(action);
        switch (action)
        {
            case -1 or -10: Move("Rejected", "Rejected"); break;
            case 1020:
                (Offers, Offered) = (Offers + 1, amount!.Value);
                Move("New", "OfferedPartialCompensation");
                break;
            case FakeReturns.TakeBack: Move("Delivering", "Approved"); break;
            case FakeReturns.Received: Move("Checkout", "ReceivedBySeller"); break;
            default: Pay(Price, "MoneyReturned"); break;
        }
    }

    public void Answer(bool takes)
    {
        if (takes) Pay(Offered, "PartialCompensationReturned");
        else Move("New", "OnSellerClarificationAfterPartialCompensation");
    }
}

/// <summary>Buyers' requests at an Ozon in memory, behind the methods of rFBS returns. It knows no repetition: what comes twice is done twice.</summary>
internal sealed class FakeReturns
{
    public const long TakeBack = 2001;
    public const long RefundAndLeave = 2003;
    public const long Received = 2004;
    public const long Refund = 2005;

    private static readonly Dictionary<long, string> Names = new()
    {
        [-1] = "Отклонить заявку",
        [-10] = "Отклонить после проверки",
        [1020] = "Предложить частичную компенсацию",
        [TakeBack] = "Принять товар на проверку",
        [RefundAndLeave] = "Вернуть деньги, товар остаётся у покупателя",
        [Received] = "Товар получен",
        [Refund] = "Вернуть деньги",
    };

    private readonly TimeProvider _clock;

    public FakeReturns(FakeOzon ozon, TimeProvider clock)
    {
        _clock = clock;
        ozon.Answer = Answer;
    }

    public SortedDictionary<long, FakeReturn> All { get; } = [];

    /// <summary>When set, every reading fails with it.</summary>
    public Fate? Unreadable { get; set; }

    public FakeReturn Add(long id, int price = 2000) => All[id] = new FakeReturn(id) { Price = price };

    private HttpResponseMessage? Answer(string path, JsonObject body) => path switch
    {
        "/v2/returns/rfbs/list" or "/v2/returns/rfbs/get" when Unreadable is { } fate => fate.Answer(),
        "/v2/returns/rfbs/list" => List(body),
        "/v2/returns/rfbs/get" => FakeOzon.Json(new JsonObject { ["returns"] = Shown(All[(long)body["return_id"]!]) }.ToJsonString()),
        "/v1/returns/rfbs/action/set" => Act(body),
        "/v1/returns/list" => FakeOzon.Json("""{"returns":[],"has_next":false}"""),
        _ => null,
    };

    private HttpResponseMessage Act(JsonObject body)
    {
        var request = All[(long)body["return_id"]!];
        var fate = request.Fates.TryDequeue(out var next) ? next : null;
        if (fate is { Acts: false }) return fate.Answer();
        var id = (long)body["id"]!;
        if (!request.Actions.Contains(id)) return FakeOzon.Json("""{"code":9,"message":"RETURN_ACTION_NOT_AVAILABLE"}""", HttpStatusCode.BadRequest);
        request.Act(id, (decimal?)body["compensation_amount"]);
        return fate is null ? FakeOzon.Json("") : fate.Answer();
    }

    private HttpResponseMessage List(JsonObject body)
    {
        var filter = body["filter"]?.AsObject();
        var groups = filter?["group_state"]?.AsArray().Select(g => (string)g!).ToList() ?? ["All"];
        var (after, limit, posting) = ((long?)body["last_id"] ?? 0, (int)((long?)body["limit"] ?? 1000), (string?)filter?["posting_number"]);
        var shown = All.Values.Where(r => r.Id > after && (groups.Contains("All") || groups.Contains(r.Group)) && (posting is null || r.Posting == posting)).Take(limit);
        return FakeOzon.Json(new JsonObject { ["returns"] = new JsonArray([.. shown.Select(r => (JsonNode)Line(r))]) }.ToJsonString());
    }

    private JsonObject Line(FakeReturn request) => new()
    {
        ["return_id"] = request.Id,
        ["return_number"] = $"{request.Id}-R1",
        ["posting_number"] = request.Posting,
        ["order_number"] = $"0200-{request.Id}",
        ["created_at"] = _clock.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture),
        ["product"] = Product(request),
        ["state"] = new JsonObject { ["group_state"] = request.Group, ["state"] = request.State, ["state_name"] = request.State, ["money_return_state_name"] = request.Money },
    };

    private static JsonObject Product(FakeReturn request) => new() { ["sku"] = 11, ["offer_id"] = "A-11", ["name"] = "Лампа", ["price"] = request.Price, ["currency_code"] = "RUB" };

    private JsonObject Shown(FakeReturn request) => new()
    {
        ["return_number"] = $"{request.Id}-R1",
        ["posting_number"] = request.Posting,
        ["order_number"] = $"0200-{request.Id}",
        ["created_at"] = _clock.GetUtcNow().AddHours(-1).ToString("O", CultureInfo.InvariantCulture),
        ["comment"] = "Пришёл другой цвет",
        ["client_photo"] = new JsonArray("https://ozon.test/photo/1.png"),
        ["product"] = Product(request),
        ["return_reason"] = new JsonObject { ["id"] = 5, ["name"] = "Не соответствует описанию", ["is_defect"] = true },
        ["rejection_reason"] = new JsonArray(new JsonObject { ["id"] = 3, ["name"] = "Недостаточно фото", ["hint"] = "", ["is_comment_required"] = true }),
        ["state"] = new JsonObject { ["state"] = request.State, ["state_name"] = request.State },
        ["available_actions"] = new JsonArray([.. request.Actions.Select(a => (JsonNode)new JsonObject { ["action"] = new JsonObject { ["id"] = a, ["name"] = Names[a] } })]),
    };
}
