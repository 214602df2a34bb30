using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Background;

/// <summary>Takes over what Ozon tells of buyers' requests, in the caller's transaction: the row, its clocks, the refunds that hang on it, and the mark of
/// its posting. The same told twice changes nothing.</summary>
internal sealed class ReturnIntake(ReturnClock clocks, RefundFollow refunds, CaseFollowing cases, Signals signals, TimeProvider clock)
{
    private const int MostPhotos = 20;
    private const string Offered = "OfferedPartialCompensation";
    private const string AfterOffer = "OnSellerClarificationAfterPartialCompensation";

    /// <summary>A line of the rFBS list. Its details are marked to be read.</summary>
    public async Task TakeAsync(SellerCenterDb db, int storeId, OzonRfbsReturn told, CancellationToken cancellation)
    {
        var request = await FindAsync(db, storeId, ReturnSource.Rfbs, told.ReturnId, told.ReturnNumber, cancellation);
        request.PostingNumber = told.PostingNumber;
        request.OrderNumber = told.OrderNumber;
        request.Scheme = Scheme.Rfbs;
        request.AskedAt = told.CreatedAt ?? request.AskedAt;
        if (told.Product is { } product) Take(request, product);
        request.MoneyState = told.State?.MoneyReturnStateName ?? "";
        Move(request, told.State?.State ?? "", told.State?.StateName ?? "", told.State is { } state ? ReturnStages.OfGroup(state.GroupState) : null, null);
        request.NeedsSync = true;
        await FollowAsync(db, request, isMoneyTold: true, cancellation);
    }

    /// <summary>Everything of an rFBS request that is known already.</summary>
    public async Task TakeAsync(SellerCenterDb db, ReturnRequest request, OzonRfbsReturnDetails told, CancellationToken cancellation)
    {
        request.Comment = told.Comment;
        request.Reason = told.ReturnReason?.Name ?? "";
        request.IsDefect = told.ReturnReason?.IsDefect;
        request.ReturnMethod = told.ClientReturnMethodType?.Name ?? "";
        request.TrackingNumber = told.RuPostTrackingNumber;
        request.RejectionComment = told.RejectionComment;
        if (told.Product is { } product) Take(request, product);
        request.Actions = [.. told.AvailableActions.Where(a => a.Id != 0).DistinctBy(a => a.Id).Select(a => new OfferedAction(a.Id, a.Name))];
        request.Rejections = [.. told.RejectionReason.Select(r => new RejectionReason(r.Id, r.Name, r.Hint, r.IsCommentRequired))];
        await TakePhotosAsync(db, request, told.ClientPhoto, cancellation);
        if (told.State is { State.Length: > 0 } state) Move(request, state.State, state.StateName, state.State == request.State ? request.Stage : null, null);
        request.DetailsAt = Now;
        request.NeedsSync = false;
        await FollowAsync(db, request, isMoneyTold: false, cancellation);
    }

    /// <summary>A return of an FBO or FBS order.</summary>
    public async Task TakeAsync(SellerCenterDb db, int storeId, OzonMarketReturn told, CancellationToken cancellation)
    {
        var request = await FindAsync(db, storeId, ReturnSource.Market, told.Id, told.Id.ToString(CultureInfo.InvariantCulture), cancellation);
        request.PostingNumber = told.PostingNumber;
        request.OrderNumber = told.OrderNumber;
        request.Scheme = told.Schema.Equals("Fbo", StringComparison.OrdinalIgnoreCase) ? Scheme.Fbo : Scheme.Fbs;
        request.Reason = told.ReturnReasonName;
        request.Place = (told.Place ?? told.TargetPlace)?.Name ?? "";
        var changedAt = told.Visual?.ChangeMoment;
        if (request.AskedAt == default) request.AskedAt = told.Logistic?.ReturnDate ?? changedAt ?? Now;
        if (told.Product is { } product)
        {
            (request.Sku, request.OfferId, request.ProductName, request.Quantity) = (product.Sku, product.OfferId, product.Name, Math.Max(1, product.Quantity));
            request.Price = product.Price?.MinorUnits ?? 0;
            if (product.Price is { CurrencyCode.Length: 3 } price) request.Currency = price.CurrencyCode;
        }

        var state = told.Visual?.Status?.SysName ?? "";
        Move(request, state, told.Visual?.Status?.DisplayName ?? "", null, changedAt);
        request.DetailsAt = Now;
        await FollowAsync(db, request, isMoneyTold: true, cancellation);
    }

    /// <summary>Whether it is here as it is told: what is the same at every look must not keep others from writing.</summary>
    public static bool IsNews(ReturnRequest? known, OzonRfbsReturn told) => known is null || known.State != (told.State?.State ?? "")
        || known.MoneyState != (told.State?.MoneyReturnStateName ?? "") || known.DetailsAt is null
        || (told.State is { } state && ReturnStages.OfGroup(state.GroupState) is { } stage && stage != known.Stage);

