using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence.Freezing;

/// <summary>What one click on "collect" came to.</summary>
/// <param name="Added">Copies that are new in the case.</param>
/// <param name="Same">Copies that the case had already, also withdrawn ones.</param>
/// <param name="Missing">What could not be gathered: resource keys of the texts of evidence.</param>
public sealed record Collected(Outcome Outcome, int Added, int Same, IReadOnlyList<string> Missing);

/// <summary>Freezes what the record tells of a case (order, way of the parcel, conversation, product, pictures) as copies that do not change any more.
/// Doing it again adds only what is new since.</summary>
public sealed class EvidenceFreezing(Databases databases, FrozenCopies copies, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Copies everything there is into the case, for whoever of its store asks. Refused: <c>NotFound</c>, <c>CaseClosed</c>.</summary>
    public async Task<Collected> CollectAsync(CurrentUser user, long disputeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == disputeId, cancellation) is not { } dispute) return Refused(Outcome.NotFound);
        if (!dispute.IsOpen) return Refused(Outcome.Refused("CaseClosed"));
        var gathered = await copies.GatherAsync(user, await CaseRecord.ReadAsync(db, dispute, Now, cancellation), cancellation);
        return await Databases.RetryAsync(() => WriteAsync(user, disputeId, gathered, cancellation));
    }

    private async Task<Collected> WriteAsync(CurrentUser user, long disputeId, Gathered gathered, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Disputes.SingleOrDefaultAsync(d => d.Id == disputeId, cancellation) is not { } dispute) return Refused(Outcome.NotFound);
        if (!dispute.IsOpen) return Refused(Outcome.Refused("CaseClosed"));
        var known = (await db.EvidenceItems.Where(i => i.DisputeId == disputeId).Select(i => i.Sha256).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);

        // What somebody withdrew with a reason does not come back by itself.
        var added = gathered.Copies.Where(c => !known.Contains(c.Sha256)).ToList();
        foreach (var copy in added)
        {
            db.EvidenceItems.Add(new EvidenceItem
            {
                StoreId = dispute.StoreId,
                DisputeId = disputeId,
                Kind = copy.Kind,
                Side = copy.Side,
                Sha256 = copy.Sha256,
                Size = copy.Size,
                ContentType = copy.ContentType,
                Name = copy.Name,
                Caption = copy.Caption,
                AddedAt = Now,
                AddedBy = user.Id,
                AsOf = copy.AsOf,
                ViewSha256 = copy.Drawn?.View,
                ThumbSha256 = copy.Drawn?.Thumb,
            });
            db.Audit(dispute.StoreId, "evidence.freeze", dispute.Number, string.Create(CultureInfo.InvariantCulture, $"{copy.Kind}, {copy.Size} bytes, {copy.Sha256}"));
        }

        if (added.Count > 0) DisputeBook.Announce(db, dispute);
        await db.CommitAsync(cancellation);

        // Those of a complaint came with it.
        var hasPhotos = await db.EvidenceItems.AnyAsync(i => i.DisputeId == disputeId && i.Kind == EvidenceKind.BuyerPhoto, cancellation);
        return new Collected(Outcome.Done, added.Count, gathered.Copies.Count - added.Count, [.. gathered.Missing.Where(m => !hasPhotos || m != "Frozen_NoBuyerPhotos")]);
    }

    private static Collected Refused(Outcome outcome) => new(outcome, 0, 0, []);
}
