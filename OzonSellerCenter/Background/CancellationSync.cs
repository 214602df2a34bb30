using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Keeps buyers' wishes to cancel like Ozon's, which pushes none of them: those that wait for the shop, and what became of those that did.</summary>
internal sealed class CancellationSync(OzonApi ozon, Databases databases, ShipmentClock clocks, StoreGate gate, Signals signals, TimeProvider clock)
{
    /// <summary>Posting numbers asked for in one request.</summary>
    private const int Batch = 50;

    /// <summary>A key may lack this one right; the rest of the store works on.</summary>
    private static readonly OzonErrorKind[] NotOffered =
        [OzonErrorKind.MissingRole, OzonErrorKind.Forbidden, OzonErrorKind.NotFound, OzonErrorKind.MethodGone, OzonErrorKind.SubscriptionRequired];

    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        var listed = new HashSet<long>();
        var first = new CancellationListRequest { Filters = new CancellationFilters { State = "ON_APPROVAL" } };
        await foreach (var page in ozon.CancellationPagesAsync(store.Account, first, cancellation))
        {
            if (!await TakeAsync(store, page, listed, cancellation)) return;
        }

        var left = await DecidedAsync(storeId, listed, cancellation);
        foreach (var numbers in left.Chunk(Batch))
        {
            var asked = new CancellationListRequest { Filters = new CancellationFilters { PostingNumber = numbers, State = "ALL" } };
            if (!await TakeAsync(store, await ozon.CancellationListAsync(store.Account, asked, cancellation), listed, cancellation)) return;
        }

        if (left.Count > 0) await ForgetAsync(storeId, listed, cancellation);
    }

    private async Task<bool> TakeAsync(OpenStore store, OzonResult<CancellationListResponse> page, HashSet<long> listed, CancellationToken cancellation)
    {
        if (!page.IsOk)
        {
            if (!NotOffered.Contains(page.Error.Kind)) await gate.NoteAsync(store.Id, page.Error, cancellation);
            return false;
        }

        var told = page.Value.Result.Where(r => r.PostingNumber.Length is > 0 and <= 40).ToList();
        listed.UnionWith(told.Select(r => r.CancellationId));
        foreach (var news in await NewsAsync(store.Id, told, cancellation)) await Databases.RetryAsync(() => TakeAsync(store.Id, news, cancellation));
        return true;
    }

    /// <summary>Those that are not here as they are told: what is the same at every look must not keep others from writing.</summary>
    private async Task<List<OzonCancellationRequest>> NewsAsync(int storeId, List<OzonCancellationRequest> told, CancellationToken cancellation)
    {
        var ids = told.ConvertAll(r => r.CancellationId);
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var known = await db.CancellationRequests.AsNoTracking().Where(r => r.StoreId == storeId && ids.Contains(r.CancellationId)).ToDictionaryAsync(r => r.CancellationId, cancellation);
        return told.FindAll(r => !known.TryGetValue(r.CancellationId, out var request) || request.State != StateOf(r.State?.State) || request.AutoApproveAt != r.AutoApproveDate);
    }

    private async Task TakeAsync(int storeId, OzonCancellationRequest told, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var request = await db.CancellationRequests.SingleOrDefaultAsync(r => r.StoreId == storeId && r.CancellationId == told.CancellationId, cancellation);
        if (request is null)
        {
            request = new CancellationRequest { StoreId = storeId, CancellationId = told.CancellationId, PostingNumber = told.PostingNumber };
            db.CancellationRequests.Add(request);
        }

        request.Initiator = told.CancellationInitiator;
        request.Reason = told.CancellationReason?.Name ?? "";
        request.Message = told.CancellationReasonMessage;
        request.AskedAt = told.CancelledAt ?? (request.AskedAt == default ? clock.GetUtcNow().UtcDateTime : request.AskedAt);
        request.AutoApproveAt = told.AutoApproveDate;
        request.State = StateOf(told.State?.State);
        request.DecidedAt = request.State == CancellationState.Open ? null : told.ApproveDate ?? request.DecidedAt ?? clock.GetUtcNow().UtcDateTime;
        request.Comment = told.ApproveComment;
        await TellAsync(db, request, cancellation);
    }

    /// <summary>Postings of wishes that waited for the shop here, and do not any more at Ozon.</summary>
    private async Task<List<string>> DecidedAsync(int storeId, HashSet<long> listed, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var open = await db.CancellationRequests.Where(r => r.StoreId == storeId && r.State == CancellationState.Open)
            .Select(r => new { r.CancellationId, r.PostingNumber }).ToListAsync(cancellation);
        return [.. open.Where(r => !listed.Contains(r.CancellationId)).Select(r => r.PostingNumber).Distinct()];
    }

    /// <summary>Ozon names them nowhere any more.</summary>
    private Task ForgetAsync(int storeId, HashSet<long> listed, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var request in await db.CancellationRequests.Where(r => r.StoreId == storeId && r.State == CancellationState.Open).ToListAsync(cancellation))
        {
            if (listed.Contains(request.CancellationId)) continue;
            (request.State, request.DecidedAt) = (CancellationState.Gone, clock.GetUtcNow().UtcDateTime);
            await TellAsync(db, request, cancellation);
        }
    });

    private async Task TellAsync(SellerCenterDb db, CancellationRequest request, CancellationToken cancellation)
    {
        if (!db.ChangeTracker.HasChanges()) return;
        await db.SaveChangesAsync(cancellation);
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.StoreId == request.StoreId && p.PostingNumber == request.PostingNumber, cancellation);
        if (posting is null)
        {
            db.Postings.Add(posting = new Posting { StoreId = request.StoreId, PostingNumber = request.PostingNumber });
            await db.SaveChangesAsync(cancellation);
        }

        // A decision changes the posting as well.
        posting.NeedsSync = true;
        posting.WantsRefund = await ReturnIntake.WantsRefundAsync(db, request.StoreId, request.PostingNumber, cancellation);
        await clocks.RecomputeAsync(db, posting, cancellation);
        db.Announce(request.StoreId, EventKind.Posting, request.PostingNumber);

        // Among the returns it stands as well, without an id of theirs.
        db.Announce(request.StoreId, EventKind.Return, "");
        await db.CommitAsync(cancellation);
        signals.Postings.Set();
    }

    private static CancellationState StateOf(string? word) => word switch
    {
        "ON_APPROVAL" => CancellationState.Open,
        "APPROVED" => CancellationState.Approved,
        "REJECTED" => CancellationState.Rejected,
        _ => CancellationState.Gone,
    };
}
