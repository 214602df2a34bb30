using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Tells how far a pack is, and hears by the way whether somebody stopped it: not more than twice a second, for each telling is written down and
/// seen by all who look.</summary>
internal sealed class PackProgress(Databases databases, EvidencePack pack, Dispute dispute, TimeProvider clock, CancellationToken cancellation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private int _done;
    private long? _toldAt;

    /// <summary>One more is done.</summary>
    /// <exception cref="PackFault">The pack was stopped.</exception>
    public async Task StepAsync()
    {
        _done++;
        if (_toldAt is { } told && clock.GetElapsedTime(told) < Pause) return;
        _toldAt = clock.GetTimestamp();
        await TellAsync();
    }

    private Task TellAsync() => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(pack.StoreId, cancellation);
        var row = await db.EvidencePacks.SingleAsync(p => p.Id == pack.Id, cancellation);
        if (row.State != PackState.Making) throw new PackFault(null);
        row.Done = _done;
        DisputeBook.Announce(db, dispute);
        await db.CommitAsync(cancellation);
    });
}
