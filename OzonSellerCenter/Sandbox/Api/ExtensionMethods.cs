using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Names for what stands in the way of another address.</summary>
internal static class AddressFault
{
    public const string AlreadyChanged = "ADDRESS_ALREADY_CHANGED";
    public const string TooLate = "ADDRESS_CHANGE_TOO_LATE";
}

/// <summary>
/// NOT Ozon's: what the sandbox offers beyond Ozon's Seller API, under <c>/extension/</c>. Ozon tells a seller of no order before it is paid and
/// has no method for an address; it answers these paths with 404. Headers, budget, faults and refusals are those of Ozon's methods.
/// </summary>
internal sealed class ExtensionMethods(SandboxData data, ShopBook shop)
{
    private const string UnpaidList = "/extension/v1/unpaid-order/list";
    private const string UnpaidRemind = "/extension/v1/unpaid-order/remind";
    private const string AddressGet = "/extension/v1/posting/address/get";
    private const string AddressChange = "/extension/v1/posting/address/change";

    private const int MostOrders = 500;
    private const int LongestReminder = 1000;
    private const int LongestAddress = 300;

    public static readonly string[] Paths = [UnpaidList, UnpaidRemind, AddressGet, AddressChange];

    public IEnumerable<ApiMethod> All =>
    [
        new(UnpaidList, "UnpaidOrderListRequest", ListAsync),
        new(UnpaidRemind, "UnpaidOrderRemindRequest", RemindAsync),
        new(AddressGet, "PostingAddressGetRequest", GetAddressAsync),
        new(AddressChange, "PostingAddressChangeRequest", ChangeAddressAsync),
    ];

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = call.Body.Limit("limit", ifMissing: 0, most: MostOrders);
        var after = call.Body.Number("last_id");
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var now = data.Now;
        var page = await ShopBook.Unpaid(db).AsNoTracking().Where(o => o.ClientId == call.ClientId && o.Id > after && o.ExpiresAt > now)
            .OrderBy(o => o.Id).Take(limit).ToListAsync(call.Cancel);
        var ids = page.Select(o => o.BuyerId).ToList();
        var names = await db.Buyers.Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Name, call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonArray([.. page.Select(o => Json(o, names[o.BuyerId]))]),
            ["last_id"] = page.Count == 0 ? 0 : page[^1].Id,
        });
    }

    private static JsonObject Json(ShopOrder order, string buyer) => new()
    {
        ["order_number"] = order.OrderNumber,
        ["buyer_name"] = buyer,
        ["items"] = new JsonArray([.. order.Items.Select(item => new JsonObject
        {
            ["sku"] = item.Sku,
            ["offer_id"] = item.OfferId,
            ["name"] = item.Name,
            ["quantity"] = item.Quantity,
            ["price"] = Money(item.Price),
        })]),
        ["total"] = Money(order.Total),
        ["created_at"] = Wire.Time(order.CreatedAt),
        ["expires_at"] = Wire.Time(order.ExpiresAt),
        ["reminded_at"] = Wire.Time(order.RemindedAt),
    };

    private static JsonObject Money(long kopecks) => new() { ["amount"] = Wire.Money(kopecks), ["currency"] = "RUB" };

    private async Task<ApiAnswer> RemindAsync(ApiCall call)
    {
        var number = call.Body.Text("order_number", 1, 100);
        var text = Words(call.Body, "text", LongestReminder);
        if (call.Body.Problem is { } problem)
            return problem;
        return Done(await shop.RemindAsync(call.ClientId, number, text, call.Cancel));
    }

    private async Task<ApiAnswer> GetAddressAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        if (await Own(db, call, number).AsNoTracking().SingleOrDefaultAsync(call.Cancel) is not { } posting)
            return ApiAnswer.Fault(PostingFault.NotFound);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonObject
            {
                ["posting_number"] = number,
                ["address"] = posting.Address,
                ["changed_at"] = Wire.Time(posting.AddressChangedAt),
                ["remaining_changes_count"] = posting.MayChangeAddress ? 1 : 0,
                ["label_valid"] = posting.AddressChangedAt is null || await HasNewLabelAsync(db, posting, call.Cancel),
            },
        });
    }

    private async Task<ApiAnswer> ChangeAddressAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var address = Words(call.Body, "address", LongestAddress);
        if (call.Body.Problem is { } problem)
            return problem;
        return Done(await data.WriteAsync<string?>(async db =>
        {
            if (await Own(db, call, number).SingleOrDefaultAsync(call.Cancel) is not { } posting)
                return PostingFault.NotFound;
            if (posting.Status == "cancelled")
                return PostingFault.AlreadyCancelled;
            if (!posting.IsBeforeShipment)
                return AddressFault.TooLate;
            if (posting.AddressChangedAt is not null)
                return AddressFault.AlreadyChanged;
            posting.Readdress(address, await db.LabelTasks.MaxAsync(t => (long?)t.Id, call.Cancel) ?? 0, data.Now);
            return null;
        }, call.Cancel));
    }

    /// <summary>A label that was printed from a task made after the address was changed.</summary>
    private static async Task<bool> HasNewLabelAsync(SandboxDb db, Posting posting, CancellationToken cancel)
    {
        var tasks = await db.LabelTasks.AsNoTracking()
            .Where(t => t.ClientId == posting.ClientId && t.Id > posting.LastOldLabel && t.PrintedAt != null && t.PostingNumbers.Contains(posting.PostingNumber))
            .ToListAsync(cancel);
        return tasks.Exists(t => t.Unprinted.TrueForAll(u => u.PostingNumber != posting.PostingNumber));
    }

    private static IQueryable<Posting> Own(SandboxDb db, ApiCall call, string number) =>
        db.Postings.Where(p => p.ClientId == call.ClientId && p.PostingNumber == number && p.Scheme != "FBO");

    /// <summary>A text that says something.</summary>
    private static string Words(RequestBody body, string field, int longest)
    {
        var text = body.Text(field, 1, longest);
        if (string.IsNullOrWhiteSpace(text))
            body.Reject(field, "value must not be blank");
        return text.Trim();
    }

    private static ApiAnswer Done(string? fault) => fault switch
    {
        null => ApiAnswer.Ok(new JsonObject { ["result"] = true }),
        UnpaidFault.NotFound => ApiAnswer.NotFound(fault),
        _ => ApiAnswer.Fault(fault),
    };
}
