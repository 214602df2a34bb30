using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>A pack as it is shown.</summary>
/// <param name="By">Name of who asked.</param>
public sealed record PackView(EvidencePack Pack, string By);

/// <summary>A file of a pack that is handed out.</summary>
/// <param name="Name">Under which it is saved.</param>
public sealed record PackFile(string Sha256, string Name);

/// <summary>Reads packs with the eyes of a person.</summary>
public sealed class PackQueries(Databases databases)
{
    /// <summary>Packs of a case that are listed.</summary>
    public const int Listed = 5;

    /// <summary>The last packs of a case, newest first.</summary>
    public async Task<IReadOnlyList<PackView>> OfDisputeAsync(CurrentUser user, long disputeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.EvidencePacks.AsNoTracking().Where(p => p.DisputeId == disputeId).OrderByDescending(p => p.Id).Take(Listed)
            .Select(p => new PackView(p, db.Users.Where(u => u.Id == p.AskedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "")).ToListAsync(cancellation);
    }

    /// <summary>A file of a pack for saving; that it was taken out is written down. Null when it is not there for this person.</summary>
    /// <param name="form"><c>pdf</c> or <c>zip</c>.</param>
    public async Task<PackFile?> TakeOutAsync(CurrentUser user, long packId, string form, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var pack = await db.EvidencePacks.AsNoTracking().SingleOrDefaultAsync(p => p.Id == packId && p.State == PackState.Ready, cancellation);
        if ((form == "pdf" ? pack?.PdfSha256 : pack?.ZipSha256) is not { } hash) return null;
        db.Audit(pack!.StoreId, "pack.download", Dispute.NumberOf(pack.DisputeId), $"{form}, {hash}");
        await db.CommitAsync(cancellation);
        return new PackFile(hash, $"{Dispute.NumberOf(pack.DisputeId)}-{pack.Id}-{pack.Language}.{form}");
    }
}
