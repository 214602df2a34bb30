using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns.Page;

/// <summary>Reads one request. That of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class ReturnPageQueries(Databases databases, Rulebook rulebook)
{
    /// <summary>Rows of each list beside the request that are shown at most, the newest.</summary>
    private const int MaxRows = 50;

    /// <summary>The request of an id of ours.</summary>
    public async Task<OpenReturn?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.ReturnRequests.AsNoTracking().Include(r => r.Photos).SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } request) return null;
        var store = await db.Stores.AsNoTracking().SingleAsync(s => s.Id == request.StoreId, cancellation);
        var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.StoreId == request.StoreId && p.PostingNumber == request.PostingNumber, cancellation);
        return new OpenReturn
        {
            Request = request,
            StoreName = store.Name,
            TimeZone = store.TimeZone,
            Role = db.RoleIn(request.StoreId) ?? StoreRole.Support,
            Silence = ReturnOutlook.Of(request, await rulebook.ForAsync(request.StoreId, cancellation)),
            Posting = posting is null
                ? null
                : new PostingBeside(posting.PostingNumber, posting.Status, posting.Carrier, posting.TrackingNumber, posting.DeliveredAt, posting.City, posting.Total, posting.Currency),
            Money = await MoneyAsync(db, request, posting, cancellation),
            Deeds = await DeedsAsync(db, request, cancellation),
            Refunds = await RefundsAsync(db, id, cancellation),
            Earlier = await EarlierAsync(db, request, posting?.BuyerId, cancellation),
            Inspections = await InspectionsAsync(db, id, cancellation),
            PictureId = await db.ProductFacts.Where(f => f.StoreId == request.StoreId && f.Sku == request.Sku && f.PictureSha256 != null).Select(f => (long?)f.Id).SingleOrDefaultAsync(cancellation),
            CanExchange = await db.SyncStates.AnyAsync(s => s.StoreId == request.StoreId && s.Kind == StoreExtension.Kind && s.Error == null && s.FreshAt != null, cancellation),
        };
    }

    /// <summary>The requests of an order, newest first.</summary>
    public async Task<IReadOnlyList<EarlierReturn>> OfOrderAsync(CurrentUser user, int storeId, string orderNumber, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.ReturnRequests
            .Where(r => r.StoreId == storeId && (r.PostingNumber == postingNumber || (r.OrderNumber == orderNumber && orderNumber != "")))
            .OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id)
            .Select(r => new EarlierReturn(r.Id, r.Number, r.ProductName, r.Stage, r.AskedAt)).Take(MaxRows).ToListAsync(cancellation);
    }

    private static async Task<ReturnMoneySoFar> MoneyAsync(SellerCenterDb db, ReturnRequest request, Posting? posting, CancellationToken cancellation)
    {
        var ledger = await db.RefundLedgers.AsNoTracking().SingleOrDefaultAsync(l => l.StoreId == request.StoreId && l.PostingNumber == request.PostingNumber, cancellation);
        if (ledger is null) return new ReturnMoneySoFar(RefundBasis.PaidFor(posting, request), 0, 0, RefundBasis.PaidFor(posting, request), posting?.Currency ?? request.Currency);
        var refunded = await db.Refunds.Where(r => r.StoreId == request.StoreId && r.PostingNumber == request.PostingNumber && r.State == RefundState.Paid).SumAsync(r => r.Amount, cancellation);
        return new ReturnMoneySoFar(ledger.Paid, refunded, Math.Max(0, ledger.Held - refunded), Math.Max(0, ledger.Left), ledger.Currency);
    }

    private static async Task<IReadOnlyList<ShownReturnDeed>> DeedsAsync(SellerCenterDb db, ReturnRequest request, CancellationToken cancellation)
    {
        var subject = ReturnClock.SubjectOf(request.Id);
        var deeds = await (
            from deed in db.ReturnDeeds
            join command in db.OutboundCommands.Where(c => c.StoreId == request.StoreId && c.Subject == subject && c.Kind == CommandKind.ReturnDeed) on deed.Id equals command.TargetId
            join person in db.Users on deed.By equals person.Id into people
            from person in people.DefaultIfEmpty()
            where deed.ReturnRequestId == request.Id
            orderby deed.Id descending
            select new { deed, Name = person == null ? null : person.DisplayName, command }).AsNoTracking().Take(MaxRows).ToListAsync(cancellation);
        return [.. deeds.Select(d => new ShownReturnDeed(
            d.deed.Id, d.deed.Wish, d.deed.At, d.deed.By is null ? null : d.Name ?? "", d.deed.RefundId, d.deed.ExchangePosting, d.command.State, d.command.Error, d.command.ErrorDetail, d.command.UnclearAt is not null))];
    }

    private static async Task<IReadOnlyList<ShownRefund>> RefundsAsync(SellerCenterDb db, long id, CancellationToken cancellation)
    {
        var refunds = await (
            from refund in db.Refunds
            join person in db.Users on refund.CreatedBy equals person.Id into people
            from person in people.DefaultIfEmpty()
            where refund.ReturnRequestId == id && refund.State != RefundState.Draft
            orderby refund.Id descending
            select new { refund, Name = person == null ? null : person.DisplayName }).AsNoTracking().Take(MaxRows).ToListAsync(cancellation);
        return [.. refunds.Select(r => new ShownRefund(r.refund.Id, r.refund.State, r.refund.Sum, r.refund.Amount, r.refund.Currency, r.refund.CreatedAt, r.refund.CreatedBy is null ? null : r.Name ?? ""))];
    }

    private static async Task<IReadOnlyList<EarlierReturn>> EarlierAsync(SellerCenterDb db, ReturnRequest request, string? buyer, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(buyer)) return [];
        return await (
            from posting in db.Postings
            join other in db.ReturnRequests on new { posting.StoreId, posting.PostingNumber } equals new { other.StoreId, other.PostingNumber }
            where posting.BuyerId == buyer && other.Id != request.Id
            orderby other.AskedAt descending, other.Id descending
            select new EarlierReturn(other.Id, other.Number, other.ProductName, other.Stage, other.AskedAt)).Take(MaxRows).ToListAsync(cancellation);
    }

    private static async Task<IReadOnlyList<ShownInspection>> InspectionsAsync(SellerCenterDb db, long id, CancellationToken cancellation)
    {
        var inspections = await db.Inspections.AsNoTracking().Include(i => i.Photos).Where(i => i.ReturnRequestId == id).OrderByDescending(i => i.Id).Take(MaxRows).ToListAsync(cancellation);
        var people = inspections.Select(i => i.By).Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        return [.. inspections.Select(i => new ShownInspection(i, names.GetValueOrDefault(i.By, "")))];
    }
}
