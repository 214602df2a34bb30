using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>Opens and ends cases by the states in which Ozon shows postings and returns, in the transaction that takes those over. The same state told twice
/// changes nothing.</summary>
internal sealed class CaseFollowing(DisputeBook book, TimeProvider clock)
{
    private static readonly DisputeState[] Ended = [DisputeState.Decided, DisputeState.Closed];

    /// <summary>What a return's case is opened by, once.</summary>
    public static string KeyOfReturn(long requestId) => string.Create(CultureInfo.InvariantCulture, $"return:{requestId}");

    /// <summary>The case about a return; null when there is none.</summary>
    public static Task<Dispute?> OfReturnAsync(SellerCenterDb db, ReturnRequest request, DisputeKind kind, CancellationToken cancellation)
    {
        // One that a person has opened by hand is the same matter, too.
        var key = KeyOfReturn(request.Id);
        return db.Disputes.Where(d => d.StoreId == request.StoreId && (d.Key == key || (d.ReturnRequestId == request.Id && d.Kind == kind && d.State != DisputeState.Closed)))
            .OrderBy(d => d.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>A return as it was just told; saved, so that it has its id.</summary>
    /// <param name="wasDisputed">It was in arbitration before.</param>
    public async Task ReturnAsync(SellerCenterDb db, ReturnRequest request, bool wasDisputed, CancellationToken cancellation)
    {
        var kind = IsOpenedBySeller(request.State) ? DisputeKind.Withholding : DisputeKind.ReturnContested;
        var dispute = await OfReturnAsync(db, request, kind, cancellation);
        if (request.Stage == ReturnStage.Arbitration)
        {
            if (dispute is null) await OpenAsync(db, request, kind, cancellation);
            return;
        }

        // Where complaints are told their end is told with them; what a person has opened about a return that was in no arbitration does not end with it.
        if (dispute is not { OzonId: null } || Ended.Contains(dispute.State) || dispute.Key != KeyOfReturn(request.Id)) return;
        if (!wasDisputed && dispute is not { Kind: DisputeKind.Withholding, State: DisputeState.AtOzon }) return;
        if (EndOf(dispute.Kind, request) is var (what, outcome, amount)) await EndAsync(db, dispute, what, outcome, amount, request.StateName, cancellation);
    }

    /// <summary>A posting as it was just told; saved.</summary>
    /// <param name="wasDisputed">It was in arbitration before.</param>
    public async Task PostingAsync(SellerCenterDb db, Posting posting, bool wasDisputed, CancellationToken cancellation)
    {
        var isDisputed = PostingStatuses.Disputed.Contains(posting.Status);
        if (isDisputed == wasDisputed) return;
        var known = await db.Disputes.Where(d => d.StoreId == posting.StoreId && d.PostingNumber == posting.PostingNumber && d.Kind == DisputeKind.Carrier).OrderBy(d => d.Id).ToListAsync(cancellation);
        var open = known.Find(d => !Ended.Contains(d.State));
        if (isDisputed)
        {
            open ??= await OpenAsync(db, posting, known.Count, cancellation);
            await book.FireAsync(db, open, DisputeEvent.HandOver, "", 0, cancellation);
        }
        else if (open is { State: DisputeState.AtOzon })
        {
            var (what, outcome, amount) = EndOf(posting);
            await EndAsync(db, open, what, outcome, amount, posting.CancelReason ?? "", cancellation);
        }
    }

    /// <summary>The shop itself contests: Ozon's words for it (ozon/api.md §4.1).</summary>
    private static bool IsOpenedBySeller(string state) => state is "DisputeYouOpened" or "DisputeOpening";

    private async Task OpenAsync(SellerCenterDb db, ReturnRequest request, DisputeKind kind, CancellationToken cancellation)
    {
        var buyer = await db.Postings.Where(p => p.StoreId == request.StoreId && p.PostingNumber == request.PostingNumber).Select(p => p.BuyerId).FirstOrDefaultAsync(cancellation);
        var dispute = new Dispute
        {
            StoreId = request.StoreId,
            Key = KeyOfReturn(request.Id),
            Kind = kind,
            Topic = TopicOf(request),
            PostingNumber = request.PostingNumber,
            OrderNumber = request.OrderNumber,
            Scheme = request.Scheme,
            Sku = request.Sku,
            ProductName = request.ProductName,
            BuyerId = buyer,
            ReturnRequestId = request.Id,
            ConversationId = await DisputeOpening.ChatAsync(db, request.StoreId, request.PostingNumber, request.OrderNumber, cancellation),
            Claim = request.Comment,
            ClaimAmount = request.Worth,
            Currency = request.Currency,

            // Of rFBS requests Ozon tells no time at which they moved.
            OpenedAt = request.Source == ReturnSource.Rfbs ? Now : request.StateAt,
        };
        await book.OpenAsync(db, dispute, request.Comment, cancellation);
        if (kind == DisputeKind.Withholding) await book.FireAsync(db, dispute, DisputeEvent.HandOver, "", 0, cancellation);
    }

    private static DisputeTopic TopicOf(ReturnRequest request) =>
        request.Reason.Contains("описани", StringComparison.OrdinalIgnoreCase) ? DisputeTopic.NotAsDescribed
        : request.IsDefect == true || request.Reason.Contains("качеств", StringComparison.OrdinalIgnoreCase) ? DisputeTopic.Quality
        : DisputeTopic.Other;

    private async Task<Dispute> OpenAsync(SellerCenterDb db, Posting posting, int before, CancellationToken cancellation)
    {
        var item = posting.Items.FirstOrDefault();
        var dispute = new Dispute
        {
            StoreId = posting.StoreId,
            Key = before == 0 ? $"carrier:{posting.PostingNumber}" : string.Create(CultureInfo.InvariantCulture, $"carrier:{posting.PostingNumber}:{before + 1}"),
            Kind = DisputeKind.Carrier,
            Topic = DisputeTopic.Delivery,
            PostingNumber = posting.PostingNumber,
            OrderNumber = posting.OrderNumber,
            Scheme = posting.Scheme,
            Sku = item?.Sku ?? 0,
            ProductName = item?.Name ?? "",
            BuyerId = posting.BuyerId,
            ConversationId = await DisputeOpening.ChatAsync(db, posting.StoreId, posting.PostingNumber, posting.OrderNumber, cancellation),
            ClaimAmount = posting.Total,
            Currency = posting.Currency,
            OpenedAt = Now,
        };
        await book.OpenAsync(db, dispute, "", cancellation);
        return dispute;
    }

    private async Task EndAsync(SellerCenterDb db, Dispute dispute, DisputeEvent what, DisputeOutcome outcome, long amount, string words, CancellationToken cancellation)
    {
        if (what == DisputeEvent.OzonDecide) (dispute.Outcome, dispute.Awarded, dispute.Reasons) = (outcome, amount, words);
        await book.FireAsync(db, dispute, what, words, amount, cancellation);
    }

    /// <summary>What became of a contested return, by the state it went to; null while that says nothing.</summary>
    private static (DisputeEvent What, DisputeOutcome Outcome, long Amount)? EndOf(DisputeKind kind, ReturnRequest request)
    {
        bool Has(string word) => request.State.Contains(word, StringComparison.OrdinalIgnoreCase);

        if (kind == DisputeKind.Withholding)
        {
            if (Has("CompensationRejected")) return (DisputeEvent.OzonDecide, DisputeOutcome.Buyer, 0);
            return Has("Compensation") && !Has("Returned") ? null : (DisputeEvent.OzonDecide, DisputeOutcome.Seller, 0);
        }

        if (Has("Cancel")) return (DisputeEvent.Withdraw, DisputeOutcome.None, 0);
        if (request.Stage == ReturnStage.Rejected) return (DisputeEvent.OzonDecide, DisputeOutcome.Seller, 0);
        return ReturnStages.IsPaidInPart(request.State) ? (DisputeEvent.OzonDecide, DisputeOutcome.Split, 0) : (DisputeEvent.OzonDecide, DisputeOutcome.Buyer, request.Worth);
    }

    /// <summary>What the carrier found. A parcel that it lost is paid by it, which Ozon tells by a cancellation that does not count against the shop.</summary>
    private static (DisputeEvent What, DisputeOutcome Outcome, long Amount) EndOf(Posting posting) =>
        PostingStatuses.ToShip.Contains(posting.Status) ? (DisputeEvent.Withdraw, DisputeOutcome.None, 0)
        : !PostingStatuses.Cancelled.Contains(posting.Status) ? (DisputeEvent.OzonDecide, DisputeOutcome.Seller, 0)
        : posting.CostsRating == true ? (DisputeEvent.OzonDecide, DisputeOutcome.Buyer, posting.Total)
        : (DisputeEvent.OzonDecide, DisputeOutcome.Seller, posting.Total);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
