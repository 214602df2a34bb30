using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Copies the first pictures of products into the data folder. Only Ozon's own hosts are asked, and only what is a picture by its bytes is
/// kept.</summary>
internal sealed class PictureFetch(
    OzonApi ozon, Databases databases, ContentFiles files, StoreGate gate, IOptions<SyncOptions> options, TimeProvider clock, ILogger<PictureFetch> log)
{
    private const int MaxTries = 6;

    /// <summary>Failures since the start of the program; a restart, or another address, tries again.</summary>
    private readonly ConcurrentDictionary<(long Fact, string Url), (int Tries, DateTime NextAt)> _failed = new();

    /// <summary>Fetches what is missing, the newest first.</summary>
    public async Task FetchMissingAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        while (await MissingAsync(storeId, cancellation) is { Count: > 0 } missing)
        {
            foreach (var (id, url) in missing)
            {
                if (!await FetchAsync(store, id, url, cancellation)) return;
            }
        }
    }

    private async Task<List<(long Id, string Url)>> MissingAsync(int storeId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var later = _failed.Where(f => f.Value.Tries >= MaxTries || f.Value.NextAt > now).Select(f => f.Key).ToHashSet();
        var ids = later.Select(f => f.Fact).ToList();
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var open = db.ProductFacts.Where(f => f.StoreId == storeId && f.PictureUrl != null && f.PictureSha256 == null);
        var missing = await open.Where(f => !ids.Contains(f.Id)).OrderByDescending(f => f.Id).Take(20).Select(f => new { f.Id, f.PictureUrl }).ToListAsync(cancellation);
        if (missing.Count == 0) missing = await open.Where(f => ids.Contains(f.Id)).Select(f => new { f.Id, f.PictureUrl }).ToListAsync(cancellation);
        return [.. missing.Select(f => (f.Id, f.PictureUrl!)).Where(f => !later.Contains(f))];
    }

    /// <returns>False when the store cannot be asked now: that is no fault of the picture.</returns>
    private async Task<bool> FetchAsync(OpenStore store, long factId, string url, CancellationToken cancellation)
    {
        var answer = await ozon.PictureAsync(store.Account, url, cancellation);
        if (!answer.IsOk)
        {
            // Pictures lie on other hosts than the API: what these answer says nothing about the key.
            Failed(factId, url, isFinal: answer.Error.Kind is OzonErrorKind.ForeignAddress or OzonErrorKind.NotFound or OzonErrorKind.MethodGone);
            log.LogInformation("Picture of product {FactId} was not fetched: {Kind}", factId, answer.Error.Kind);
            return answer.Error.Kind != OzonErrorKind.Unreachable;
        }

        var kind = FileKind.Of(answer.Value.Content.AsSpan(0, Math.Min(answer.Value.Content.Length, FileKind.Head)));
        using var content = new MemoryStream(answer.Value.Content);
        if (!kind.IsImage || await files.SaveAsync(content, options.Value.MaxAttachmentMegabytes * 1024L * 1024L, cancellation) is not { } kept)
        {
            Failed(factId, url, isFinal: true);
            log.LogInformation("Picture of product {FactId} is no picture, empty or too large", factId);
            return true;
        }

        await Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(store.Id, cancellation);
            var fact = await db.ProductFacts.SingleOrDefaultAsync(f => f.Id == factId && f.PictureUrl == url, cancellation);
            if (fact is null) return;
            (fact.PictureSha256, fact.PictureType) = (kept.Sha256, kind.ContentType);
            db.Announce(store.Id, EventKind.Product, $"{fact.Sku}");
            await db.CommitAsync(cancellation);
        });
        return true;
    }

    private void Failed(long factId, string url, bool isFinal)
    {
        var tries = isFinal ? MaxTries : _failed.GetValueOrDefault((factId, url)).Tries + 1;
        _failed[(factId, url)] = (tries, clock.GetUtcNow().UtcDateTime.AddSeconds(15 * Math.Pow(2, tries)));
    }
}
