using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Makes packs, one at a time: several large ones together would take the memory and the disk of the whole server.</summary>
public sealed class PackMaker(Databases databases, ContentFiles files, DataFolder folder, PackPdf pdf, PackZip zip, TimeProvider clock, ILogger<PackMaker> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Ends what was under way when the program was killed, and removes its unfinished files. It is not begun again by itself: should a piece of it
    /// have brought the program down, it would do so for ever.</summary>
    public async Task EndCutOffAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        foreach (var pack in await db.EvidencePacks.AsNoTracking().Where(p => p.StoreId == storeId && p.State == PackState.Making).ToListAsync(cancellation))
        {
            await EndAsync(pack, p => p.End(PackState.Failed, Now, "CutOff"), cancellation);
            Remove(pack);
        }
    }

    /// <summary>Makes the pack of a store that waits longest.</summary>
    /// <returns>False when none waits.</returns>
    public async Task<bool> MakeNextAsync(int storeId, CancellationToken stopping)
    {
        await _turn.WaitAsync(stopping);
        try
        {
            if (await TakeUpAsync(storeId, stopping) is not { } content) return false;
            await MakeAsync(content, stopping);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Task<PackContent?> TakeUpAsync(int storeId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var pack = await db.EvidencePacks.Where(p => p.StoreId == storeId && p.State == PackState.Waiting).OrderBy(p => p.Id).FirstOrDefaultAsync(cancellation);
        if (pack is null) return null;
        var content = await PackContent.ReadAsync(db, pack, Now, cancellation);
        (pack.State, pack.Done, pack.Total) = (PackState.Making, 0, content.Pieces.Count + content.Enclosed.Count());
        DisputeBook.Announce(db, content.Dispute);
        await db.CommitAsync(cancellation);
        return content;
    });

    private async Task MakeAsync(PackContent content, CancellationToken stopping)
    {
        var pack = content.Pack;
        try
        {
            var (paper, archive, size) = await FilesAsync(content, stopping);
            await EndAsync(pack, p =>
            {
                p.End(PackState.Ready, Now);
                (p.PdfSha256, p.ZipSha256, p.Size, p.Done) = (paper, archive, size, p.Total);
            }, CancellationToken.None);
        }
        catch (PackFault fault)
        {
            // Stopped by a person: the row says so already, and its word stands.
            if (fault.Key is { } key) await FailAsync(key);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await EndAsync(pack, p => p.PutBack(), CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.LogError(fault, "The disk did not take pack {PackId}", pack.Id);
            await FailAsync("Disk");
        }
        catch
        {
            await FailAsync("Bug");
            throw;
        }
        finally
        {
            Remove(pack);
        }

        Task FailAsync(string key) => EndAsync(pack, p => p.End(PackState.Failed, Now, key), CancellationToken.None);
    }

    private async Task<(string Pdf, string Zip, long Size)> FilesAsync(PackContent content, CancellationToken cancellation)
    {
        PackLanguage.Speak(content.Pack.Language);
        var progress = new PackProgress(databases, content.Pack, content.Dispute, clock, cancellation);
        var (paper, archive) = (PlaceOf(content.Pack, "pdf"), PlaceOf(content.Pack, "zip"));
        Directory.CreateDirectory(Path.GetDirectoryName(paper)!);
        await using (var file = File.Create(paper))
        {
            await pdf.DrawAsync(content, file, progress.StepAsync, cancellation);
            file.Flush(flushToDisk: true);
        }

        await using (var file = File.Create(archive))
        {
            await zip.WriteAsync(content, paper, file, progress.StepAsync, cancellation);
            file.Flush(flushToDisk: true);
        }

        var (keptPaper, keptArchive) = (await files.TakeAsync(paper, cancellation), await files.TakeAsync(archive, cancellation));
        return (keptPaper.Sha256, keptArchive.Sha256, keptPaper.Size + keptArchive.Size);
    }

    /// <summary>Changes a pack that is being made; one that was stopped meanwhile stays as it is.</summary>
    private Task EndAsync(EvidencePack pack, Action<EvidencePack> change, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(pack.StoreId, cancellation);
        var row = await db.EvidencePacks.SingleAsync(p => p.Id == pack.Id, cancellation);
        if (row.State != PackState.Making) return;
        change(row);
        var dispute = await db.Disputes.AsNoTracking().SingleAsync(d => d.Id == pack.DisputeId, cancellation);
        if (row.IsOver) db.Audit(pack.StoreId, row.State == PackState.Ready ? "pack.ready" : "pack.fail", dispute.Number, row.Error ?? $"{row.PdfSha256}, {row.ZipSha256}");
        DisputeBook.Announce(db, dispute);
        await db.CommitAsync(cancellation);
    });

    private string PlaceOf(EvidencePack pack, string form) => folder.PathOf("files", "packs", $"{pack.Id}.{form}");

    private void Remove(EvidencePack pack)
    {
        foreach (var place in new[] { PlaceOf(pack, "pdf"), PlaceOf(pack, "zip") })
        {
            if (File.Exists(place)) File.Delete(place);
        }
    }
}
