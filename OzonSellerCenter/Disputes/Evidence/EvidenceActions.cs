using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence.Checks;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>What people of the shop do with evidence. Nothing is ever deleted.</summary>
public sealed class EvidenceActions(Databases databases, TimeProvider clock)
{
    /// <summary>Longest reason of a withdrawal.</summary>
    public const int MaxWhy = 500;

    /// <summary>Takes a piece out of the case's account; it stays listed, struck through, with the reason. Refused: <c>NotFound</c>, <c>EvidenceReadOnly</c>,
    /// <c>EvidenceOfBuyer</c>, <c>EvidenceHandedIn</c>, <c>WhyMissing</c>, <c>TextTooLong</c> (limit).</summary>
    public Task<Outcome> WithdrawAsync(CurrentUser user, long itemId, string why, CancellationToken cancellation) => ChangeAsync(user, itemId, "Withdraw", (_, dispute, item) =>
    {
        if (!dispute.IsWritable) return new Reason("EvidenceHandedIn");
        if (string.IsNullOrWhiteSpace(why)) return new Reason("WhyMissing");
        if (why.Trim().Length > MaxWhy) return new Reason("TextTooLong", MaxWhy);
        if (item.WithdrawnAt is not null) return null;
        (item.WithdrawnAt, item.WithdrawnBy, item.WithdrawnWhy) = (clock.GetUtcNow().UtcDateTime, user.Id, why.Trim());
        return null;
    }, cancellation);

    /// <summary>Takes a withdrawal back. Refused: as <see cref="WithdrawAsync"/>, and <c>EvidenceDuplicate</c> (name) when the same file was added again.</summary>
    public Task<Outcome> RestoreAsync(CurrentUser user, long itemId, CancellationToken cancellation) => ChangeAsync(user, itemId, "Restore", (others, dispute, item) =>
    {
        if (!dispute.IsWritable) return new Reason("EvidenceHandedIn");
        if (others.FirstOrDefault(o => o.Sha256 == item.Sha256) is { Name: var name }) return EvidenceRefusals.Of(EvidenceRefusals.Duplicate, name);
        (item.WithdrawnAt, item.WithdrawnBy, item.WithdrawnWhy) = (null, null, null);
        return null;
    }, cancellation);

    /// <summary>Says what a piece shows. Refused: <c>NotFound</c>, <c>EvidenceReadOnly</c>, <c>EvidenceOfBuyer</c>, <c>EvidenceClosed</c>, <c>TextTooLong</c>
    /// (limit).</summary>
    public Task<Outcome> SetCaptionAsync(CurrentUser user, long itemId, string caption, CancellationToken cancellation) => ChangeAsync(user, itemId, "Caption", (_, dispute, item) =>
    {
        if (!dispute.IsOpen) return new Reason("EvidenceClosed");
        if (caption.Trim().Length > EvidenceItem.MaxCaption) return new Reason("TextTooLong", EvidenceItem.MaxCaption);
        item.Caption = caption.Trim();
        return null;
    }, cancellation);

    /// <summary>Says what for a piece is meant. Refused: as <see cref="SetCaptionAsync"/>.</summary>
    public Task<Outcome> SetRoleAsync(CurrentUser user, long itemId, EvidenceRole role, CancellationToken cancellation) => ChangeAsync(user, itemId, "Role", (_, dispute, item) =>
    {
        if (!dispute.IsOpen) return new Reason("EvidenceClosed");
        item.Role = Enum.IsDefined(role) ? role : EvidenceRole.None;
        return null;
    }, cancellation);

    /// <param name="change">Given the other pieces that count, the case and the piece.</param>
    private Task<Outcome> ChangeAsync(
        CurrentUser user, long itemId, string what, Func<IReadOnlyList<EvidenceItem>, Dispute, EvidenceItem, Reason?> change, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.EvidenceItems.SingleOrDefaultAsync(i => i.Id == itemId, cancellation) is not { } item) return Outcome.NotFound;
        if (db.RoleIn(item.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("EvidenceReadOnly");
        if (item.Side == EvidenceSide.Buyer) return Outcome.Refused("EvidenceOfBuyer");
        var dispute = await db.Disputes.AsNoTracking().SingleAsync(d => d.Id == item.DisputeId, cancellation);
        var others = await db.EvidenceItems.AsNoTracking().Where(i => i.DisputeId == item.DisputeId && i.Id != itemId && i.WithdrawnAt == null).ToListAsync(cancellation);
        if (change(others, dispute, item) is { } refusal) return Outcome.Refused(refusal.Key, refusal.Args);
        db.Audit(item.StoreId, $"evidence.{what}", dispute.Number, string.Create(CultureInfo.InvariantCulture, $"{itemId}, {item.Role}"));
        DisputeBook.Announce(db, dispute);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });
}
