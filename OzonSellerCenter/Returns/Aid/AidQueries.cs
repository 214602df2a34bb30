using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Returns.Aid;

/// <summary>Reads what has come of requests that are over, of the last <see cref="Days"/> days.</summary>
public sealed class AidQueries(Databases databases, TimeProvider clock)
{
    public const int Days = 90;

    /// <summary>Requests that are looked at at most, the newest.</summary>
    private const int MaxCases = 500;

    private static readonly ReturnStage[] Over = [ReturnStage.Approved, ReturnStage.Rejected];

    /// <summary>Of the same product, else of the same reason, else of the store: the first of which there are enough, else the store's.</summary>
    /// <returns>Null for a request that is not in sight.</returns>
    public async Task<AidHistory?> ForAsync(CurrentUser user, long requestId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.ReturnRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == requestId, cancellation) is not { } request) return null;
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var over = db.ReturnRequests.Where(r => r.StoreId == request.StoreId && Over.Contains(r.Stage) && r.AskedAt >= since && r.Id != requestId);
        var history = request.Sku > 0 ? await OfAsync(db, AidBasis.Product, over.Where(r => r.Sku == request.Sku), cancellation) : AidHistory.None;
        if (history.IsGuess && request.Reason.Length > 0) history = await OfAsync(db, AidBasis.Reason, over.Where(r => r.Reason == request.Reason), cancellation);
        return history.IsGuess ? await OfAsync(db, AidBasis.Store, over, cancellation) : history;
    }

    private static async Task<AidHistory> OfAsync(SellerCenterDb db, AidBasis basis, IQueryable<ReturnRequest> over, CancellationToken cancellation)
    {
        var cases = await over.OrderByDescending(r => r.AskedAt).Take(MaxCases).Select(r => new { r.Id, Worth = r.Price * r.Quantity, r.State }).ToListAsync(cancellation);
        if (cases.Count == 0) return AidHistory.None;
        var ids = cases.ConvertAll(c => c.Id);
        var deeds = await (
            from deed in db.ReturnDeeds
            join command in db.OutboundCommands.Where(c => c.Kind == CommandKind.ReturnDeed && c.State == CommandState.Done) on deed.Id equals command.TargetId
            where ids.Contains(deed.ReturnRequestId)
            select new { deed.ReturnRequestId, deed.Wish, deed.RefundId }).AsNoTracking().ToListAsync(cancellation);
        var acts = deeds.Select(d => (d.ReturnRequestId, d.RefundId, Act: d.Wish is ActWish act ? ReturnActs.Of(act.Action) : ReturnAct.Unknown)).ToList();
        var offers = acts.Where(d => d.Act == ReturnAct.Compensate).Select(d => d.RefundId).OfType<long>().ToList();
        var taken = await db.Refunds.CountAsync(r => offers.Contains(r.Id) && r.State == RefundState.Paid, cancellation);
        var declined = await db.Refunds.CountAsync(r => offers.Contains(r.Id) && r.State == RefundState.Failed, cancellation);
        var rejected = acts.Where(d => ReturnActs.Rejects(d.Act)).Select(d => d.ReturnRequestId).ToHashSet();
        var disputed = cases.Count(c => rejected.Contains(c.Id) && c.State is not ("Rejected" or "RejectedByOzon" or "CrmRejected" or "Cancelled" or "CancelledDisputeNotOpen" or "CancelledDisputeNotOpenOnPostModeration"));
        var inspected = (await db.Inspections.Where(i => ids.Contains(i.ReturnRequestId)).Select(i => new { i.Id, i.ReturnRequestId, i.Value }).ToListAsync(cancellation))
            .GroupBy(i => i.ReturnRequestId).Select(g => g.MaxBy(i => i.Id)!).ToDictionary(i => i.ReturnRequestId, i => i.Value);
        var worth = cases.Where(c => inspected.ContainsKey(c.Id)).Sum(c => c.Worth);
        return new AidHistory(
            basis, cases.Count, taken + declined, declined, rejected.Count, disputed, worth > 0 ? inspected.Count : 0, worth > 0 ? (int)(inspected.Values.Sum() * 1000 / worth) : 0);
    }
}
