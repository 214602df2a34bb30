using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Returns of rFBS orders: the requests, and the seller's decisions.</summary>
internal sealed class RfbsReturnMethods(SandboxData data, ReturnBook book, Wire wire)
{
    /// <summary>Where pictures of a request are; fetched with the account's headers.</summary>
    public const string Photo = "/v2/returns/rfbs/photo";

    private const int MostReturns = 1000;
    private const int LongestComment = 1000;
    private static readonly string[] Groups = ["All", "New", "Delivering", "Checkout", "Arbitration", "Approved", "Rejected"];

    public IEnumerable<ApiMethod> All =>
    [
        new("/v2/returns/rfbs/list", "ReturnsRfbsListV2Request", ListAsync),
        new("/v2/returns/rfbs/get", "ReturnsRfbsGetV2Request", GetAsync),
        new("/v1/returns/rfbs/action/set", "ReturnsRfbsActionSetRequest", ActAsync),
    ];

    /// <summary>Ozon's group of a state.</summary>
    public static string GroupOf(ReturnRequest request) => request.State switch
    {
        ReturnRequest.OnApproval or ReturnRequest.Offered or ReturnRequest.AfterOffer => "New",
        ReturnRequest.Approved or ReturnRequest.OnWay or ReturnRequest.Moving => "Delivering",
        ReturnRequest.Arrived or ReturnRequest.Received => "Checkout",
        ReturnRequest.Rejected or ReturnRequest.Cancelled => "Rejected",
        ReturnRequest.Disputed => "Arbitration",
        _ => "Approved",
    };

