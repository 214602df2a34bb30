using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Copies attachments from Ozon into the data folder: Ozon serves them to the holder of the key only, and not for ever. Only
/// Ozon's own address is asked; a link to elsewhere stays a link.</summary>
internal sealed class AttachmentFetch(
    OzonApi ozon, Databases databases, AttachmentFiles files, StoreGate gate, IOptions<SyncOptions> options, TimeProvider clock, ILogger<AttachmentFetch> log)
{
    private const int MaxTries = 6;

    /// <summary>Failures since the start of the program; a restart tries again.</summary>
    private readonly ConcurrentDictionary<long, (int Tries, DateTime NextAt)> _failed = new();

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
        var later = _failed.Where(f => f.Value.Tries >= MaxTries || f.Value.NextAt > now).Select(f => f.Key).ToList();
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var missing = await db.Attachments.Where(a => a.StoreId == storeId && a.OzonUrl != null && a.Sha256 == null && !later.Contains(a.Id))
            .OrderByDescending(a => a.Id).Select(a => new { a.Id, a.OzonUrl }).Take(20).ToListAsync(cancellation);
        return [.. missing.Select(a => (a.Id, a.OzonUrl!))];
    }

    /// <returns>False when the store cannot be asked now: that is no fault of the attachment.</returns>
    private async Task<bool> FetchAsync(OpenStore store, long attachmentId, string url, CancellationToken cancellation)
    {
        var answer = await ozon.DownloadAsync(store.Account, url, cancellation);
        if (!answer.IsOk && StoreGate.StateOf(answer.Error.Kind) is not null)
        {
            await gate.NoteAsync(store.Id, answer.Error, cancellation);
            return false;
        }

        if (!answer.IsOk)
        {
            Failed(attachmentId, isFinal: answer.Error.Kind is OzonErrorKind.ForeignAddress or OzonErrorKind.NotFound);
            log.LogInformation("Attachment {AttachmentId} was not fetched: {Kind}", attachmentId, answer.Error.Kind);
            return true;
        }

        using var content = new MemoryStream(answer.Value.Content);
        if (await files.SaveAsync(content, options.Value.MaxAttachmentMegabytes * 1024L * 1024L, cancellation) is not { } stored)
        {
            Failed(attachmentId, isFinal: true);
            log.LogInformation("Attachment {AttachmentId} is empty or too large", attachmentId);
            return true;
        }

        await using var db = await databases.ForStoreAsync(store.Id, cancellation);
        var attachment = await db.Attachments.SingleAsync(a => a.Id == attachmentId, cancellation);
        attachment.Sha256 = stored.Sha256;
        db.Announce(store.Id, EventKind.Conversation, $"{attachment.ConversationId}");
        await db.CommitAsync(cancellation);
        return true;
    }

    private void Failed(long attachmentId, bool isFinal)
    {
        var tries = isFinal ? MaxTries : _failed.GetValueOrDefault(attachmentId).Tries + 1;
        _failed[attachmentId] = (tries, clock.GetUtcNow().UtcDateTime.AddSeconds(15 * Math.Pow(2, tries)));
    }
}
