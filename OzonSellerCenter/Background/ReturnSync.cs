using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>Keeps buyers' requests like Ozon's, which pushes none of them: the first time all, then those that are open and those that were.</summary>
internal sealed class ReturnSync(OzonApi ozon, Databases databases, ReturnIntake intake, SyncProgress progress, StoreGate gate, Signals signals, TimeProvider clock, ILogger<ReturnSync> log)
{
    /// <summary>Keys of the progress rows.</summary>
    public const string RfbsKind = "returns.rfbs";
    public const string MarketKind = "returns.market";

    /// <summary>Requests read one by one in one pass.</summary>
    private const int Batch = 50;

    /// <summary>Changes are asked for with this overlap, so that none falls between two looks.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private static readonly string[] OpenGroups = ["New", "Delivering", "Checkout", "Arbitration"];
    private static readonly ReturnStage[] Ended = [ReturnStage.Approved, ReturnStage.Rejected];

    /// <summary>A key may lack this one right; the rest of the store works on.</summary>
    private static readonly OzonErrorKind[] NotOffered =
        [OzonErrorKind.MissingRole, OzonErrorKind.Forbidden, OzonErrorKind.NotFound, OzonErrorKind.MethodGone, OzonErrorKind.SubscriptionRequired];

    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        await PollRfbsAsync(store, cancellation);
        await PollMarketAsync(store, cancellation);
        signals.Returns.Set();
    }

    /// <summary>Reads the requests that are marked, each with all that Ozon tells of it.</summary>
    public async Task ReadMarkedAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        for (var last = 0L; await MarkedAsync(storeId, last, cancellation) is { Count: > 0 } marked; last = marked[^1].Id)
        {
            foreach (var (id, returnId) in marked)
            {
                if (await ReadSafelyAsync(store, id, returnId, cancellation) is not { } error) continue;
                if (StoreGate.StateOf(error.Kind) is not null || error.Kind is OzonErrorKind.RateLimited or OzonErrorKind.CircuitOpen)
                {
                    await gate.NoteAsync(storeId, error, cancellation);
                    return;
                }
            }
        }
    }

    /// <summary>Reads one request and takes it over.</summary>
    /// <returns>Why it could not be read; null when it was.</returns>
    public async Task<OzonError?> ReadAsync(OpenStore store, long requestId, long returnId, CancellationToken cancellation)
    {
        var answer = await ozon.RfbsReturnAsync(store.Account, new RfbsReturnRequest { ReturnId = returnId }, cancellation);
        if (!answer.IsOk) return answer.Error;
        if (answer.Value.Returns is not { } told) return new OzonError(OzonErrorKind.GarbageAnswer, "The answer holds no request.", 200);
        await Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(store.Id, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var request = await db.ReturnRequests.SingleAsync(r => r.Id == requestId, cancellation);
            await intake.TakeAsync(db, request, told, cancellation);
            await db.CommitAsync(cancellation);
        });
        return null;
    }

    /// <summary>One that cannot be taken over must not keep the others from it.</summary>
    private async Task<OzonError?> ReadSafelyAsync(OpenStore store, long requestId, long returnId, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(store, requestId, returnId, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(fault, "Request {Request} of store {StoreId} could not be taken over", requestId, store.Id);
            return null;
        }
    }

    private async Task PollRfbsAsync(OpenStore store, CancellationToken cancellation)
    {
        var state = await progress.ReadAsync(store.Id, RfbsKind, cancellation);
        var (startedAt, listed) = (clock.GetUtcNow().UtcDateTime, new HashSet<long>());
        var first = new RfbsReturnListRequest { Filter = new RfbsReturnFilter { GroupState = state.FreshAt is null ? ["All"] : OpenGroups } };
        await foreach (var page in ozon.RfbsReturnPagesAsync(store.Account, first, cancellation))
        {
            if (!page.IsOk)
            {
                await FailedAsync(store.Id, RfbsKind, page.Error, cancellation);
                return;
            }

            var told = page.Value.Returns.Where(r => r.ReturnId > 0 && r.PostingNumber.Length <= 40 && r.ReturnNumber.Length <= 40).ToList();
            listed.UnionWith(told.Select(r => r.ReturnId));
            foreach (var news in await NewsAsync(store.Id, ReturnSource.Rfbs, told, r => r.ReturnId, ReturnIntake.IsNews, cancellation))
                await TakeAsync(store.Id, db => intake.TakeAsync(db, store.Id, news, cancellation), cancellation);
        }

        await MarkEndedAsync(store.Id, listed, cancellation);
        await progress.PassedAsync(store.Id, RfbsKind, startedAt, cancellation);
    }

    private async Task PollMarketAsync(OpenStore store, CancellationToken cancellation)
    {
        var state = await progress.ReadAsync(store.Id, MarketKind, cancellation);
        var startedAt = clock.GetUtcNow().UtcDateTime;
        var filter = state.FreshAt is { } fresh ? new MarketReturnFilter { VisualStatusChangeMoment = new TimeSpanFilter { TimeFrom = fresh - Overlap, TimeTo = startedAt } } : null;
        await foreach (var page in ozon.MarketReturnPagesAsync(store.Account, new MarketReturnListRequest { Filter = filter }, cancellation))
        {
            if (!page.IsOk)
            {
                await FailedAsync(store.Id, MarketKind, page.Error, cancellation);
                return;
            }

            // Goods that come back because nobody took them are no request of a buyer.
            var told = page.Value.Returns.Where(r => r is { Id: > 0, Type: not ("Cancellation" or "FullReturn"), PostingNumber.Length: <= 40 }).ToList();
            foreach (var news in await NewsAsync(store.Id, ReturnSource.Market, told, r => r.Id, ReturnIntake.IsNews, cancellation))
                await TakeAsync(store.Id, db => intake.TakeAsync(db, store.Id, news, cancellation), cancellation);
        }

        await progress.PassedAsync(store.Id, MarketKind, startedAt, cancellation);
    }

    private async Task FailedAsync(int storeId, string kind, OzonError error, CancellationToken cancellation)
    {
        await progress.FailedAsync(storeId, kind, error, cancellation);
        if (!NotOffered.Contains(error.Kind)) await gate.NoteAsync(storeId, error, cancellation);
    }

    private async Task<List<T>> NewsAsync<T>(int storeId, ReturnSource source, List<T> told, Func<T, long> id, Func<ReturnRequest?, T, bool> isNews, CancellationToken cancellation)
    {
        var ids = told.ConvertAll(t => id(t));
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var known = await db.ReturnRequests.AsNoTracking().Where(r => r.StoreId == storeId && r.Source == source && ids.Contains(r.ReturnId)).ToDictionaryAsync(r => r.ReturnId, cancellation);
        return told.FindAll(t => isNews(known.GetValueOrDefault(id(t)), t));
    }

    private Task TakeAsync(int storeId, Func<SellerCenterDb, Task> take, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await take(db);
        await db.CommitAsync(cancellation);
    });

    /// <summary>Open here, and in none of Ozon's open groups any more: read one by one what became of them.</summary>
    private async Task MarkEndedAsync(int storeId, HashSet<long> listed, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var open = await db.ReturnRequests.Where(r => r.StoreId == storeId && r.Source == ReturnSource.Rfbs && !Ended.Contains(r.Stage) && !r.NeedsSync).ToListAsync(cancellation);
        var ended = open.FindAll(r => !listed.Contains(r.ReturnId));
        if (ended.Count == 0) return;
        var ids = ended.ConvertAll(r => r.Id);
        await db.ReturnRequests.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.NeedsSync, true).SetProperty(r => r.Version, r => r.Version + 1), cancellation);
    }

    private async Task<List<(long Id, long ReturnId)>> MarkedAsync(int storeId, long after, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var marked = await db.ReturnRequests.Where(r => r.StoreId == storeId && r.NeedsSync && r.Source == ReturnSource.Rfbs && r.Id > after)
            .OrderBy(r => r.Id).Select(r => new { r.Id, r.ReturnId }).Take(Batch).ToListAsync(cancellation);
        return marked.ConvertAll(r => (r.Id, r.ReturnId));
    }
}
