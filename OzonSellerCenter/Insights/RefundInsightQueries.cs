using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Insights;

/// <summary>A store that may be chosen.</summary>
public sealed record InsightStore(int Id, string Name, string TimeZone);

/// <summary>Reads what the analysis of returns and refunds is made of, with the eyes of a person.</summary>
public sealed class RefundInsightQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Requests that are reckoned with at most, the newest.</summary>
    public const int MostRequests = 20_000;

    /// <summary>The person's stores.</summary>
    public async Task<IReadOnlyList<InsightStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Stores.OrderBy(s => s.Name).Select(s => new InsightStore(s.Id, s.Name, s.TimeZone)).ToListAsync(cancellation);
    }

    /// <summary>The analysis; a store of others is like one without returns.</summary>
    public async Task<RefundFigures> AskAsync(CurrentUser user, RefundQuestion question, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        int[] stores = question.Store is { } one ? [.. db.StoresInSight.Where(s => s == one)] : db.StoresInSight;
        var zone = ShopTime.In(await db.Stores.Where(s => stores.Contains(s.Id)).OrderBy(s => s.Id).Select(s => s.TimeZone).FirstOrDefaultAsync(cancellation) ?? "UTC");
        var to = clock.GetUtcNow().UtcDateTime;
        var from = to.AddDays(-question.Days);
        var facts = await FactsAsync(db, stores, from, cancellation);
        var isCut = facts.Count > MostRequests;
        if (isCut) facts.RemoveAt(facts.Count - 1);
        var delivered = await DeliveredAsync(db, stores, from, to, cancellation);
        var spans = await SpansAsync(db, stores, question.By, from, to, zone, cancellation);
        return new RefundFigures(
            RefundReckoning.All(facts, delivered), RefundReckoning.Lines(facts, delivered, question.By, zone, spans), RefundReckoning.Weak(facts, delivered), isCut);
    }

    private static async Task<List<ReturnFact>> FactsAsync(SellerCenterDb db, int[] stores, DateTime from, CancellationToken cancellation)
    {
        var (products, postings) = (db.ProductFacts, db.Postings);
        var refunds = db.Refunds.Where(r => r.State == RefundState.Paid && r.ReturnRequestId != null);
        return await (
            from request in db.ReturnRequests
            where stores.Contains(request.StoreId) && request.AskedAt >= @from
            orderby request.AskedAt descending, request.Id descending
            select new ReturnFact(
                request.Id, request.StoreId, request.Sku, request.OfferId, request.ProductName,
                products.Where(f => f.StoreId == request.StoreId && f.Sku == request.Sku).Select(f => f.Category).FirstOrDefault(),
                request.Reason, request.Scheme,
                postings.Where(p => p.StoreId == request.StoreId && p.PostingNumber == request.PostingNumber).Select(p => p.Warehouse).FirstOrDefault(),
                request.AskedAt, request.IsDefect == true, request.Quantity, request.Comment,
                refunds.Where(r => r.ReturnRequestId == request.Id).Sum(r => r.Amount + r.Postage), request.Currency)).Take(MostRequests + 1).ToListAsync(cancellation);
    }

    private static async Task<List<DeliveredFact>> DeliveredAsync(SellerCenterDb db, int[] stores, DateTime from, DateTime to, CancellationToken cancellation) => await (
        from posting in db.Postings
        join item in db.PostingItems on posting.Id equals item.PostingId
        where stores.Contains(posting.StoreId) && posting.DeliveredAt >= @from && posting.DeliveredAt <= to
        group item by new { posting.StoreId, item.Sku, posting.Scheme, posting.Warehouse } into pieces
        select new DeliveredFact(pieces.Key.StoreId, pieces.Key.Sku, pieces.Key.Scheme, pieces.Key.Warehouse, pieces.Sum(i => (long)i.Quantity))).ToListAsync(cancellation);

    private static async Task<Dictionary<DateOnly, long>> SpansAsync(
        SellerCenterDb db, int[] stores, RefundGrouping by, DateTime from, DateTime to, ShopTime zone, CancellationToken cancellation)
    {
        var spans = new Dictionary<DateOnly, long>();
        if (by is not (RefundGrouping.Week or RefundGrouping.Month)) return spans;
        for (var first = RefundReckoning.SpanOf(from, by, zone); first <= DateOnly.FromDateTime(zone.Local(to)); first = by == RefundGrouping.Month ? first.AddMonths(1) : first.AddDays(7))
        {
            var next = by == RefundGrouping.Month ? first.AddMonths(1) : first.AddDays(7);
            var (begin, end) = (Later(zone.Utc(first.ToDateTime(TimeOnly.MinValue)), from), zone.Utc(next.ToDateTime(TimeOnly.MinValue)));
            spans[first] = await (
                from posting in db.Postings
                join item in db.PostingItems on posting.Id equals item.PostingId
                where stores.Contains(posting.StoreId) && posting.DeliveredAt >= begin && posting.DeliveredAt < end
                select (long)item.Quantity).SumAsync(cancellation);
        }

        return spans;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
