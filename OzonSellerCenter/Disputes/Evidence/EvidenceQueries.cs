using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>A piece of evidence with the names of people.</summary>
/// <param name="AddedBy">Null when the program copied it.</param>
public sealed record EvidenceLine(EvidenceItem Item, string? AddedBy, string? WithdrawnBy)
{
    public EvidenceType? Type => EvidenceType.Of(Item.ContentType);

    public bool IsWithdrawn => Item.WithdrawnAt is not null;
}

/// <summary>The evidence of a case.</summary>
/// <param name="Lines">Those that count first, each in the order in which they came.</param>
/// <param name="Files">Uploaded files, withdrawn ones among them.</param>
/// <param name="Bytes">Of those.</param>
/// <param name="MayChange">The person may add, caption and withdraw, as far as the case allows.</param>
public sealed record EvidenceList(IReadOnlyList<EvidenceLine> Lines, int Files, long Bytes, bool MayChange)
{
    public static readonly EvidenceList Empty = new([], 0, 0, MayChange: false);

    /// <summary>How many count.</summary>
    public int Stored => Lines.Count(l => !l.IsWithdrawn);
}

/// <summary>Reads the evidence of cases.</summary>
public sealed class EvidenceQueries(Databases databases)
{
    /// <summary>All of a case; nothing for a case that is not in sight.</summary>
    public async Task<EvidenceList> ListAsync(CurrentUser user, long disputeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var items = await db.EvidenceItems.AsNoTracking().Where(i => i.DisputeId == disputeId).OrderBy(i => i.Id).ToListAsync(cancellation);
        if (items.Count == 0) return EvidenceList.Empty with { MayChange = await MayChangeAsync(db, disputeId, cancellation) };
        var keys = items.SelectMany(i => new[] { i.AddedBy, i.WithdrawnBy }).OfType<string>().Distinct().ToList();
        var names = await db.Users.Where(u => keys.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var files = items.Where(i => i.Kind == EvidenceKind.File).ToList();
        return new EvidenceList(
            [.. items.OrderBy(i => i.WithdrawnAt is not null).Select(i => new EvidenceLine(i, NameOf(i.AddedBy), NameOf(i.WithdrawnBy)))],
            files.Count,
            files.Sum(f => f.Size),
            db.RoleIn(items[0].StoreId) is StoreRole.Owner or StoreRole.Agent);

        string? NameOf(string? key) => key is null ? null : names.GetValueOrDefault(key, key);
    }

    private static async Task<bool> MayChangeAsync(SellerCenterDb db, long disputeId, CancellationToken cancellation) =>
        await db.Disputes.Where(d => d.Id == disputeId).Select(d => (int?)d.StoreId).SingleOrDefaultAsync(cancellation) is { } store
        && db.RoleIn(store) is StoreRole.Owner or StoreRole.Agent;
}
