using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Names of what stands in the way of a refund or an exchange; the emulator's own.</summary>
internal static class RefundFault
{
    public const string TooMuch = "REFUND_EXCEEDS_PAID";
    public const string ReferenceReused = "REFUND_REFERENCE_REUSED";
    public const string NotReceived = "RETURN_NOT_RECEIVED";
}

/// <summary>What a seller pays back of his own accord; money in kopecks.</summary>
/// <param name="PostingNumber">To whose buyer.</param>
/// <param name="Reference">The seller's own name for it; the same one is one refund.</param>
/// <param name="Goods">Of the goods' price.</param>
/// <param name="Postage">For the way back, on top.</param>
/// <param name="Content">All that he said of it: the same reference must say the same again.</param>
internal sealed record NewRefund(string PostingNumber, string Reference, long Goods, long Postage, string Content);

/// <summary>Money that goes back to buyers: never more for the goods of a posting than was paid for them.</summary>
internal sealed class RefundBook(SandboxData data, PostingBook postings)
{
    /// <summary>Pays back within a deed: for the goods as much of the amount as is left of what was paid.</summary>
    public static async Task PayAsync(
        SandboxDb db, Posting posting, string source, long amount, long postage, long? returnId, DateTime at, CancellationToken cancel)
    {
        var goods = Math.Min(amount, await LeftAsync(db, posting, cancel));
        if (goods + postage == 0)
            return;
        db.BuyerRefunds.Add(new BuyerRefund
        {
            ClientId = posting.ClientId,
            PostingNumber = posting.PostingNumber,
            Source = source,
            ReturnId = returnId,
            Amount = goods,
            Postage = postage,
            CreatedAt = at,
            PayAt = at + BuyerRefund.PaidAfter,
        });
    }

    /// <summary>
    /// Kopecks of the goods' price that did not go back yet: neither for this posting nor for its order, whose pieces move from one posting to
    /// another when a shipment is split. Nothing was paid for what came instead of something: its money is that of the posting it came for.
    /// </summary>
    public static async Task<long> LeftAsync(SandboxDb db, Posting posting, CancellationToken cancel)
    {
        var order = await db.Postings.Where(p => p.OrderNumber == posting.OrderNumber).ToDictionaryAsync(p => p.PostingNumber, cancel);
        var numbers = order.Keys.ToList();
        await db.BuyerRefunds.Where(r => numbers.Contains(r.PostingNumber)).LoadAsync(cancel);
        // With what this deed has added and not saved yet.
        var back = db.BuyerRefunds.Local.Where(r => r.FailedAt is null && order.ContainsKey(r.PostingNumber)).ToList();
        var left = Math.Min(Left(Bought(posting)), order.Values.Sum(Left));
        return Math.Max(0, Math.Min(left, posting.Price - back.Where(r => r.PostingNumber == posting.PostingNumber).Sum(r => r.Amount)));

        Posting Bought(Posting of) => of.ExchangeFor is null ? of : Bought(order[of.ParentPostingNumber]);

        long Left(Posting of) => of.ExchangeFor is not null ? 0 : of.Paid - back.Where(r => Bought(order[r.PostingNumber]) == of).Sum(r => r.Amount);
    }

    /// <summary>A refund by reference; the same reference is one refund.</summary>
    public async Task<(string? Fault, BuyerRefund? Refund)> CreateAsync(long clientId, NewRefund wish, CancellationToken cancel)
    {
        BuyerRefund? made = null;
        var fault = await data.WriteAsync(async db =>
        {
            made = await db.BuyerRefunds.SingleOrDefaultAsync(r => r.ClientId == clientId && r.Reference == wish.Reference, cancel);
            if (made is not null)
                return made.Content == wish.Content ? null : RefundFault.ReferenceReused;
            var posting = await db.Postings.SingleOrDefaultAsync(p => p.ClientId == clientId && p.PostingNumber == wish.PostingNumber, cancel);
            if (posting is null)
                return PostingFault.NotFound;
            if (posting.Status == "cancelled")
                return PostingFault.AlreadyCancelled;
            var left = await LeftAsync(db, posting, cancel);
            if (wish.Goods > left)
                return RefundFault.TooMuch;
            var now = data.Now;
            made = db.BuyerRefunds.Add(new BuyerRefund
            {
                ClientId = clientId,
                PostingNumber = wish.PostingNumber,
                Source = BuyerRefund.BySeller,
                Reference = wish.Reference,
                Content = wish.Content,
                Amount = wish.Goods,
                Postage = wish.Postage,
                CreatedAt = now,
                PayAt = now + BuyerRefund.PaidAfter,
            }).Entity;

            // What is all paid back is not sent.
            if (wish.Goods > 0 && wish.Goods == left && posting.IsBeforeShipment && PostingActions.Of(posting, now).Contains(PostingActions.Cancel))
                await postings.CancelAsync(db, posting, CancelReason.All.First(r => r.Id == CancelReason.Other), "seller", now, cancel);
            return null;
        }, cancel);
        return (fault, made);
    }

    /// <summary>Pays what is due.</summary>
    public Task PayDueAsync(CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var now = data.Now;
        foreach (var refund in await OnTheirWay(db).Where(r => r.PayAt <= now).ToListAsync(cancel))
            refund.PaidAt = refund.PayAt;
    }, cancel);

    /// <summary>The bank brings now what is on its way for that posting if one is named, else for that request; or it sends it back.</summary>
    /// <returns>How many refunds that were.</returns>
    public Task<int> EndNowAsync(long clientId, string? number, long? returnId, bool isPaid, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var found = await OnTheirWay(db).Where(r => r.ClientId == clientId)
            .Where(r => number == null ? r.ReturnId == returnId : r.PostingNumber == number).ToListAsync(cancel);
        foreach (var refund in found)
        {
            if (isPaid)
                refund.PaidAt = data.Now;
            else
                refund.FailedAt = data.Now;
        }
        return found.Count;
    }, cancel);

    /// <summary>Refunds that have not ended yet.</summary>
    public static IQueryable<BuyerRefund> OnTheirWay(SandboxDb db) => db.BuyerRefunds.Where(r => r.PaidAt == null && r.FailedAt == null);
}

/// <summary>Brings money to buyers when its time has come.</summary>
internal sealed class RefundClock : DueWork
{
    private readonly RefundBook _book;

    public RefundClock(SandboxData data, RefundBook book, SandboxClock clock, ILogger<RefundClock> log)
        : base(data, clock, log)
    {
        _book = book;
        data.PostingsChanged += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) => RefundBook.OnTheirWay(db).MinAsync(r => (DateTime?)r.PayAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _book.PayDueAsync(cancel);
}
