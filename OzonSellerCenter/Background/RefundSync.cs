using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Background;

/// <summary>Follows money that Ozon has taken on, until it is with the buyer.</summary>
internal sealed class RefundSync(OzonApi ozon, Databases databases, RefundFollow refunds, ReturnIntake intake, StoreGate gate, ExtensionOffer extension, Signals signals)
{
    /// <summary>Postings asked for in one request.</summary>
    private const int Batch = 50;

    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        var sent = await SentAsync(storeId, cancellation);
        if (sent.Count == 0 || await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        foreach (var answered in sent.Where(r => r.ReturnRequestId is not null).Select(r => r.PostingNumber).Distinct())
        {
            if (!await ReadRequestsAsync(store, answered, cancellation)) return;
        }

        if (!await extension.MayAskAsync(storeId, cancellation)) return;
        foreach (var numbers in sent.Where(r => r.ReturnRequestId is null).Select(r => r.PostingNumber).Distinct().Chunk(Batch))
        {
            var answer = await ozon.RefundListAsync(store.Account, new RefundListRequest { PostingNumbers = numbers }, cancellation);
            if (!answer.IsOk)
            {
                if (answer.Error.Kind != OzonErrorKind.MethodGone) await gate.NoteAsync(storeId, answer.Error, cancellation);
                return;
            }

            foreach (var refund in sent.Where(r => r.ReturnRequestId is null && numbers.Contains(r.PostingNumber)))
            {
                if (ToldOf(refund, answer.Value.Result) is { } told) await TakeAsync(storeId, refund.Id, told, cancellation);
            }
        }
    }

    /// <summary>Our own name tells a payment; of a cancelled posting there is one.</summary>
    private static OzonRefund? ToldOf(Refund refund, IReadOnlyList<OzonRefund> told) => refund.Way == RefundWay.Payment
        ? told.FirstOrDefault(r => r.Reference == refund.Key)
        : told.LastOrDefault(r => r.PostingNumber == refund.PostingNumber && r.Source == "CANCELLATION" && r.Amount?.MinorUnits == refund.Amount);

    private Task TakeAsync(int storeId, long refundId, OzonRefund told, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Refunds.SingleOrDefaultAsync(r => r.Id == refundId && r.State == RefundState.Sent, cancellation) is not { } refund) return;
        await refunds.PaymentAsync(db, refund, told.State, told.ExpectedAt, cancellation);
        if (!db.ChangeTracker.HasChanges()) return;
        RefundBook.Announce(db, refund);
        await db.CommitAsync(cancellation);
    });

    /// <summary>Where the money of a request is stands in the list alone, and ended requests are not looked for there otherwise.</summary>
    private async Task<bool> ReadRequestsAsync(OpenStore store, string postingNumber, CancellationToken cancellation)
    {
        var answer = await ozon.RfbsReturnListAsync(store.Account, new RfbsReturnListRequest { Filter = new RfbsReturnFilter { PostingNumber = postingNumber, GroupState = ["All"] } }, cancellation);
        if (!answer.IsOk)
        {
            await gate.NoteAsync(store.Id, answer.Error, cancellation);
            return false;
        }

        await Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(store.Id, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            foreach (var told in answer.Value.Returns.Where(r => r.PostingNumber == postingNumber))
            {
                var known = await db.ReturnRequests.AsNoTracking().SingleOrDefaultAsync(r => r.StoreId == store.Id && r.Source == ReturnSource.Rfbs && r.ReturnId == told.ReturnId, cancellation);
                if (ReturnIntake.IsNews(known, told) || told.State is { MoneyReturnStateName: "" }) await intake.TakeAsync(db, store.Id, told, cancellation);
            }

            await db.CommitAsync(cancellation);
        });
        signals.Returns.Set();
        return true;
    }

    private async Task<List<Refund>> SentAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.Refunds.AsNoTracking().Where(r => r.StoreId == storeId && r.State == RefundState.Sent).OrderBy(r => r.Id).ToListAsync(cancellation);
    }
}