    /// <inheritdoc cref="IsNews(ReturnRequest?, OzonRfbsReturn)"/>
    public static bool IsNews(ReturnRequest? known, OzonMarketReturn told) => known is null || known.State != (told.Visual?.Status?.SysName ?? "")
        || known.Place != ((told.Place ?? told.TargetPlace)?.Name ?? "");

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<ReturnRequest> FindAsync(SellerCenterDb db, int storeId, ReturnSource source, long returnId, string number, CancellationToken cancellation)
    {
        if (await db.ReturnRequests.SingleOrDefaultAsync(r => r.StoreId == storeId && r.Source == source && r.ReturnId == returnId, cancellation) is { } known) return known;
        var request = new ReturnRequest { StoreId = storeId, Source = source, ReturnId = returnId, Number = number.Length > 0 ? number : returnId.ToString(CultureInfo.InvariantCulture) };
        db.ReturnRequests.Add(request);
        return request;
    }

    private static void Take(ReturnRequest request, OzonReturnedProduct product)
    {
        (request.Sku, request.OfferId, request.ProductName) = (product.Sku, product.OfferId, product.Name);
        request.Price = OzonMoney.Minor(product.Price);
        if (product.CurrencyCode.Length == 3) request.Currency = product.CurrencyCode;
    }

    private void Move(ReturnRequest request, string state, string name, ReturnStage? stage, DateTime? at)
    {
        if (request.State != state)
        {
            // An offer that was made elsewhere counts as well, also one that the buyer had answered before anybody looked.
            if (state == Offered || (state == AfterOffer && request.State != Offered && request.Id != 0)) request.Offers++;
            request.State = state;

            // A request that is new has been in its state since it was made; of one that moved Ozon tells no time.
            request.StateAt = at ?? (request.Id == 0 && request.AskedAt != default ? request.AskedAt : Now);
        }

        request.StateName = name;
        request.Stage = stage ?? ReturnStages.OfState(state);
    }

    private async Task TakePhotosAsync(SellerCenterDb db, ReturnRequest request, IReadOnlyList<string> urls, CancellationToken cancellation)
    {
        var known = await db.ReturnPhotos.Where(p => p.ReturnRequestId == request.Id).Select(p => p.OzonUrl).ToListAsync(cancellation);
        var news = urls.Where(u => u.Length is > 0 and <= 2000).Distinct().Take(MostPhotos).Except(known).ToList();
        foreach (var url in news) db.ReturnPhotos.Add(new ReturnPhoto { StoreId = request.StoreId, ReturnRequestId = request.Id, OzonUrl = url });
        if (news.Count > 0) signals.ReturnPhotos.Set();
    }

    private async Task FollowAsync(SellerCenterDb db, ReturnRequest request, bool isMoneyTold, CancellationToken cancellation)
    {
        var wasDisputed = db.Entry(request) is { State: not EntityState.Added } known && known.Property(r => r.Stage).OriginalValue == ReturnStage.Arbitration;
        await db.SaveChangesAsync(cancellation);
        await clocks.RecomputeAsync(db, request, cancellation);
        await refunds.RequestAsync(db, request, isMoneyTold, cancellation);
        await db.SaveChangesAsync(cancellation);
        await MarkPostingAsync(db, request, cancellation);
        await cases.ReturnAsync(db, request, wasDisputed, cancellation);
        ReturnActions.Announce(db, request);
    }

    /// <summary>The list of orders shows those whose buyer wants money back.</summary>
    private static async Task MarkPostingAsync(SellerCenterDb db, ReturnRequest request, CancellationToken cancellation)
    {
        if (request.PostingNumber.Length == 0) return;
        if (await db.Postings.SingleOrDefaultAsync(p => p.StoreId == request.StoreId && p.PostingNumber == request.PostingNumber, cancellation) is not { } posting) return;
        posting.WantsRefund = await WantsRefundAsync(db, request.StoreId, request.PostingNumber, cancellation);
    }

    /// <summary>A wish to cancel waits for the shop, or a request to return is open.</summary>
    public static async Task<bool> WantsRefundAsync(SellerCenterDb db, int storeId, string postingNumber, CancellationToken cancellation) =>
        await db.CancellationRequests.AnyAsync(r => r.StoreId == storeId && r.PostingNumber == postingNumber && r.State == CancellationState.Open, cancellation)
        || await db.ReturnRequests.AnyAsync(
            r => r.StoreId == storeId && r.PostingNumber == postingNumber && r.Stage != ReturnStage.Approved && r.Stage != ReturnStage.Rejected, cancellation);
}
