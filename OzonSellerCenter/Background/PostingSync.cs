using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Keeps postings like Ozon's: a year's worth at the import, then what changed since the last look and what still waits for the
/// shop; postings named by a push at once.</summary>
internal sealed class PostingSync(
    OzonApi ozon, Databases databases, PostingIntake intake, StoreGate gate, SyncProgress progress, Signals signals, IOptions<SyncOptions> options,
    TimeProvider clock)
{
    /// <summary>Key of the progress row.</summary>
    public const string Kind = "postings";

    /// <summary>Each look reaches back behind the last one: Ozon's lists are filled late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private static readonly PostingBlocks Blocks = new() { AnalyticsData = true, FinancialData = true };
    private static readonly PostingDetailBlocks DetailBlocks = new() { AnalyticsData = true, FinancialData = true };

    private readonly LessOften _refused = new(clock);

    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        var state = await progress.ReadAsync(storeId, Kind, cancellation);
        var startedAt = clock.GetUtcNow().UtcDateTime;

        // A whole year at once is refused when the clocks differ by a second.
        var everything = new PostingListFilter { Since = startedAt.AddDays(-options.Value.ImportDays).AddMinutes(5), To = startedAt };
        var changedSince = state is { ImportedAt: not null, FreshAt: { } freshAt } ? new InstantRange { From = freshAt - Overlap, To = startedAt } : null;
        var listed = new PostingListRequest
        {
            Filter = everything with { LastChangedStatusDate = changedSince },
            Cursor = state.ImportedAt is null ? state.Cursor : null,
            SortDir = "DESC",
            With = Blocks,
        };
        var unfulfilled = new UnfulfilledListRequest
        {
            Filter = new UnfulfilledListFilter { CutoffFrom = startedAt.AddDays(-60), CutoffTo = startedAt.AddDays(60) },
            With = Blocks,
        };
        if (!await TakeAllAsync(store, ozon.PostingPagesAsync(store.Account, listed, cancellation), state.ImportedAt is null, cancellation)
            || !await TakeAllAsync(store, ozon.UnfulfilledPagesAsync(store.Account, unfulfilled, cancellation), false, cancellation))
        {
            return;
        }

        await progress.PassedAsync(storeId, Kind, startedAt, cancellation);
        signals.Postings.Set();
    }

    /// <summary>Reads the postings that are marked, one by one, newest first.</summary>
    public async Task ReadMarkedAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        var before = await progress.ReadAsync(storeId, Kind, cancellation);
        var asked = new HashSet<long>();
        var except = _refused.Resting;
        var hasFailed = false;
        while (await MarkedAsync(storeId, except, cancellation) is { Count: > 0 } marked)
        {
            foreach (var (id, number) in marked)
            {
                // Once in a round: a mark that stays, because the clock was put back, must not make a storm of calls.
                if (!asked.Add(id))
                {
                    except.Add(id);
                    continue;
                }

                var askedAt = clock.GetUtcNow().UtcDateTime;
                var answer = await ozon.PostingAsync(store.Account, new PostingGetRequest { PostingNumber = number, With = DetailBlocks }, cancellation);
                if (answer.IsOk)
                {
                    _refused.Answered(id);
                    await Databases.RetryAsync(() => TakeAsync(storeId, [answer.Value.Result with { PostingNumber = number }], askedAt, true, cancellation));
                }
                else if (answer.Error.Kind is OzonErrorKind.NotFound)
                {
                    await ForgetAsync(storeId, id, cancellation);
                }
                else
                {
                    hasFailed = true;
                    _refused.Failed(id, answer.Error.Kind);
                    except.Add(id);
                    await gate.NoteAsync(storeId, answer.Error, cancellation);
                    if (await gate.OpenAsync(storeId, cancellation) is null) return;
                }
            }
        }

        if (!hasFailed) await progress.CompleteAsync(before, cancellation);
    }

    /// <returns>False when Ozon refused; the reason is noted.</returns>
    private async Task<bool> TakeAllAsync(
        OpenStore store, IAsyncEnumerable<OzonResult<PostingListResponse>> pages, bool isImport, CancellationToken cancellation)
    {
        var seen = 0;
        var askedAt = clock.GetUtcNow().UtcDateTime;
        await foreach (var page in pages)
        {
            if (!page.IsOk)
            {
                await gate.NoteAsync(store.Id, page.Error, cancellation);
                await progress.FailedAsync(store.Id, Kind, page.Error, cancellation);
                return false;
            }

            await Databases.RetryAsync(() => TakeAsync(store.Id, page.Value.Postings, askedAt, false, cancellation));
            seen += page.Value.Postings.Count;
            if (isImport) await progress.AtAsync(store.Id, Kind, page.Value.Cursor, seen, seen, cancellation);
            askedAt = clock.GetUtcNow().UtcDateTime;
        }

        return true;
    }

    private async Task TakeAsync(int storeId, IReadOnlyList<OzonPosting> postings, DateTime askedAt, bool isDetailed, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await intake.TakeAsync(db, storeId, postings, askedAt, isDetailed, cancellation);
        await db.CommitAsync(cancellation);
        signals.Products.Set();
    }

    private async Task<List<(long Id, string Number)>> MarkedAsync(int storeId, List<long> except, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var marked = await db.Postings.Where(p => p.StoreId == storeId && p.NeedsSync && !except.Contains(p.Id))
            .OrderByDescending(p => p.InProcessAt ?? DateTime.MaxValue).Select(p => new { p.Id, p.PostingNumber }).Take(50).ToListAsync(cancellation);
        return [.. marked.Select(p => (p.Id, p.PostingNumber))];
    }

    /// <summary>Ozon does not know it (any more): a row that a push made is taken away, one that was filled once stays as it was.</summary>
    private async Task ForgetAsync(int storeId, long postingId, CancellationToken cancellation) => await Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var posting = await db.Postings.SingleAsync(p => p.Id == postingId, cancellation);
        posting.NeedsSync = false;
        if (posting.Status.Length == 0) db.Postings.Remove(posting);
        await db.CommitAsync(cancellation);
    });
}
