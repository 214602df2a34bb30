using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Has packs made, and has it left.</summary>
public sealed class PackActions(Databases databases, TimeProvider clock)
{
    /// <summary>Asks for a pack of a case. Who has one under way already gets that one. Refused: <c>NotFound</c>, <c>LanguageUnknown</c>.</summary>
    /// <param name="language">Tag of a <see cref="PackLanguage"/>.</param>
    public Task<(Outcome Outcome, long PackId)> AskAsync(CurrentUser user, long disputeId, string language, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        if (PackLanguage.All.All(l => l.Tag != language)) return (Outcome.Refused("LanguageUnknown"), 0L);
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Writing the row as it is holds it: of two clicks at the same moment the second sees the pack of the first.
        if (await db.Disputes.Where(d => d.Id == disputeId).ExecuteUpdateAsync(d => d.SetProperty(x => x.StateSince, x => x.StateSince), cancellation) == 0) return (Outcome.NotFound, 0L);
        var dispute = await db.Disputes.AsNoTracking().SingleAsync(d => d.Id == disputeId, cancellation);
        var open = await db.EvidencePacks.Where(p => p.DisputeId == disputeId && p.AskedBy == user.Id && (p.State == PackState.Waiting || p.State == PackState.Making))
            .Select(p => p.Id).FirstOrDefaultAsync(cancellation);
        if (open > 0) return (Outcome.Done, open);
        var pack = new EvidencePack { StoreId = dispute.StoreId, DisputeId = disputeId, AskedAt = Now, AskedBy = user.Id, Language = language };
        db.EvidencePacks.Add(pack);
        db.Audit(dispute.StoreId, "pack.ask", dispute.Number, language);
        DisputeBook.Announce(db, dispute);
        await db.CommitAsync(cancellation);
        return (Outcome.Done, pack.Id);
    });

    /// <summary>Stops a pack that is not ready; anybody of the store may. Refused: <c>NotFound</c>, <c>PackOver</c>.</summary>
    public Task<Outcome> CancelAsync(CurrentUser user, long packId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.EvidencePacks.SingleOrDefaultAsync(p => p.Id == packId, cancellation) is not { } pack) return Outcome.NotFound;
        if (pack.IsOver) return Outcome.Refused("PackOver");
        pack.End(PackState.Cancelled, Now);
        var dispute = await db.Disputes.AsNoTracking().SingleAsync(d => d.Id == pack.DisputeId, cancellation);
        db.Audit(pack.StoreId, "pack.cancel", dispute.Number, packId.ToString(CultureInfo.InvariantCulture));
        DisputeBook.Announce(db, dispute);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
