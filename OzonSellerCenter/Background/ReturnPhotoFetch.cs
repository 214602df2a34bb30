using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>Copies the pictures of buyers' requests into the data folder: they are evidence, and Ozon serves them to the holder of the key only, and not
/// for ever. Only Ozon's own address is asked.</summary>
internal sealed class ReturnPhotoFetch(OzonApi ozon, Databases databases, AttachmentFiles files, StoreGate gate, IOptions<SyncOptions> options, ILogger<ReturnPhotoFetch> log)
{
    private const int MaxTries = 6;
    private const int Batch = 20;

    public async Task FetchMissingAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        for (var last = long.MaxValue; await MissingAsync(storeId, last, cancellation) is { Count: > 0 } missing; last = missing[^1].Id)
        {
            foreach (var photo in missing)
            {
                if (!await FetchAsync(store, photo, cancellation)) return;
            }
        }
    }

    private async Task<List<ReturnPhoto>> MissingAsync(int storeId, long before, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.ReturnPhotos.AsNoTracking().Where(p => p.StoreId == storeId && p.Sha256 == null && p.Tries < MaxTries && p.Id < before)
            .OrderByDescending(p => p.Id).Take(Batch).ToListAsync(cancellation);
    }

    /// <returns>False when the store cannot be asked now: that is no fault of the picture.</returns>
    private async Task<bool> FetchAsync(OpenStore store, ReturnPhoto photo, CancellationToken cancellation)
    {
        var answer = await ozon.DownloadAsync(store.Account, photo.OzonUrl, cancellation);
        if (!answer.IsOk && StoreGate.StateOf(answer.Error.Kind) is not null)
        {
            await gate.NoteAsync(store.Id, answer.Error, cancellation);
            return false;
        }

        StoredFile? stored = null;
        if (answer.IsOk)
        {
            using var content = new MemoryStream(answer.Value.Content);
            stored = await files.SaveAsync(content, options.Value.MaxAttachmentMegabytes * 1024L * 1024L, cancellation);
        }

        var isFinal = answer.IsOk ? stored is null : answer.Error.Kind is OzonErrorKind.ForeignAddress or OzonErrorKind.NotFound;
        if (stored is null) log.LogInformation("Picture {PhotoId} of a return was not fetched: {Kind}", photo.Id, answer.Error?.Kind);
        await using var db = await databases.ForStoreAsync(store.Id, cancellation);
        var row = await db.ReturnPhotos.SingleAsync(p => p.Id == photo.Id, cancellation);
        (row.Sha256, row.ContentType) = (stored?.Sha256, stored?.Kind.ContentType);
        if (stored is null) row.Tries = isFinal ? MaxTries : row.Tries + 1;
        else db.Announce(store.Id, EventKind.Return, $"{row.ReturnRequestId}");
        await db.CommitAsync(cancellation);
        return true;
    }
}
