using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Works off stored pushes of a store in the order of arrival. A batch is one transaction; when it fails, each push is tried
/// alone, so that one bad push never holds up the rest.</summary>
internal sealed class PushInbox(Databases databases, PushContent content, Signals signals, Figures figures, TimeProvider clock, ILogger<PushInbox> log)
{
    private const int BatchSize = 64;
    private const int MaxAttempts = 8;

    /// <summary>Works off everything that is due.</summary>
    public async Task WorkOffAsync(int storeId, CancellationToken cancellation)
    {
        while (true)
        {
            var due = await DueAsync(storeId, cancellation);
            if (due.Count == 0) return;
            try
            {
                await Databases.RetryAsync(() => ApplyAsync(storeId, due, cancellation));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "{Count} pushes of store {StoreId} failed together; each is tried alone", due.Count, storeId);
                foreach (var id in due) await ApplyAloneAsync(storeId, id, cancellation);
            }
        }
    }

    private async Task<List<long>> DueAsync(int storeId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var open = db.PushEvents.Where(p => p.StoreId == storeId && p.DoneAt == null && p.ParkedAt == null);
        var due = await open.Where(p => p.NextTryAt <= now).OrderBy(p => p.NextTryAt).ThenBy(p => p.Id).Select(p => p.Id).Take(BatchSize)
            .ToListAsync(cancellation);
        figures.WaitingPushes(due.Count < BatchSize ? due.Count : await open.CountAsync(cancellation));
        return due;
    }

    private async Task ApplyAsync(int storeId, List<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var rows = await db.PushEvents.Where(p => ids.Contains(p.Id) && p.DoneAt == null && p.ParkedAt == null).OrderBy(p => p.Id)
            .ToListAsync(cancellation);
        var read = rows.Select(r => OzonPushes.Parse(Encoding.UTF8.GetBytes(r.Body))
            ?? throw new InvalidDataException($"Push {r.Id} cannot be read any more.")).ToList();
        await content.ApplyAsync(db, storeId, read, cancellation);
        foreach (var row in rows)
        {
            row.DoneAt = clock.GetUtcNow().UtcDateTime;
            row.Error = null;
        }

        await db.CommitAsync(cancellation);
        if (read.OfType<ChatPush>().Any()) signals.Conversations.Set();
        if (read.OfType<PostingPush>().Any()) signals.Postings.Set();
    }

    private async Task ApplyAloneAsync(int storeId, long id, CancellationToken cancellation)
    {
        try
        {
            await Databases.RetryAsync(() => ApplyAsync(storeId, [id], cancellation));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await using var db = await databases.ForStoreAsync(storeId, cancellation);
            var row = await db.PushEvents.SingleAsync(p => p.Id == id, cancellation);
            var now = clock.GetUtcNow().UtcDateTime;
            row.Attempts++;
            row.Error = fault.GetType().Name;
            row.NextTryAt = now.AddSeconds(Math.Pow(2, row.Attempts));
            if (row.Attempts >= MaxAttempts)
            {
                row.ParkedAt = now;
                figures.Parked("push");
            }

            await db.CommitAsync(cancellation);
            log.LogError(fault, "Push {PushId} ({Type}) of store {StoreId} failed, attempt {Attempt}", id, row.Type, storeId, row.Attempts);
        }
    }
}
