using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence;

namespace OzonSellerCenter.Background;

/// <summary>Removes what is only kept for a while: the bodies of pushes that were worked off, and uploads that nobody went on with.</summary>
internal sealed class CleanUp(Databases databases, EvidenceUploads uploads, IOptions<SyncOptions> options, TimeProvider clock)
{
    public async Task RemoveOldAsync(int storeId, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepPushDays);
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await db.PushEvents.Where(p => p.StoreId == storeId && p.DoneAt < before).ExecuteDeleteAsync(cancellation);
        await uploads.RemoveStaleAsync(storeId, cancellation);
    }
}
