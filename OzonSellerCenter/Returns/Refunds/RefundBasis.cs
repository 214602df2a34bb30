using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>A way by which money can go back now.</summary>
/// <param name="Action">With the way <see cref="RefundWay.Answer"/>: the action of the request.</param>
/// <param name="Act">What that does, as far as it is known.</param>
/// <param name="Least">For the goods, in minor units; 0 where the postage alone may be repaid.</param>
/// <param name="Most">For the goods, in minor units.</param>
/// <param name="TakesPostage">Postage of the way back may be repaid with it.</param>
/// <param name="TakesItems">Pieces are chosen.</param>
public sealed record OfferedWay(RefundWay Way, OfferedAction? Action, ReturnAct Act, long Least, long Most, bool TakesPostage, bool TakesItems)
{
    /// <summary>Ozon itself says how much: there is nothing to choose.</summary>
    public bool IsFixed => Least == Most;
}

/// <summary>Everything a refund of a posting is measured by, read at one moment.</summary>
/// <param name="Posting">Null when Ozon tells of none, as of FBO orders.</param>
/// <param name="Request">The buyer's request it answers, if it does.</param>
/// <param name="Cancellation">A wish to cancel that waits for the shop.</param>
/// <param name="Paid">For the goods, in minor units.</param>
/// <param name="Held">Of it refunded, in flight, or unknown.</param>
/// <param name="Ways">What Ozon offers now; empty when it offers nothing.</param>
public sealed record RefundBasis(
    int StoreId, string PostingNumber, string OrderNumber, Posting? Posting, ReturnRequest? Request, CancellationRequest? Cancellation, long Paid, long Held, string Currency, IReadOnlyList<OfferedWay> Ways)
{
    public long Left => Math.Max(0, Paid - Held);

    /// <summary>All that refunds of the posting move, goods and postage, in minor units: by it, and not by one of them, is seen whether somebody else has to
    /// approve.</summary>
    public long Moved { get; init; }

    /// <summary>Postage in it.</summary>
    public long MovedPostage { get; init; }

    /// <summary>The least a partial compensation may be, and the least that has to be left of the price: one whole unit (ozon/rules.md §2.3).</summary>
    public const long OneUnit = 100;

    /// <summary>The same as if a refund that holds money already held none: what it may be changed to.</summary>
    public RefundBasis Without(Refund refund)
    {
        if (!refund.Holds) return this;
        var free = this with { Held = Held - refund.Amount, Moved = Moved - refund.Sum, MovedPostage = MovedPostage - refund.Postage };
        return free with { Ways = [.. Ways.Select(w => w.Way is RefundWay.CancelItems or RefundWay.Payment ? w with { Most = free.Left } : w)] };
    }

    /// <summary>The ways for which there is enough left.</summary>
    public IReadOnlyList<OfferedWay> Usable => [.. Ways.Where(w => w.Least <= Left && (w.Most > 0 || w.TakesPostage))];

    /// <summary>Reads it in the caller's context.</summary>
    /// <param name="requestId">Our id of the request that is answered; must be one of this posting.</param>
    /// <returns>Null when the store knows of no such posting or request.</returns>
    public static async Task<RefundBasis?> ReadAsync(SellerCenterDb db, int storeId, string postingNumber, long? requestId, CancellationToken cancellation)
    {
        var posting = await db.Postings.Include(p => p.Items).AsNoTracking().SingleOrDefaultAsync(p => p.StoreId == storeId && p.PostingNumber == postingNumber, cancellation);
        var request = requestId is null ? null : await db.ReturnRequests.AsNoTracking()
            .SingleOrDefaultAsync(r => r.StoreId == storeId && r.Id == requestId && r.PostingNumber == postingNumber, cancellation);
        if ((posting is null && request is null) || (requestId is not null && request is null)) return null;
        var cancellationRequest = await db.CancellationRequests.AsNoTracking()
            .Where(r => r.StoreId == storeId && r.PostingNumber == postingNumber && r.State == CancellationState.Open)
            .OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellation);
        var ledger = await db.RefundLedgers.AsNoTracking().SingleOrDefaultAsync(l => l.StoreId == storeId && l.PostingNumber == postingNumber, cancellation);
        var paid = ledger?.Paid ?? PaidFor(posting, request);
        var isExtended = await db.SyncStates.AnyAsync(s => s.StoreId == storeId && s.Kind == StoreExtension.Kind && s.Error == null && s.FreshAt != null, cancellation);
        var basis = new RefundBasis(
            storeId, postingNumber, posting?.OrderNumber ?? request!.OrderNumber, posting, request, cancellationRequest, paid, ledger?.Held ?? 0,
            ledger?.Currency ?? posting?.Currency ?? request!.Currency, []);
        var (moved, postage) = await MovedAsync(db, storeId, postingNumber, cancellation);
        return basis with { Ways = [.. WaysOf(basis, isExtended)], Moved = moved, MovedPostage = postage };
    }

    /// <summary>What refunds of a posting move already: all, and the postage in it.</summary>
    public static async Task<(long All, long Postage)> MovedAsync(SellerCenterDb db, int storeId, string postingNumber, CancellationToken cancellation)
    {
        var moving = db.Refunds.Where(r => r.StoreId == storeId && r.PostingNumber == postingNumber && Refund.Holding.Contains(r.State));
        return (await moving.SumAsync(r => r.Amount + r.Postage, cancellation), await moving.SumAsync(r => r.Postage, cancellation));
    }

    /// <summary>What was paid for the goods, as Ozon tells it.</summary>
    public static long PaidFor(Posting? posting, ReturnRequest? request) => Math.Max(posting?.Total ?? 0, request?.Worth ?? 0);

    private static IEnumerable<OfferedWay> WaysOf(RefundBasis basis, bool isExtended)
    {
        if (basis.Request is { } request)
        {
            foreach (var way in AnswersOf(request)) yield return way;
            yield break;
        }

        if (basis.Posting is not { } posting) yield break;
        var actions = posting.AvailableActions.Split(',');
        if (basis.Cancellation is not null) yield return new OfferedWay(RefundWay.GrantCancellation, null, ReturnAct.Unknown, posting.Total, posting.Total, false, false);
        if (actions.Contains("cancel")) yield return new OfferedWay(RefundWay.CancelPosting, null, ReturnAct.Unknown, posting.Total, posting.Total, false, false);
        if (actions.Contains("product_cancel") && posting.Items.Sum(i => i.Quantity) > 1) yield return new OfferedWay(RefundWay.CancelItems, null, ReturnAct.Unknown, 1, basis.Left, false, true);
        if (isExtended && !PostingStatuses.Cancelled.Contains(posting.Status)) yield return new OfferedWay(RefundWay.Payment, null, ReturnAct.Unknown, 0, basis.Left, true, true);
    }

    private static IEnumerable<OfferedWay> AnswersOf(ReturnRequest request)
    {
        if (!ReturnActs.CanDecide(request.Source, request.Scheme)) yield break;
        foreach (var action in request.Actions)
        {
            var act = ReturnActs.Of(action);
            if (!ReturnActs.Pays(act)) continue;
            if (act != ReturnAct.Compensate) yield return new OfferedWay(RefundWay.Answer, action, act, request.Worth, request.Worth, true, false);
            else if (request.Offers < ReturnActs.MaxOffers && request.Worth > 2 * OneUnit) yield return new OfferedWay(RefundWay.Answer, action, act, OneUnit, request.Worth - OneUnit, false, false);
        }
    }
}
