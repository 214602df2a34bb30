using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Orders of FBS and rFBS. FBO ones are in Ozon's hands and appear in none of these methods.</summary>
internal sealed class PostingMethods(SandboxData data, Wire wire)
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    public IEnumerable<ApiMethod> All =>
    [
        new("/v4/posting/fbs/list", "PostingFbsListRequest", ListAsync),
        new("/v4/posting/fbs/unfulfilled/list", "PostingFbsUnfulfilledListRequest", UnfulfilledAsync),
        new("/v3/posting/fbs/list", "GetFbsPostingListRequest", OldListAsync),
        new("/v3/posting/fbs/unfulfilled/list", "GetFbsPostingUnfulfilledListRequest", OldUnfulfilledAsync),
        new("/v3/posting/fbs/get", "GetFbsPostingRequest", GetAsync),
    ];

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var filter = call.Body.Section("filter");
        var limit = call.Body.Limit("limit", ifMissing: 0, most: 100);
        var (since, to) = Period(filter, "since", "to");
        var cursor = Cursor(call.Body);
        var descending = Descending(call.Body, "sort_dir");
        var statuses = filter.Texts("statuses");
        var orders = filter.Texts("order_numbers");
        var orderId = filter.Number("order_id");
        var changed = filter.Section("last_changed_status_date");
        var (changedFrom, changedTo) = (changed.Instant("from"), changed.Instant("to"));
        var parts = PostingParts.Read(call.Body.Section("with"));
        if (orders.Count > 100)
            filter.Reject("order_numbers", "value must contain no more than 100 item(s)");
        if (call.Body.Problem is { } problem)
            return problem;

        await using var db = await data.OpenAsync(call.Cancel);
        var found = Sellers(db, call, filter).Where(p => p.InProcessAt >= since && p.InProcessAt <= to)
            .Where(p => statuses.Count == 0 || statuses.Contains(p.Status))
            .Where(p => orders.Count == 0 || orders.Contains(p.OrderNumber))
            .Where(p => orderId == 0 || p.OrderId == orderId)
            .Where(p => (changedFrom == null || p.ChangedAt >= changedFrom) && (changedTo == null || p.ChangedAt <= changedTo));
        return ApiAnswer.Ok(await PageAsync(db, found, cursor, limit, descending, parts, call.Cancel));
    }

    private async Task<ApiAnswer> UnfulfilledAsync(ApiCall call)
    {
        var filter = call.Body.Section("filter");
        var limit = call.Body.Limit("limit", ifMissing: 100, most: 100);
        var cursor = Cursor(call.Body);
        var descending = Descending(call.Body, "sort_dir");
        var parts = PostingParts.Read(call.Body.Section("with"));
        var unfulfilled = UnfulfilledFilter.Read(filter);
        if (call.Body.Problem is { } problem)
            return problem;

        await using var db = await data.OpenAsync(call.Cancel);
        var found = unfulfilled.Of(Sellers(db, call, filter));
        var answer = await PageAsync(db, found, cursor, limit, descending, parts, call.Cancel);
        answer["count"] = await found.CountAsync(call.Cancel);
        return ApiAnswer.Ok(answer);
    }

    private async Task<ApiAnswer> OldListAsync(ApiCall call)
    {
        var filter = call.Body.Section("filter");
        var (limit, offset, descending) = OldPage(call.Body);
        var (since, to) = Period(filter, "since", "to");
        var status = filter.Text("status");
        var orderId = filter.Number("order_id");
        var parts = PostingParts.Read(call.Body.Section("with"));
        if (call.Body.Problem is { } problem)
            return problem;

        await using var db = await data.OpenAsync(call.Cancel);
        var found = Sellers(db, call, filter).Where(p => p.InProcessAt >= since && p.InProcessAt <= to)
            .Where(p => (status == "" || p.Status == status) && (orderId == 0 || p.OrderId == orderId));
        var page = await Sorted(found, descending).Skip(offset).Take(limit + 1).ToListAsync(call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonObject
            {
                ["postings"] = await OldFormAsync(db, page.Take(limit), parts, call.Cancel),
                ["has_next"] = wire.HasNext(page.Count > limit, page.Count > 0),
            },
        });
    }

    private async Task<ApiAnswer> OldUnfulfilledAsync(ApiCall call)
    {
        var filter = call.Body.Section("filter");
        var (limit, offset, descending) = OldPage(call.Body);
        var parts = PostingParts.Read(call.Body.Section("with"));
        var unfulfilled = UnfulfilledFilter.Read(filter);
        if (call.Body.Problem is { } problem)
            return problem;

        await using var db = await data.OpenAsync(call.Cancel);
        var found = unfulfilled.Of(Sellers(db, call, filter));
        var page = await Sorted(found, descending).Skip(offset).Take(limit).ToListAsync(call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["result"] = new JsonObject
            {
                ["postings"] = await OldFormAsync(db, page, parts, call.Cancel),
                ["count"] = await found.CountAsync(call.Cancel),
            },
        });
    }

    private static (int Limit, int Offset, bool Descending) OldPage(RequestBody body) =>
        (body.Limit("limit", ifMissing: 0, most: 1000), (int)Math.Clamp(body.Number("offset"), 0, 1_000_000), Descending(body, "dir"));

    private async Task<JsonArray> OldFormAsync(SandboxDb db, IEnumerable<Posting> page, PostingParts parts, CancellationToken cancel)
    {
        var postings = page.ToList();
        var buyers = await BuyersAsync(db, postings, cancel);
        return [.. postings.Select(p => PostingJson.V3(p, buyers[p.BuyerId], parts, data.Now))];
    }

    private async Task<ApiAnswer> GetAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var with = call.Body.Section("with");
        var parts = PostingParts.Read(with);
        var (exemplars, related) = (with.Flag("product_exemplars"), with.Flag("related_postings"));
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var posting = await Sellers(db, call, null).SingleOrDefaultAsync(p => p.PostingNumber == number, call.Cancel);
        if (posting is null)
            return ApiAnswer.NotFound("posting not found");
        var buyer = await db.Buyers.AsNoTracking().SingleAsync(b => b.Id == posting.BuyerId, call.Cancel);
        var others = related
            ? await db.Postings.Where(p => p.OrderNumber == posting.OrderNumber && p.Id != posting.Id).OrderBy(p => p.Id).Select(p => p.PostingNumber).ToListAsync(call.Cancel)
            : null;
        return ApiAnswer.Ok(new JsonObject { ["result"] = PostingJson.Detail(posting, buyer, parts, exemplars, others, data.Now) });
    }

    private async Task<JsonObject> PageAsync(
        SandboxDb db, IQueryable<Posting> found, (DateTime At, long Id)? cursor, int limit, bool descending, PostingParts parts, CancellationToken cancel)
    {
        if (cursor is { } c)
        {
            found = descending
                ? found.Where(p => p.InProcessAt < c.At || (p.InProcessAt == c.At && p.Id < c.Id))
                : found.Where(p => p.InProcessAt > c.At || (p.InProcessAt == c.At && p.Id > c.Id));
        }
        var page = await Sorted(found, descending).Take(limit + 1).ToListAsync(cancel);
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);
        var buyers = await BuyersAsync(db, page, cancel);
        return new JsonObject
        {
            ["postings"] = new JsonArray([.. page.Select(p => PostingJson.V4(p, buyers[p.BuyerId], parts, data.Now))]),
            ["cursor"] = more ? Encode(page[^1]) : "",
            ["has_next"] = wire.HasNext(more, page.Count > 0),
        };
    }

    private static IQueryable<Posting> Sorted(IQueryable<Posting> postings, bool descending) => descending
        ? postings.OrderByDescending(p => p.InProcessAt).ThenByDescending(p => p.Id)
        : postings.OrderBy(p => p.InProcessAt).ThenBy(p => p.Id);

    private static IQueryable<Posting> Sellers(SandboxDb db, ApiCall call, RequestBody? filter)
    {
        // The v3 filters name it warehouse_id, and it is a list there too.
        var warehouses = filter?.Texts(filter.Has("warehouse_id") ? "warehouse_id" : "warehouse_ids") ?? [];
        // Ids of a warehouse end in 1 (FBS) or 2 (rFBS); see Wire.WarehouseId.
        var own = db.Postings.AsNoTracking().Where(p => p.ClientId == call.ClientId && p.Scheme != "FBO");
        if (warehouses.Count == 0)
            return own;
        var (fbs, rfbs) = (warehouses.Contains($"{call.ClientId}01"), warehouses.Contains($"{call.ClientId}02"));
        return own.Where(p => (fbs && p.Scheme == "FBS") || (rfbs && p.Scheme == "RFBS"));
    }

    private static async Task<Dictionary<long, Buyer>> BuyersAsync(SandboxDb db, List<Posting> page, CancellationToken cancel)
    {
        var ids = page.Select(p => p.BuyerId).Distinct().ToList();
        return await db.Buyers.AsNoTracking().Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, cancel);
    }

    /// <summary>A period whose ends are both required.</summary>
    public static (DateTime From, DateTime To) Period(RequestBody filter, string from, string to)
    {
        var (start, end) = (filter.Instant(from), filter.Instant(to));
        if (start is null)
            filter.Reject(from, "value is required");
        if (end is null)
            filter.Reject(to, "value is required");
        if (end - start > LongestPeriod)
            filter.Fail(ApiAnswer.Invalid("PERIOD_IS_TOO_LONG"));
        return (start ?? default, end ?? default);
    }

    private static bool Descending(RequestBody body, string field)
    {
        var direction = body.Text(field).ToUpperInvariant();
        if (direction is not ("" or "ASC" or "DESC"))
            body.Reject(field, "value must be in list [ASC DESC]");
        return direction == "DESC";
    }

    private static string Encode(Posting last) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{last.InProcessAt.Ticks}:{last.Id}"));

    private static (DateTime At, long Id)? Cursor(RequestBody body)
    {
        var text = body.Text("cursor");
        if (text.Length == 0)
            return null;
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length).Split(':') is [var ticks, var id]
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && long.TryParse(id, CultureInfo.InvariantCulture, out var row)
            && at >= 0 && at <= DateTime.MaxValue.Ticks)
            return (new DateTime(at, DateTimeKind.Utc), row);
        body.Reject("cursor", "value must be a cursor of an earlier answer");
        return null;
    }
}
