using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Buyers who no longer want their order, and what becomes of their requests.</summary>
internal sealed class CancellationBook(SandboxData data, PostingBook postings)
{
    public const string NotFound = "CANCELLATION_NOT_FOUND";

    /// <summary>
    /// A buyer takes his order back. Until it is under way an FBS order is cancelled on the spot, an rFBS one until it was put together; after that
    /// it becomes a request. Gives what stands in the way, if anything does.
    /// </summary>
    public Task<string?> BuyerCancelsAsync(long clientId, string number, string message, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.ClientId == clientId && p.PostingNumber == number && p.Scheme != "FBO", cancel);
        if (posting is null)
            return PostingFault.NotFound;
        var now = data.Now;
        if (!PostingActions.Of(posting, now).Contains(PostingActions.Cancel))
            return PostingFault.Of(posting, PostingActions.Cancel);
        if (posting.Scheme == "FBS" || posting.Status == "awaiting_packaging")
        {
            await postings.CancelAsync(db, posting, CancelReason.BuyersWish, "client", now, cancel);
            return null;
        }
        if (await db.CancellationRequests.AnyAsync(r => r.PostingNumber == number && r.State == CancellationRequest.OnApproval, cancel))
            return null;
        db.CancellationRequests.Add(new CancellationRequest
        {
            ClientId = clientId,
            PostingNumber = number,
            Initiator = "CLIENT",
            ReasonId = CancelReason.BuyersWish.Id,
            Reason = CancelReason.BuyersWish.Title,
            Message = message,
            CreatedAt = now,
            AutoApproveAt = now + CancellationRequest.ApprovesItselfAfter,
            State = CancellationRequest.OnApproval,
        });
        return null;
    }, cancel);

    /// <summary>The seller decides. Gives what stands in the way, if anything does.</summary>
    public Task<string?> DecideAsync(long clientId, long id, bool approve, string comment, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var request = await db.CancellationRequests.SingleOrDefaultAsync(r => r.ClientId == clientId && r.Id == id, cancel);
        if (request is null)
            return NotFound;
        if (request.State != CancellationRequest.OnApproval)
            return PostingFault.WrongStatus;
        var now = data.Now;
        if (!approve)
        {
            request.Decide(CancellationRequest.Rejected, comment, now);
            return null;
        }
        var posting = await db.Postings.SingleAsync(p => p.PostingNumber == request.PostingNumber, cancel);
        if (!PostingActions.Of(posting, now).Contains(PostingActions.Cancel))
            return PostingFault.Of(posting, PostingActions.Cancel);
        await ApproveAsync(db, request, posting, comment, now, cancel);
        return null;
    }, cancel);

    /// <summary>Silence is consent: grants what nobody has decided in time, unless the order has reached its buyer meanwhile.</summary>
    public Task ApproveDueAsync(CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var now = data.Now;
        foreach (var request in await db.CancellationRequests.Where(r => r.State == CancellationRequest.OnApproval && r.AutoApproveAt <= now).ToListAsync(cancel))
        {
            var posting = await db.Postings.SingleAsync(p => p.PostingNumber == request.PostingNumber, cancel);
            if (PostingActions.Of(posting, now).Contains(PostingActions.Cancel))
                await ApproveAsync(db, request, posting, "", request.AutoApproveAt, cancel);
            else
                request.Decide(CancellationRequest.Rejected, "", request.AutoApproveAt);
        }
    }, cancel);

    private async Task ApproveAsync(SandboxDb db, CancellationRequest request, Posting posting, string comment, DateTime at, CancellationToken cancel)
    {
        request.Decide(CancellationRequest.Approved, comment, at);
        await postings.CancelAsync(db, posting, CancelReason.BuyersWish, "client", at, cancel);
    }
}

/// <summary>Grants the requests that the seller left lying.</summary>
internal sealed class CancellationClock : DueWork
{
    private readonly CancellationBook _book;

    public CancellationClock(SandboxData data, CancellationBook book, SandboxClock clock, ILogger<CancellationClock> log)
        : base(data, clock, log)
    {
        _book = book;
        data.PostingsChanged += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) =>
        db.CancellationRequests.Where(r => r.State == CancellationRequest.OnApproval).MinAsync(r => (DateTime?)r.AutoApproveAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _book.ApproveDueAsync(cancel);
}
