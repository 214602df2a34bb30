using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Background;

/// <summary>One posting at an Ozon in memory, behind the methods that change it. Fates decide about the next changes.</summary>
internal sealed class FakeParcel
{
    public const string Number = "0100-0001-1";

    private readonly FakeOzon _ozon;

    public FakeParcel(FakeOzon ozon)
    {
        _ozon = ozon;
        ozon.Answer = Answer;
    }

    public string Status { get; set; } = "awaiting_packaging";
    public string Substatus { get; set; } = "posting_created";
    public string Tracking { get; set; } = "";
    public string Address { get; set; } = "ул. Садовая, д. 1";
    public bool IsReaddressed { get; set; }
    public List<string> Actions { get; set; } = ["ship", "ship_async", "cancel", "product_cancel", "set_track_number", "non_int_delivering", "set_cutoff", "set_timeslot"];

    /// <summary>SKU to pieces.</summary>
    public Dictionary<long, int> Items { get; } = new() { [11] = 2, [12] = 1 };

    /// <summary>What becomes of the next changes, in order; then all are made.</summary>
    public Queue<Fate> Fates { get; } = new();

    /// <summary>Ozon says yes to a packing and does it later, when told to.</summary>
    public bool PacksLater { get; set; }

    /// <summary>How often each change was made.</summary>
    public Dictionary<string, int> Made { get; } = [];

    private HttpResponseMessage? Answer(string path, JsonObject body) => path switch
    {
        "/v3/posting/fbs/get" => FakeOzon.Json(new JsonObject { ["result"] = Shown(detailed: true) }.ToJsonString()),
        "/v4/posting/fbs/list" => FakeOzon.Json(new JsonObject { ["postings"] = new JsonArray(Shown(detailed: false)), ["has_next"] = false }.ToJsonString()),
        "/v4/posting/fbs/ship" => Change(path, """{"result":["0100-0001-1"]}""", Status == "awaiting_packaging", () => Status = PacksLater ? Status : "awaiting_deliver"),
        "/v2/fbs/posting/tracking-number/set" => Change(path, Moved, true, () => Tracking = (string)body["tracking_numbers"]![0]!["tracking_number"]!),
        "/v2/fbs/posting/delivering" => Change(path, Moved, Status == "awaiting_deliver", () => (Status, Substatus) = ("delivering", "posting_in_carriage")),
        "/v2/posting/fbs/cancel" => Change(path, """{"result":true}""", Status != "cancelled", () => Status = "cancelled"),
        "/v2/posting/fbs/product/cancel" => Change(path, """{"result":"0100-0001-1"}""", true, () => TakeOut(body)),
        "/extension/v1/posting/address/get" => FakeOzon.Json(new JsonObject { ["result"] = ShownAddress() }.ToJsonString()),
        "/extension/v1/posting/address/change" => Change(path, """{"result":true}""", !IsReaddressed, () => (Address, IsReaddressed) = ((string)body["address"]!, true)),
        _ => null,
    };

    private JsonObject ShownAddress() => new()
    {
        ["posting_number"] = Number,
        ["address"] = Address,
        ["changed_at"] = IsReaddressed ? "2026-11-24T12:00:00Z" : null,
        ["remaining_changes_count"] = IsReaddressed ? 0 : 1,
        ["label_valid"] = !IsReaddressed,
    };

    private const string Moved = """{"result":[{"posting_number":"0100-0001-1","result":true,"error":""}]}""";

    private HttpResponseMessage Change(string path, string yes, bool isPossible, Action change)
    {
        var fate = Fates.TryDequeue(out var next) ? next : null;
        if (fate is { Acts: false }) return fate.Answer();
        if (!isPossible) return FakeOzon.Json("""{"code":3,"message":"HAS_INCORRECT_STATUS"}""", HttpStatusCode.BadRequest);
        change();
        Made[path] = Made.GetValueOrDefault(path) + 1;
        return fate is null ? FakeOzon.Json(yes) : fate.Answer();
    }

    private void TakeOut(JsonObject body)
    {
        foreach (var item in body["items"]!.AsArray())
        {
            var sku = long.Parse(item!["sku"]!.ToString(), CultureInfo.InvariantCulture);
            Items[sku] -= int.Parse(item["quantity"]!.ToString(), CultureInfo.InvariantCulture);
            if (Items[sku] == 0) Items.Remove(sku);
        }
    }

    private JsonObject Shown(bool detailed) => new()
    {
        ["posting_number"] = Number,
        ["order_id"] = 1,
        ["order_number"] = "0100-0001",
        ["status"] = Status,
        ["substatus"] = Substatus,
        ["tracking_number"] = Tracking,
        ["tpl_integration_type"] = "non_integrated",
        ["in_process_at"] = "2026-11-24T08:00:00Z",
        ["shipment_date"] = "2026-11-26T08:00:00Z",
        ["available_actions"] = new JsonArray([.. Actions.Select(a => (JsonNode)a)]),
        ["products"] = new JsonArray([.. Items.Select(i => (JsonNode)new JsonObject
        {
            ["sku"] = i.Key,
            ["name"] = $"Товар {i.Key}",
            ["offer_id"] = $"A-{i.Key}",
            ["quantity"] = i.Value,
            ["price"] = detailed ? "100.0000" : new JsonObject { ["amount"] = "100.00", ["currency"] = "RUB" },
            ["currency_code"] = "RUB",
        })]),
    };
}
