using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Returns.Review;

/// <summary>Tabs of the queue.</summary>
public enum ReviewTab
{
    Waiting,
    InReview,
    MoreWanted,

    /// <summary>Decided in the last 30 days.</summary>
    Decided,
}

/// <summary>A refund in the queue.</summary>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Reviewer">Who has taken it up, or decided; null when nobody.</param>
/// <param name="DueAt">By when the review is due; null when its clock does not run.</param>
/// <param name="IsOwn">The person wrote it himself, so somebody else has to.</param>
public sealed record ReviewRow(
    long Id, string PostingNumber, string StoreName, RefundState State, RefundReason Reason, long Sum, string Currency, DateTime? SubmittedAt, DateTime? DueAt, string? Writer, string? Reviewer, bool IsOwn);

/// <summary>The queue of a person.</summary>
/// <param name="MayReview">He is an owner, or of the support desk, of some store.</param>
/// <param name="Counts">Of the tabs but the last.</param>
public sealed record ReviewQueue(bool MayReview, IReadOnlyList<ReviewRow> Rows, IReadOnlyDictionary<ReviewTab, int> Counts)
{
    /// <summary>A count of this size means "this many or more".</summary>
    public const int Cap = 1000;

    /// <summary>Rows shown at most.</summary>
    public const int MaxRows = 200;
}

/// <summary>A refund with all that speaks for and against it.</summary>
/// <param name="Photos">Ids of the pictures the buyer took.</param>
/// <param name="OfPosting">Other refunds of the posting, newest first.</param>
/// <param name="OfBuyer">Refunds of other postings of the same buyer, newest first.</param>
/// <param name="IsOwn">The person has written of it.</param>
public sealed record ReviewCase(OpenRefund Open, RefundBasis Basis, IReadOnlyList<long> Photos, IReadOnlyList<RefundLine> OfPosting, IReadOnlyList<RefundLine> OfBuyer, bool IsOwn);

/// <summary>Reads what waits for a review in the stores where a person may review.</summary>
public sealed class ReviewQueries(Databases databases, RefundPageQueries pages, TimeProvider clock)
{
    private const int MaxLines = 20;
    private static readonly TimeSpan DecidedFor = TimeSpan.FromDays(30);

    public async Task<ReviewQueue> QueueAsync(CurrentUser user, ReviewTab tab, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = ReviewedBy(db);
        if (stores.Length == 0) return new ReviewQueue(false, [], new Dictionary<ReviewTab, int>());
        var since = clock.GetUtcNow().UtcDateTime - DecidedFor;
        var refunds = db.Refunds.Where(r => stores.Contains(r.StoreId));
        var shown = tab == ReviewTab.Decided ? refunds.Where(r => r.ReviewedAt >= since && r.State != RefundState.MoreWanted && r.State != RefundState.Submitted && r.State != RefundState.InReview) : refunds.Where(r => r.State == StateOf(tab));
        var rows = await (
            from refund in shown
            join store in db.Stores on refund.StoreId equals store.Id
            join writer in db.Users on refund.WrittenBy equals writer.Id into writers
            from writer in writers.DefaultIfEmpty()
            join reviewer in db.Users on refund.Reviewer equals reviewer.Id into reviewers
            from reviewer in reviewers.DefaultIfEmpty()
            orderby tab == ReviewTab.Decided ? refund.ReviewedAt : null descending, refund.SubmittedAt, refund.Id
            select new ReviewRow(
                refund.Id, refund.PostingNumber, store.Name, refund.State, refund.Reason, refund.Amount + refund.Postage, refund.Currency, refund.SubmittedAt, null,
                writer.DisplayName, reviewer.DisplayName, refund.WrittenBy == user.Id || refund.CreatedBy == user.Id)).Take(ReviewQueue.MaxRows).ToListAsync(cancellation);
        var subjects = rows.ConvertAll(r => RefundBook.SubjectOf(r.Id));
        var due = await db.Deadlines.Where(d => stores.Contains(d.StoreId) && subjects.Contains(d.Subject) && d.State == DeadlineState.Running)
            .Select(d => new { d.Subject, d.DueAt }).ToDictionaryAsync(d => d.Subject, d => (DateTime?)d.DueAt, cancellation);
        var clocked = rows.Select(r => r with { DueAt = due.GetValueOrDefault(RefundBook.SubjectOf(r.Id)) });
        return new ReviewQueue(true, [.. tab == ReviewTab.Decided ? clocked : clocked.OrderBy(r => r.DueAt ?? DateTime.MaxValue).ThenBy(r => r.SubmittedAt).ThenBy(r => r.Id)], await CountsAsync(refunds, cancellation));
    }

    /// <summary>Refunds that wait for a review and that nobody has taken up.</summary>
    /// <returns>Null for a person who reviews nothing.</returns>
    public async Task<int?> WaitingAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = ReviewedBy(db);
        return stores.Length == 0 ? null : await db.Refunds.Where(r => stores.Contains(r.StoreId) && r.State == RefundState.Submitted).Take(ReviewQueue.Cap).CountAsync(cancellation);
    }

    /// <summary>A refund with what it is judged by; null when the person may not review in its store, as for one that does not exist.</summary>
    public async Task<ReviewCase?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        if (await pages.OpenAsync(user, id, cancellation) is not { Role: StoreRole.Owner or StoreRole.Support } open) return null;
        var refund = open.Refund;
        await using var db = await databases.ForAsync(user, cancellation);
        if (await RefundBasis.ReadAsync(db, refund.StoreId, refund.PostingNumber, refund.ReturnRequestId, cancellation) is not { } basis) return null;
        var buyer = basis.Posting?.BuyerId is { Length: > 0 } known ? known : null;
        var others = db.Postings.Where(p => p.StoreId == refund.StoreId && p.BuyerId == buyer && p.PostingNumber != refund.PostingNumber).Select(p => p.PostingNumber);
        return new ReviewCase(
            open, basis,
            refund.ReturnRequestId is null ? [] : await db.ReturnPhotos.Where(p => p.ReturnRequestId == refund.ReturnRequestId && p.Sha256 != null).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellation),
            await RefundFormQueries.LinesAsync(db.Refunds.Where(r => r.StoreId == refund.StoreId && r.PostingNumber == refund.PostingNumber && r.Id != id), MaxLines, cancellation),
            buyer is null ? [] : await RefundFormQueries.LinesAsync(db.Refunds.Where(r => r.StoreId == refund.StoreId && others.Contains(r.PostingNumber)), MaxLines, cancellation),
            refund.CreatedBy == user.Id || refund.WrittenBy == user.Id || await RefundReviewActions.HasWrittenAsync(db, id, user, cancellation));
    }

    private static int[] ReviewedBy(SellerCenterDb db) => [.. db.StoresInSight.Where(s => db.RoleIn(s) is StoreRole.Owner or StoreRole.Support)];

    private static RefundState StateOf(ReviewTab tab) => tab switch
    {
        ReviewTab.InReview => RefundState.InReview,
        ReviewTab.MoreWanted => RefundState.MoreWanted,
        _ => RefundState.Submitted,
    };

    private static async Task<IReadOnlyDictionary<ReviewTab, int>> CountsAsync(IQueryable<Refund> refunds, CancellationToken cancellation)
    {
        var counts = new Dictionary<ReviewTab, int>();
        foreach (var tab in new[] { ReviewTab.Waiting, ReviewTab.InReview, ReviewTab.MoreWanted })
        {
            var state = StateOf(tab);
            counts[tab] = await refunds.Where(r => r.State == state).Take(ReviewQueue.Cap).CountAsync(cancellation);
        }

        return counts;
    }
}
