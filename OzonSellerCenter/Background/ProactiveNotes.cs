using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

/// <summary>Puts down which events of postings are to be told to their buyers, in the transaction that takes the events over: killed at any line it is
/// either all there or all repeated, and the unique row lets each be told once. Who tells it is <see cref="ProactiveTelling"/>.</summary>
public sealed class ProactiveNotes(TimeProvider clock)
{
    /// <summary>What we hear of later than this is no news any more.</summary>
    public static readonly TimeSpan NewsFor = TimeSpan.FromDays(3);

    /// <summary>Notes what happened to a posting since it stood as <paramref name="before"/>.</summary>
    /// <param name="db">A context that sees the store. Other postings that came with this one are saved already.</param>
    public async Task TakeAsync(SellerCenterDb db, Posting posting, ProactiveStand before, CancellationToken cancellation)
    {
        // Of steps that came together the last is the news; nobody wants to read of the others after it.
        foreach (var what in before.Since(posting).Reverse())
        {
            if (what == ProactiveEvent.ItemsTakenOut && await WasSplitAsync(db, posting, before.TakenOut(posting), cancellation)) continue;
            if (await NoteAsync(db, posting, what, ReachedAt(posting, what), cancellation)) return;
        }
    }

    /// <summary>Notes an event, if the store tells such and did so when it happened.</summary>
    /// <returns>Whether it is noted, now or before.</returns>
    public async Task<bool> NoteAsync(SellerCenterDb db, Posting posting, ProactiveEvent what, DateTime reachedAt, CancellationToken cancellation)
    {
        var isTold = await db.ProactiveSettings.AnyAsync(s => s.StoreId == posting.StoreId && s.Event == what && s.OnSince <= reachedAt, cancellation);
        if (!isTold) return false;
        var isNoted = await db.ProactiveMessages.AnyAsync(
            m => m.StoreId == posting.StoreId && m.PostingNumber == posting.PostingNumber && m.Event == what, cancellation);
        if (isNoted) return true;
        var now = clock.GetUtcNow().UtcDateTime;
        var note = new ProactiveMessage { StoreId = posting.StoreId, PostingNumber = posting.PostingNumber, Event = what, CreatedAt = now };
        if (now - reachedAt > NewsFor) note.Skip("TooLate");
        db.ProactiveMessages.Add(note);
        return true;
    }

    private DateTime ReachedAt(Posting posting, ProactiveEvent what) => what switch
    {
        ProactiveEvent.Shipped => posting.DeliveringAt,
        ProactiveEvent.Delivered => posting.DeliveredAt,
        _ => null,
    } ?? clock.GetUtcNow().UtcDateTime;

    // What is in another parcel of the order was not taken out of it.
    private static Task<bool> WasSplitAsync(SellerCenterDb db, Posting posting, IReadOnlyList<long> skus, CancellationToken cancellation) =>
        db.Postings.AnyAsync(
            p => p.StoreId == posting.StoreId && p.OrderNumber == posting.OrderNumber && p.PostingNumber != posting.PostingNumber
                && !PostingStatuses.Cancelled.Contains(p.Status) && p.Items.Any(i => skus.Contains(i.Sku)),
            cancellation);
}
