using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>NOT Ozon's: money back to a buyer without a request of his, and another piece instead of money, under <c>/extension/</c>.</summary>
internal sealed class RefundMethods(SandboxData data, RefundBook refunds, ExchangeBook exchanges)
{
    private const string Create = "/extension/v1/refund/create";
    private const string List = "/extension/v1/refund/list";
    private const string Exchange = "/extension/v1/exchange/create";
    private const int MostNumbers = 50;
    private const int LongestReference = 64;
    private const int LongestWords = 1000;

    public static readonly string[] Paths = [Create, List, Exchange];

    public IEnumerable<ApiMethod> All =>
    [
        new(Create, "RefundCreateRequest", CreateAsync),
        new(List, "RefundListRequest", ListAsync),
        new(Exchange, "ExchangeCreateRequest", ExchangeAsync),
    ];

    private async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var (number, reference) = (call.Body.Text("posting_number", 1, 100), call.Body.Text("reference", 1, LongestReference));
        var (amount, postage) = (Kopecks(call.Body, "amount"), Kopecks(call.Body, "return_shipping"));
        var (reason, words) = (call.Body.Text("reason_code", 1, 100), call.Body.Text("explanation", 0, LongestWords));
        var items = call.Body.Has("items") && call.Body.Sections("items").Count > 0 ? ShippingMethods.Pieces(call.Body, "items", "sku") : [];
        if (amount + postage == 0)
            call.Body.Reject("amount", "value must be greater than 0");
        if (call.Body.Problem is { } problem)
            return problem;
        var pieces = string.Join(',', items.OrderBy(i => i.Key).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Key}x{i.Value}")));
        var content = string.Create(CultureInfo.InvariantCulture, $"{number}|{amount}|{postage}|{pieces}|{reason}|{words}");
        var (fault, refund) = await refunds.CreateAsync(call.ClientId, new NewRefund(number, reference, amount, postage, content), call.Cancel);
        return fault is not null ? ApiAnswer.Fault(fault) : ApiAnswer.Ok(new JsonObject { ["result"] = new JsonObject { ["refund_id"] = refund!.Id, ["state"] = refund.State } });
    }

    /// <summary>An amount in the only currency there is; missing counts as nothing.</summary>
    public static long Kopecks(RequestBody body, string field)
    {
        if (!body.Has(field))
            return 0;
        var money = body.Section(field);
        var kopecks = money.Kopecks("amount");
        if (kopecks < 0)
            money.Reject("amount", "value must not be negative");
        if (money.Text("currency") != "RUB")
            money.Reject("currency", "value must be RUB");
        return kopecks;
    }

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var numbers = call.Body.Texts("posting_numbers");
        if (numbers.Count is 0 or > MostNumbers)
            call.Body.Reject("posting_numbers", $"value must contain between 1 and {MostNumbers} items, inclusive");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var found = await db.BuyerRefunds.AsNoTracking().Where(r => r.ClientId == call.ClientId && numbers.Contains(r.PostingNumber)).OrderBy(r => r.Id).ToListAsync(call.Cancel);
        return ApiAnswer.Ok(new JsonObject { ["result"] = new JsonArray([.. found.Select(r => (JsonNode)Json(r))]) });
    }

    private static JsonObject Json(BuyerRefund refund) => new()
    {
        ["refund_id"] = refund.Id,
        ["reference"] = refund.Reference ?? "",
        ["posting_number"] = refund.PostingNumber,
        ["amount"] = Money(refund.Amount),
        ["return_shipping"] = Money(refund.Postage),
        ["state"] = refund.State,
        ["source"] = refund.Source,
        ["created_at"] = Wire.Time(refund.CreatedAt),
        ["expected_at"] = Wire.Time(refund.CreatedAt + BuyerRefund.ExpectedWithin),
        ["paid_at"] = Wire.Time(refund.PaidAt),
    };

    private static JsonObject Money(long kopecks) => new() { ["amount"] = Wire.Money(kopecks), ["currency"] = "RUB" };

    private async Task<ApiAnswer> ExchangeAsync(ApiCall call)
    {
        var (id, reference) = (call.Body.Number("return_id"), call.Body.Text("reference", 1, LongestReference));
        if (call.Body.Problem is { } problem)
            return problem;
        var (fault, number) = await exchanges.MakeAsync(call.ClientId, id, reference, call.Cancel);
        return fault switch
        {
            null => ApiAnswer.Ok(new JsonObject { ["result"] = new JsonObject { ["posting_number"] = number } }),
            ReturnFault.NotFound => ApiAnswer.NotFound(fault),
            _ => ApiAnswer.Fault(fault),
        };
    }
}