    /// <summary>Ozon's Russian name of a state.</summary>
    public static string NameOf(ReturnRequest request) => request.State switch
    {
        ReturnRequest.OnApproval => "На согласовании у продавца",
        ReturnRequest.Offered => "Предложена частичная компенсация",
        ReturnRequest.AfterOffer => "На уточнении у продавца после частичной компенсации",
        ReturnRequest.Approved => "Возврат согласован",
        ReturnRequest.OnWay => "Товар в пути к продавцу",
        ReturnRequest.Moving => "Едет к продавцу",
        ReturnRequest.Arrived => "Товар прибыл",
        ReturnRequest.Received => "Получен продавцом",
        ReturnRequest.MoneyReturned => "Деньги возвращены",
        ReturnRequest.CompensationReturned => "Частичная компенсация выплачена",
        ReturnRequest.Rejected => "Отклонено продавцом",
        ReturnRequest.Cancelled => "Отменено",
        ReturnRequest.Disputed => "Открыт спор",
        _ => "Решено",
    };

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = call.Body.Limit("limit", ifMissing: 0, most: MostReturns);
        var after = call.Body.Number("last_id");
        var filter = call.Body.Section("filter");
        var (offer, number, groups) = (filter.Text("offer_id"), filter.Text("posting_number"), filter.Texts("group_state"));
        var created = filter.Section("created_at");
        var (from, to) = (created.Instant("from"), created.Instant("to"));
        if (groups.Except(Groups).Any())
            filter.Reject("group_state", $"value must be in list [{string.Join(' ', Groups)}]");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var found = await db.Returns.AsNoTracking().Where(r => r.ClientId == call.ClientId && r.Scheme == "RFBS" && r.Id > after)
            .Where(r => (offer == "" || r.OfferId == offer) && (number == "" || r.PostingNumber == number))
            .Where(r => (from == null || r.CreatedAt >= from) && (to == null || r.CreatedAt <= to))
            .OrderBy(r => r.Id).ToListAsync(call.Cancel);
        var page = found.Where(r => groups.Count == 0 || groups.Contains("All") || groups.Contains(GroupOf(r))).Take(limit).ToList();
        var ids = page.Select(r => (long?)r.Id).ToList();
        var money = await db.BuyerRefunds.AsNoTracking().Where(r => ids.Contains(r.ReturnId)).ToDictionaryAsync(r => r.ReturnId!.Value, call.Cancel);
        return ApiAnswer.Ok(new JsonObject { ["returns"] = new JsonArray([.. page.Select(r => Line(r, money.GetValueOrDefault(r.Id)))]) });
    }

    private static JsonObject Line(ReturnRequest request, BuyerRefund? money) => new()
    {
        ["return_id"] = request.Id,
        ["return_number"] = request.Number,
        ["posting_number"] = request.PostingNumber,
        ["order_number"] = request.OrderNumber,
        ["created_at"] = Wire.Time(request.CreatedAt),
        ["client_name"] = "",
        ["product"] = Product(request),
        ["state"] = new JsonObject
        {
            ["group_state"] = GroupOf(request),
            ["state"] = request.State,
            ["state_name"] = NameOf(request),
            ["money_return_state_name"] = money?.State switch
            {
                null => "",
                BuyerRefund.InProcess => "Деньги возвращаются",
                BuyerRefund.Paid => "Деньги возвращены",
                _ => "Банк не принял деньги",
            },
        },
    };

    // Whole rubles in Ozon's document; of several pieces the sum, since the method knows no quantity.
    private static JsonObject Product(ReturnRequest request) => new()
    {
        ["sku"] = request.Sku,
        ["offer_id"] = request.OfferId,
        ["name"] = request.Name,
        ["price"] = request.Worth / 100,
        ["currency_code"] = "RUB",
    };

    private async Task<ApiAnswer> GetAsync(ApiCall call)
    {
        var id = call.Body.Number("return_id");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var request = await db.Returns.AsNoTracking().Include(r => r.Photos).SingleOrDefaultAsync(r => r.ClientId == call.ClientId && r.Scheme == "RFBS" && r.Id == id, call.Cancel);
        if (request is null)
            return ApiAnswer.NotFound(ReturnFault.NotFound);
        var actions = ReturnActions.Of(request);
        var rejects = actions.Any(a => a is ReturnActions.Reject or ReturnActions.RejectAfterCheck);
        return ApiAnswer.Ok(new JsonObject
        {
            ["returns"] = new JsonObject
            {
                ["return_number"] = request.Number,
                ["order_number"] = request.OrderNumber,
                ["posting_number"] = request.PostingNumber,
                ["created_at"] = Wire.Time(request.CreatedAt),
                ["client_name"] = "",
                ["comment"] = request.Comment,
                ["client_photo"] = new JsonArray([.. request.Photos.Select(p => (JsonNode)$"{wire.BaseAddress}{Photo}/{p.Path}")]),
                ["client_return_method_type"] = new JsonObject { ["id"] = request.MethodId, ["name"] = ReturnMethod.All.Single(m => m.Id == request.MethodId).Name },
                ["return_method_description"] = "",
                ["product"] = Product(request),
                ["return_reason"] = new JsonObject { ["id"] = request.ReasonId, ["name"] = request.Reason, ["is_defect"] = request.IsDefect },
                ["rejection_reason"] = new JsonArray([.. (rejects ? ReturnActions.Rejections : []).Select(r => (JsonNode)new JsonObject
                {
                    ["id"] = r.Id, ["name"] = r.Name, ["hint"] = r.Hint, ["is_comment_required"] = r.NeedsComment,
                })]),
                ["rejection_comment"] = request.State == ReturnRequest.Rejected ? request.SellerComment : "",
                ["ru_post_tracking_number"] = request.TrackingNumber,
                ["state"] = new JsonObject { ["state"] = request.State, ["state_name"] = NameOf(request) },
                ["warehouse_id"] = (request.ClientId * 100) + 2,
                ["available_actions"] = new JsonArray([.. actions.Select(a => (JsonNode)new JsonObject { ["id"] = a, ["name"] = ReturnActions.Names[a] })]),
            },
        });
    }

    private async Task<ApiAnswer> ActAsync(ApiCall call)
    {
        var (id, action) = (call.Body.Number("return_id"), call.Body.Number("id"));
        var comment = call.Body.Text("comment", 0, LongestComment);
        var rejects = action is ReturnActions.Reject or ReturnActions.RejectAfterCheck;
        if (rejects && string.IsNullOrWhiteSpace(comment))
            call.Body.Reject("comment", "value is required");
        var rejection = call.Body.Number("rejection_reason_id");
        if (rejects && ReturnActions.Rejections.All(r => r.Id != rejection))
            call.Body.Reject("rejection_reason_id", "value is required");
        var amount = action == ReturnActions.Compensate ? call.Body.Kopecks("compensation_amount") : 0;
        var postage = Math.Max(0, call.Body.Kopecks("return_for_back_way"));
        if (action == ReturnActions.Compensate && amount < 100)
            call.Body.Reject("compensation_amount", "value must be greater than or equal to 1");
        if (call.Body.Problem is { } problem)
            return problem;
        await using (var db = await data.OpenAsync(call.Cancel))
        {
            var worth = await db.Returns.Where(r => r.ClientId == call.ClientId && r.Id == id).Select(r => (long?)(r.Price * r.Quantity)).SingleOrDefaultAsync(call.Cancel);
            if (worth is null)
                return ApiAnswer.NotFound(ReturnFault.NotFound);
            if (action == ReturnActions.Compensate && amount > worth - 100)
                return ApiAnswer.InvalidField("ReturnsRfbsActionSetRequest.CompensationAmount", "value must be less than the price");
        }
        return await book.ActAsync(call.ClientId, id, action, comment.Trim(), amount, postage, call.Cancel) switch
        {
            null => ApiAnswer.Nothing(),
            ReturnFault.NotFound => ApiAnswer.NotFound(ReturnFault.NotFound),
            var fault => ApiAnswer.Fault(fault),
        };
    }
}
