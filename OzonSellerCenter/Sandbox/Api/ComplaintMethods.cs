using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>NOT Ozon's: complaints of buyers, contested returns and money that was kept back, and what the desk that decides in Ozon's place says of them,
/// under <c>/extension/</c>. Ozon has no method for any of it and answers these paths with 404.</summary>
internal sealed class ComplaintMethods(SandboxData data, ComplaintDesk desk, Wire wire)
{
    /// <summary>Where pictures of a complaint are; fetched with the account's headers.</summary>
    public const string Photo = "/extension/v1/complaint/photo";

    private const string List = "/extension/v1/complaint/list";
    private const string Ask = "/extension/v1/complaint/ask";
    private const string Decide = "/extension/v1/complaint/decide";
    private const int MostComplaints = 100;
    private const int LongestReference = 64;
    private const int LongestWords = 4000;

    public static readonly string[] Paths = [List, Ask, Decide, Photo];

    public IEnumerable<ApiMethod> All =>
    [
        new(List, "ComplaintListRequest", ListAsync),
        new(Ask, "ComplaintAskRequest", AskAsync),
        new(Decide, "ComplaintDecideRequest", DecideAsync),
    ];

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = call.Body.Limit("limit", ifMissing: 0, most: MostComplaints);
        var after = call.Body.Number("last_id");
        var filter = call.Body.Section("filter");
        var since = filter.Instant("updated_since");
        var number = filter.Text("posting_number");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var page = await db.Complaints.AsNoTracking().Include(c => c.Photos).Where(c => c.ClientId == call.ClientId && c.Id > after)
            .Where(c => (since == null || c.UpdatedAt >= since) && (number == "" || c.PostingNumber == number))
            .OrderBy(c => c.Id).Take(limit).ToListAsync(call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonArray([.. page.Select(Json)]),
            ["last_id"] = page.Count == 0 ? 0 : page[^1].Id,
        });
    }

    private JsonObject Json(Complaint complaint) => new()
    {
        ["complaint_id"] = complaint.Id,
        ["kind"] = complaint.Kind,
        ["topic"] = complaint.Topic,
        ["posting_number"] = complaint.PostingNumber,
        ["order_number"] = complaint.OrderNumber,
        ["scheme"] = complaint.Scheme,
        ["customer_id"] = complaint.BuyerId,
        ["sku"] = complaint.Sku,
        ["product_name"] = complaint.Name,
        ["return_id"] = complaint.ReturnId,
        ["words"] = complaint.Words,
        ["amount"] = Money(complaint.Amount),
        ["photos"] = new JsonArray([.. complaint.Photos.Select(p => (JsonNode)$"{wire.BaseAddress}{Photo}/{p.Path}")]),
        ["state"] = complaint.State,
        ["opened_at"] = Wire.Time(complaint.OpenedAt),
        ["updated_at"] = Wire.Time(complaint.UpdatedAt),
        ["ozon_called_at"] = Wire.Time(complaint.OzonCalledAt),
        ["compensated"] = Money(complaint.Compensated),
        ["entries"] = new JsonArray([.. complaint.Entries.Select(Json)]),
    };

    private static JsonObject Json(ComplaintEntry entry) => new()
    {
        ["type"] = entry.Type,
        ["by"] = entry.By,
        ["text"] = entry.Text,
        ["at"] = Wire.Time(entry.At),
        ["reference"] = entry.Reference,
        ["outcome"] = entry.Outcome,
        ["amount"] = Money(entry.Amount),
        ["instance"] = entry.Instance,
    };

    private static JsonObject Money(long kopecks) => new() { ["amount"] = Wire.Money(kopecks), ["currency"] = "RUB" };

    private async Task<ApiAnswer> AskAsync(ApiCall call)
    {
        var (id, reference, text) = (call.Body.Number("complaint_id"), call.Body.Text("reference", 1, LongestReference), Words(call.Body, "text"));
        if (call.Body.Problem is { } problem)
            return problem;
        return Done(await desk.AskAsync(call.ClientId, id, text, reference, call.Cancel));
    }

    private async Task<ApiAnswer> DecideAsync(ApiCall call)
    {
        var (id, reference, reasons) = (call.Body.Number("complaint_id"), call.Body.Text("reference", 1, LongestReference), Words(call.Body, "reasons"));
        var (instance, outcome) = (call.Body.Number("instance"), call.Body.Text("outcome"));
        var amount = RefundMethods.Kopecks(call.Body, "amount");
        if (instance is not (1 or 2))
            call.Body.Reject("instance", "value must be 1 or 2");
        if (!Complaint.Outcomes.Contains(outcome))
            call.Body.Reject("outcome", $"value must be in list [{string.Join(' ', Complaint.Outcomes)}]");
        if (outcome == Complaint.Split && amount == 0)
            call.Body.Reject("amount", "value must be greater than 0");
        if (call.Body.Problem is { } problem)
            return problem;
        return Done(await desk.DecideAsync(call.ClientId, id, new NewDecision((int)instance, outcome, amount, reasons, reference), call.Cancel));
    }

    /// <summary>A text that says something.</summary>
    private static string Words(RequestBody body, string field)
    {
        var text = body.Text(field, 1, LongestWords);
        if (string.IsNullOrWhiteSpace(text))
            body.Reject(field, "value must not be blank");
        return text.Trim();
    }

    private static ApiAnswer Done(string? fault) => fault switch
    {
        null => ApiAnswer.Ok(new JsonObject { ["result"] = true }),
        ComplaintFault.NotFound => ApiAnswer.NotFound(fault),
        _ => ApiAnswer.Fault(fault),
    };
}
