using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Returns of FBO and FBS orders: the API tells of them; they are decided in Ozon's cabinet, or by silence.</summary>
internal sealed class MarketReturnMethods(SandboxData data, Wire wire)
{
    private const int MostReturns = 500;
    private const int MostNumbers = 50;
    private const int CommissionPercent = 15;

    /// <summary>The sorting centre that all returns go through.</summary>
    private const long PlaceId = 23_869_688_194_000;

    /// <summary>What lies there for longer is charged for.</summary>
    private static readonly TimeSpan FreeStorage = TimeSpan.FromDays(3);

    private static readonly (string Field, Func<ReturnRequest, DateTime?> Of)[] Periods =
    [
        ("logistic_return_date", r => r.CreatedAt), ("storage_tariffication_start_date", r => r.ReceivedAt + FreeStorage), ("visual_status_change_moment", r => r.StateAt),
    ];

    // The numbers are the emulator's own; Ozon's document gives one in its sample.
    private static readonly string[] Numbered =
    [
        ReturnRequest.OnApproval, ReturnRequest.Approved, ReturnRequest.Moving, ReturnRequest.Received, ReturnRequest.MoneyReturned, ReturnRequest.Rejected, ReturnRequest.Cancelled,
        ReturnRequest.Disputed, ReturnRequest.Solved,
    ];

    public IEnumerable<ApiMethod> All => [new("/v1/returns/list", "ReturnsListRequest", ListAsync)];

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = call.Body.Limit("limit", ifMissing: 0, most: MostReturns);
        var after = call.Body.Number("last_id");
        var filter = call.Body.Section("filter");
        var numbers = filter.Texts("posting_numbers");
        var (order, warehouse, compensation) = (filter.Number("order_id"), filter.Number("warehouse_id"), filter.Number("compensation_status_id"));
        var (name, offer, barcode) = (filter.Text("product_name"), filter.Text("offer_id"), filter.Text("barcode"));
        var (state, scheme) = (filter.Text("visual_status_name"), filter.Text("return_schema"));
        if (numbers.Count > MostNumbers)
            filter.Reject("posting_numbers", $"value must contain no more than {MostNumbers} item(s)");
        if (scheme is not ("" or "FBS" or "FBO"))
            filter.Reject("return_schema", "value must be in list [FBS FBO]");
        var periods = Periods.Where(p => filter.Has(p.Field)).ToList();
        if (periods.Count > 1)
            filter.Reject(periods[1].Field, "only one of the periods may be set");
        var span = periods.Count == 0 ? null : filter.Section(periods[0].Field);
        var (from, to) = (span?.Instant("time_from"), span?.Instant("time_to"));
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var found = await (
            from request in db.Returns.AsNoTracking()
            join posting in db.Postings on request.PostingNumber equals posting.PostingNumber
            where request.ClientId == call.ClientId && request.Scheme != "RFBS" && request.Id > after
                && (scheme == "" || request.Scheme == scheme) && (offer == "" || request.OfferId == offer) && (state == "" || request.State == state)
                && (numbers.Count == 0 || numbers.Contains(request.PostingNumber)) && (order == 0 || posting.OrderId == order)
            orderby request.Id
            select new { request, posting.OrderId }).ToListAsync(call.Cancel);
        var page = found.Where(f => name.Length == 0 || f.request.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            .Where(f => barcode.Length == 0 || BarcodeOf(f.request) == barcode)
            // Everything lies in one place, and nothing has ever been compensated.
            .Where(_ => warehouse is 0 or PlaceId && compensation == 0)
            .Where(f => periods.Count == 0 || (periods[0].Of(f.request) is { } at && at >= (from ?? DateTime.MinValue) && at <= (to ?? DateTime.MaxValue)))
            .Take(limit + 1).ToList();
        return ApiAnswer.Ok(new JsonObject
        {
            ["returns"] = new JsonArray([.. page.Take(limit).Select(f => Json(f.request, f.OrderId))]),
            ["has_next"] = page.Count > limit,
        });
    }

    private static string BarcodeOf(ReturnRequest request) => string.Create(CultureInfo.InvariantCulture, $"ii{request.Id}");

    private JsonObject Json(ReturnRequest request, long orderId) => new()
    {
        ["id"] = wire.ReturnId(request.Id),
        ["company_id"] = wire.ReturnId(request.ClientId),
        ["return_reason_name"] = request.Reason,
        ["type"] = request.Type,
        ["schema"] = request.IsFbo ? "Fbo" : "Fbs",
        ["order_id"] = wire.ReturnId(orderId),
        ["order_number"] = request.OrderNumber,
        ["posting_number"] = request.PostingNumber,
        ["source_id"] = wire.ReturnId(request.Id),
        ["clearing_id"] = wire.ReturnId(orderId),
        ["return_clearing_id"] = null,
        ["place"] = Place(),
        ["target_place"] = Place(),
        ["storage"] = new JsonObject
        {
            ["sum"] = Money(0),
            ["days"] = wire.ReturnId(request.ReceivedAt is { } at ? (data.Now - at).Days : 0),
            ["arrived_moment"] = Wire.Time(request.ReceivedAt),
            ["tariffication_first_date"] = Wire.Time(request.ReceivedAt + FreeStorage),
            ["tariffication_start_date"] = Wire.Time(request.ReceivedAt + FreeStorage),
        },
        ["product"] = new JsonObject
        {
            ["sku"] = wire.ReturnId(request.Sku),
            ["offer_id"] = request.OfferId,
            ["name"] = request.Name,
            ["price"] = Money(request.Price),
            ["price_without_commission"] = Money(request.Price * (100 - CommissionPercent) / 100),
            ["commission_percent"] = CommissionPercent,
            ["commission"] = Money(request.Price * CommissionPercent / 100),
            ["quantity"] = request.Quantity,
        },
        ["logistic"] = new JsonObject
        {
            ["return_date"] = Wire.Time(request.CreatedAt),
            ["technical_return_moment"] = null,
            ["final_moment"] = Wire.Time(request.ReceivedAt),
            ["cancelled_with_compensation_moment"] = null,
            ["barcode"] = BarcodeOf(request),
        },
        ["visual"] = new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["id"] = Array.IndexOf(Numbered, request.State) + 1,
                ["display_name"] = RfbsReturnMethods.NameOf(request),
                ["sys_name"] = request.State,
            },
            ["change_moment"] = Wire.Time(request.StateAt),
        },
        ["compensation_status"] = null,
        ["exemplars"] = new JsonArray(new JsonObject { ["id"] = wire.ReturnId(request.Id * 10) }),
        ["additional_info"] = new JsonObject { ["is_opened"] = true, ["is_super_econom"] = false },
    };

    private JsonObject Place() => new()
    {
        ["id"] = wire.ReturnId(PlaceId),
        ["name"] = "СЦ_Львовский_Возвраты",
        ["address"] = "Россия, обл. Московская, г. Подольск, промышленная зона Львовский, ул. Московская, д. 69, стр. 5",
    };

    private static JsonObject Money(long kopecks) => new() { ["currency_code"] = "RUB", ["price"] = kopecks / 100m };
}
