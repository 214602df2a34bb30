using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Cancelling: whole postings, some pieces of one, and what buyers of rFBS orders ask for.</summary>
internal sealed class CancelMethods(SandboxData data, PostingBook book, CancellationBook requests)
{
    private const int MostRequests = 500;

    public IEnumerable<ApiMethod> All =>
    [
        new("/v2/posting/fbs/cancel", "CancelFbsPostingRequest", CancelAsync),
        new("/v2/posting/fbs/product/cancel", "PostingProductCancelRequest", CancelProductsAsync),
        new("/v2/posting/fbs/cancel-reason/list", "PostingFBSCancelReasonListRequest", ReasonsAsync),
        new("/v1/posting/fbs/cancel-reason", "CancelReasonRequest", ReasonsOfAsync),
        new("/v2/conditional-cancellation/list", "GetConditionalCancellationListV2Request", ListAsync),
        new("/v2/conditional-cancellation/approve", "ConditionalCancellationMoveV2Request", call => DecideAsync(call, approve: true)),
        new("/v2/conditional-cancellation/reject", "ConditionalCancellationMoveV2Request", call => DecideAsync(call, approve: false)),
    ];

    private async Task<ApiAnswer> CancelAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var (reason, fault) = Reason(call.Body, needsMessage: false);
        if (call.Body.Problem is { } problem)
            return problem;
        fault ??= await book.DoAsync(call.ClientId, number, PostingActions.Cancel, async (db, posting) =>
        {
            await book.CancelAsync(db, posting, reason!, "seller", data.Now, call.Cancel);
            return null;
        }, call.Cancel);
        return fault is null ? ApiAnswer.Ok(new JsonObject { ["result"] = true }) : ApiAnswer.Fault(fault);
    }

    private async Task<ApiAnswer> CancelProductsAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var (reason, fault) = Reason(call.Body, needsMessage: true);
        var pieces = ShippingMethods.Pieces(call.Body, "items", "sku");
        if (call.Body.Problem is { } problem)
            return problem;
        fault ??= await book.CancelPiecesAsync(call.ClientId, number, reason!, pieces, call.Cancel);
        return fault is null ? ApiAnswer.Ok(new JsonObject { ["result"] = number }) : ApiAnswer.Fault(fault);
    }

    /// <summary>The reason, or the fault in it. Its message is required with 402, and always when only pieces are cancelled.</summary>
    private static (CancelReason? Reason, string? Fault) Reason(RequestBody body, bool needsMessage)
    {
        var id = body.Number("cancel_reason_id");
        if ((needsMessage || id == CancelReason.Other) && string.IsNullOrWhiteSpace(body.Text("cancel_reason_message")))
            body.Reject("cancel_reason_message", "value is required");
        var reason = CancelReason.All.SingleOrDefault(r => r.Id == id && r.IsOpen);
        return (reason, reason is null ? PostingFault.WrongReason : null);
    }

    private Task<ApiAnswer> ReasonsAsync(ApiCall call) => Task.FromResult(call.Body.Problem ?? ApiAnswer.Ok(new JsonObject
    {
        ["result"] = new JsonArray([.. CancelReason.All.Select(reason =>
        {
            var json = Json(reason);
            json["is_available_for_cancellation"] = reason.IsOpen;
            return json;
        })]),
    }));

    private async Task<ApiAnswer> ReasonsOfAsync(ApiCall call)
    {
        var numbers = call.Body.Texts("related_posting_numbers");
        if (numbers.Count == 0)
            call.Body.Reject("related_posting_numbers", "value must contain at least 1 item(s)");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var postings = await db.Postings.AsNoTracking()
            .Where(p => p.ClientId == call.ClientId && p.Scheme != "FBO" && numbers.Contains(p.PostingNumber)).OrderBy(p => p.Id).ToListAsync(call.Cancel);
        if (postings.Count < numbers.Distinct().Count())
            return ApiAnswer.Fault(PostingFault.NotFound);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonArray([.. postings.Select(posting => new JsonObject
            {
                ["posting_number"] = posting.PostingNumber,
                ["reasons"] = new JsonArray([.. CancelReason.For(posting, data.Now).Select(Json)]),
            })]),
        });
    }

    private static JsonObject Json(CancelReason reason) => new() { ["id"] = reason.Id, ["title"] = reason.Title, ["type_id"] = reason.Type };

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = call.Body.Limit("limit", ifMissing: 0, most: MostRequests);
        var after = call.Body.Number("last_id");
        var filters = call.Body.Section("filters");
        var (numbers, initiators, state) = (filters.Texts("posting_number"), filters.Texts("cancellation_initiator"), filters.Text("state"));
        var counted = call.Body.Section("with").Flag("counter");
        if (state is not ("" or "ALL" or CancellationRequest.OnApproval or CancellationRequest.Approved or CancellationRequest.Rejected))
            filters.Reject("state", "value must be in list [ALL ON_APPROVAL APPROVED REJECTED]");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var own = db.CancellationRequests.AsNoTracking().Where(r => r.ClientId == call.ClientId);
        var page = await own.Where(r => r.Id > after)
            .Where(r => numbers.Count == 0 || numbers.Contains(r.PostingNumber))
            .Where(r => initiators.Count == 0 || initiators.Contains(r.Initiator))
            .Where(r => state == "" || state == "ALL" || r.State == state)
            .OrderBy(r => r.Id).Take(limit).ToListAsync(call.Cancel);
        var ordered = page.Select(r => r.PostingNumber).ToList();
        var postings = await db.Postings.AsNoTracking().Where(p => ordered.Contains(p.PostingNumber)).ToDictionaryAsync(p => p.PostingNumber, call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonArray([.. page.Select(r => Json(r, postings[r.PostingNumber]))]),
            ["counter"] = counted ? await own.CountAsync(r => r.State == CancellationRequest.OnApproval, call.Cancel) : 0,
            ["last_id"] = page.Count == 0 ? 0 : page[^1].Id,
        });
    }

    private static JsonObject Json(CancellationRequest request, Posting posting)
    {
        var (stateId, stateName) = request.State switch
        {
            CancellationRequest.OnApproval => (1, "На рассмотрении"),
            CancellationRequest.Approved => (2, "Подтверждена"),
            _ => (3, "Отклонена"),
        };
        return new JsonObject
        {
            ["cancellation_id"] = request.Id,
            ["posting_number"] = request.PostingNumber,
            ["cancellation_initiator"] = request.Initiator,
            ["cancellation_reason"] = new JsonObject { ["id"] = request.ReasonId, ["name"] = request.Reason },
            ["cancellation_reason_message"] = request.Message,
            ["cancelled_at"] = Wire.Time(request.CreatedAt),
            ["order_date"] = Wire.Time(posting.InProcessAt),
            ["auto_approve_date"] = Wire.Time(request.AutoApproveAt),
            ["approve_date"] = Wire.Time(request.DecidedAt),
            ["approve_comment"] = request.Comment,
            ["state"] = new JsonObject { ["id"] = stateId, ["name"] = stateName, ["state"] = request.State },
            ["tpl_integration_type"] = Wire.Integration(posting),
            ["source_id"] = request.Id,
        };
    }

    private async Task<ApiAnswer> DecideAsync(ApiCall call, bool approve)
    {
        var (id, comment) = (call.Body.Number("cancellation_id"), call.Body.Text("comment"));
        if (call.Body.Problem is { } problem)
            return problem;
        return await requests.DecideAsync(call.ClientId, id, approve, comment, call.Cancel) switch
        {
            null => ApiAnswer.Nothing(),
            CancellationBook.NotFound => ApiAnswer.NotFound(CancellationBook.NotFound),
            var fault => ApiAnswer.Fault(fault),
        };
    }
}
