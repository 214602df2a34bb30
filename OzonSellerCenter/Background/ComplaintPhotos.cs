using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Copies the pictures of complaints into the data folder as evidence of the buyer's side. Only Ozon's own address is asked, and only what is a picture
/// by its bytes is kept.</summary>
internal sealed class ComplaintPhotos(OzonApi ozon, Databases databases, AttachmentFiles files, EvidenceCopies drawn, StoreGate gate, IOptions<SyncOptions> options, TimeProvider clock, ILogger<ComplaintPhotos> log)
{
    private const int MostPhotos = 20;
    private const int MaxTries = 6;

    /// <summary>What was fetched, or not, since the start of the program.</summary>
    private readonly ConcurrentDictionary<(long Dispute, string Url), int> _tries = new();

    /// <summary>Fetches what a case does not have yet.</summary>
    /// <returns>False when some have to be tried again.</returns>
    public async Task<bool> FetchAsync(OpenStore store, long disputeId, IReadOnlyList<string> urls, CancellationToken cancellation)
    {
        var isWhole = true;
        foreach (var url in urls.Where(u => u.Length is > 0 and <= 2000).Distinct().Take(MostPhotos))
        {
            if (_tries.GetValueOrDefault((disputeId, url)) >= MaxTries || await IsKnownAsync(store.Id, disputeId, NameOf(url), cancellation)) continue;
            var tries = await FetchAsync(store, disputeId, url, cancellation) ? MaxTries : _tries.GetValueOrDefault((disputeId, url)) + 1;
            _tries[(disputeId, url)] = tries;
            isWhole &= tries >= MaxTries;
        }

        return isWhole;
    }

    private async Task<bool> IsKnownAsync(int storeId, long disputeId, string name, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.EvidenceItems.AnyAsync(e => e.DisputeId == disputeId && e.Kind == EvidenceKind.BuyerPhoto && e.Name == name, cancellation);
    }

    /// <returns>Whether nothing is left to be tried.</returns>
    private async Task<bool> FetchAsync(OpenStore store, long disputeId, string url, CancellationToken cancellation)
    {
        var answer = await ozon.DownloadAsync(store.Account, url, cancellation);
        if (!answer.IsOk)
        {
            if (StoreGate.StateOf(answer.Error.Kind) is not null) await gate.NoteAsync(store.Id, answer.Error, cancellation);
            log.LogInformation("A picture of case {DisputeId} was not fetched: {Kind}", disputeId, answer.Error.Kind);
            return answer.Error.Kind is OzonErrorKind.ForeignAddress or OzonErrorKind.NotFound;
        }

        using var content = new MemoryStream(answer.Value.Content);
        if (!FileKind.Of(answer.Value.Content.AsSpan(0, Math.Min(answer.Value.Content.Length, FileKind.Head))).IsImage
            || await files.SaveAsync(content, options.Value.MaxAttachmentMegabytes * 1024L * 1024L, cancellation) is not { } kept)
        {
            log.LogInformation("A picture of case {DisputeId} is no picture, empty or too large", disputeId);
            return true;
        }

        var copies = await drawn.OfKeptAsync(kept.Sha256, cancellation);
        await Databases.RetryAsync(() => KeepAsync(store.Id, disputeId, NameOf(url), kept, copies, cancellation));
        return true;
    }

    private async Task KeepAsync(int storeId, long disputeId, string name, StoredFile kept, PictureCopies copies, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);

        // The same bytes are one piece of evidence in a case.
        if (await db.EvidenceItems.AnyAsync(e => e.DisputeId == disputeId && e.Sha256 == kept.Sha256, cancellation)) return;
        db.EvidenceItems.Add(new EvidenceItem
        {
            StoreId = storeId,
            DisputeId = disputeId,
            Kind = EvidenceKind.BuyerPhoto,
            Side = EvidenceSide.Buyer,
            Sha256 = kept.Sha256,
            Size = kept.Size,
            ContentType = kept.Kind.ContentType,
            Name = name,
            ViewSha256 = copies.View,
            ThumbSha256 = copies.Thumb,
            AddedAt = clock.GetUtcNow().UtcDateTime,
        });
        DisputeBook.Announce(db, await db.Disputes.SingleAsync(d => d.Id == disputeId, cancellation));
        await db.CommitAsync(cancellation);
    }

    private static string NameOf(string url)
    {
        var name = url[(url.LastIndexOf('/') + 1)..];
        return name.Length <= EvidenceItem.MaxName ? name : name[^EvidenceItem.MaxName..];
    }
}
