using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Putting postings together and telling where they are. What Ozon does a moment later is done at once here.</summary>
internal sealed class ShippingMethods(SandboxData data, PostingBook book)
{
    private const int MostTrackingNumbers = 20;
    private const int MostPostings = 100;

    public IEnumerable<ApiMethod> All =>
    [
        new("/v4/posting/fbs/ship", "FbsPostingShipV4Request", ShipAsync),
        new("/v4/posting/fbs/ship/package", "FbsPostingShipPackageV4Request", ShipPackageAsync),
        new("/v2/fbs/posting/tracking-number/set", "FbsPostingTrackingNumberSetRequest", SetTrackingNumbersAsync),
        new("/v2/fbs/posting/delivering", "FbsPostingDeliveringRequest",
            call => EachAsync(call, PostingActions.Delivering, "delivering", "posting_transferred_to_courier_service")),
        new("/v2/fbs/posting/last-mile", "FbsPostingLastMileRequest",
            call => EachAsync(call, PostingActions.LastMile, "delivering", "posting_in_courier_service")),
        // Ozon's word for this action is "conditionally delivered"; the buyer's confirmation makes it delivered.
        new("/v2/fbs/posting/delivered", "FbsPostingDeliveredRequest",
            call => EachAsync(call, PostingActions.Delivered, "delivering", "posting_conditionally_delivered")),
        new("/v2/posting/fbs/awaiting-delivery", "MovePostingToAwaitingDeliveryRequest",
            call => TogetherAsync(call, PostingActions.AwaitingDelivery, "awaiting_deliver", "posting_transferring_to_delivery")),
        new("/v2/posting/fbs/arbitration", "MovePostingRequest",
            call => TogetherAsync(call, PostingActions.Arbitration, "arbitration", "posting_in_arbitration")),
    ];

    private async Task<ApiAnswer> ShipAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var packages = call.Body.Sections("packages").Select(p => Pieces(p, "products", "product_id")).ToList();
        var more = call.Body.Section("with").Flag("additional_data");
        if (packages.Count == 0)
            call.Body.Reject("packages", "value must contain at least 1 item(s)");
        if (call.Body.Problem is { } problem)
            return problem;
        var (fault, numbers) = await book.ShipAsync(call.ClientId, number, packages, call.Cancel);
        if (fault is not null)
            return ApiAnswer.Fault(fault);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonArray([.. numbers.Select(n => JsonValue.Create(n))]),
            ["additional_data"] = more ? await AdditionalAsync(numbers, call.Cancel) : new JsonArray(),
        });
    }

    private async Task<ApiAnswer> ShipPackageAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var pieces = Pieces(call.Body, "products", "product_id");
        if (call.Body.Problem is { } problem)
            return problem;
        var (fault, made) = await book.ShipPartAsync(call.ClientId, number, pieces, call.Cancel);
        return fault is null ? ApiAnswer.Ok(new JsonObject { ["result"] = made }) : ApiAnswer.Fault(fault);
    }

    private async Task<ApiAnswer> SetTrackingNumbersAsync(ApiCall call)
    {
        var told = call.Body.Sections("tracking_numbers")
            .Select(t => (Posting: t.Text("posting_number", 1, 100), Track: t.Text("tracking_number", 1, 100))).ToList();
        if (told.Count is 0 or > MostTrackingNumbers)
            call.Body.Reject("tracking_numbers", $"value must contain between 1 and {MostTrackingNumbers} items, inclusive");
        if (call.Body.Problem is { } problem)
            return problem;
        List<(string, string?)> done = [];
        foreach (var (posting, track) in told)
        {
            done.Add((posting, await book.DoAsync(call.ClientId, posting, PostingActions.SetTrackNumber, (_, found) =>
            {
                found.TrackingNumber = track;
                return Task.FromResult<string?>(null);
            }, call.Cancel)));
        }
        return OneByOne(done);
    }

    private async Task<ApiAnswer> EachAsync(ApiCall call, string action, string status, string substatus)
    {
        var numbers = Numbers(call.Body);
        if (call.Body.Problem is { } problem)
            return problem;
        List<(string, string?)> done = [];
        foreach (var number in numbers)
            done.Add((number, await book.MoveAsync(call.ClientId, number, action, status, substatus, call.Cancel)));
        return OneByOne(done);
    }

    /// <summary>One answer for all: the first posting that cannot stops the rest, and what was done before it stays done.</summary>
    private async Task<ApiAnswer> TogetherAsync(ApiCall call, string action, string status, string substatus)
    {
        var numbers = Numbers(call.Body);
        if (call.Body.Problem is { } problem)
            return problem;
        foreach (var number in numbers)
        {
            if (await book.MoveAsync(call.ClientId, number, action, status, substatus, call.Cancel) is { } fault)
                return ApiAnswer.Fault(fault);
        }
        return ApiAnswer.Ok(new JsonObject { ["result"] = true });
    }

    private static ApiAnswer OneByOne(IEnumerable<(string Posting, string? Fault)> done) => ApiAnswer.Ok(new JsonObject
    {
        ["result"] = new JsonArray([.. done.Select(d => new JsonObject
        {
            ["posting_number"] = d.Posting,
            ["result"] = d.Fault is null,
            ["error"] = d.Fault ?? "",
        })]),
    });

    private static IReadOnlyList<string> Numbers(RequestBody body)
    {
        var numbers = body.Texts("posting_number");
        if (numbers.Count is 0 or > MostPostings)
            body.Reject("posting_number", $"value must contain between 1 and {MostPostings} items, inclusive");
        return numbers;
    }

    /// <summary>Pieces by SKU; a SKU told twice counts together.</summary>
    public static Dictionary<long, int> Pieces(RequestBody body, string list, string sku)
    {
        var pieces = new Dictionary<long, int>();
        var lines = body.Sections(list);
        if (lines.Count == 0)
            body.Reject(list, "value must contain at least 1 item(s)");
        foreach (var line in lines)
        {
            var quantity = line.Number("quantity");
            if (quantity is < 1 or > 100_000)
                line.Reject("quantity", "value must be inside range [1, 100000]");
            var id = line.Number(sku);
            pieces[id] = pieces.GetValueOrDefault(id) + (int)Math.Clamp(quantity, 0, 100_000);
        }
        return pieces;
    }

    private async Task<JsonArray> AdditionalAsync(IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var postings = await db.Postings.AsNoTracking().Where(p => numbers.Contains(p.PostingNumber)).OrderBy(p => p.Id).ToListAsync(cancel);
        return new JsonArray([.. postings.Select(posting => new JsonObject
        {
            ["posting_number"] = posting.PostingNumber,
            ["products"] = new JsonArray([.. posting.Items.Select(item => new JsonObject
            {
                ["currency_code"] = "RUB",
                ["mandatory_mark"] = new JsonArray(),
                ["name"] = item.Name,
                ["offer_id"] = item.OfferId,
                ["price"] = Wire.Money(item.Price),
                ["quantity"] = item.Quantity,
                ["sku"] = item.Sku,
            })]),
        })]);
    }
}
