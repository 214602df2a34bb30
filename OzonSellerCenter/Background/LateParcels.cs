using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

/// <summary>What follows when parcels become late at their instant, without anything having come from Ozon.</summary>
public sealed class LateParcels(ShipmentClock shipments, ProactiveNotes notes)
{
    /// <summary>Reckons the postings of clocks that have come to their end, in the caller's unit of work.</summary>
    /// <param name="db">A context that sees their stores.</param>
    /// <param name="ended">Of any kind; those of late parcels are meant.</param>
    public async Task TakeAsync(SellerCenterDb db, IEnumerable<Deadline> ended, CancellationToken cancellation)
    {
        foreach (var late in ended.Where(d => d.Kind == DeadlineKind.ParcelLate))
        {
            var number = ShipmentClock.PostingOf(late.Subject);
            if (await db.Postings.SingleOrDefaultAsync(p => p.StoreId == late.StoreId && p.PostingNumber == number, cancellation) is not { } posting) continue;
            await shipments.RecomputeAsync(db, posting, cancellation);
            await notes.NoteAsync(db, posting, ProactiveEvent.Delayed, late.DueAt, cancellation);
            db.Announce(posting.StoreId, EventKind.Posting, posting.PostingNumber);
        }
    }
}
