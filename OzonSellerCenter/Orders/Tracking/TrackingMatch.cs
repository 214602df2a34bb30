using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Tracking;

/// <summary>Finds the postings of a tracking list with the eyes of a person, and has the numbers set that can be.</summary>
public sealed class TrackingMatch(Databases databases, ShippingActions shipping)
{
    /// <summary>Numbers of a question to the database; a list takes a handful of them.</summary>
    private const int ChunkSize = 1_000;

    /// <summary>Decides what is <see cref="TrackingVerdict.Open"/>; all else stays.</summary>
    public async Task<IReadOnlyList<TrackingLine>> MatchAsync(CurrentUser user, IReadOnlyList<TrackingLine> lines, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.StoresInSight;
        var known = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var numbers in lines.Where(l => l.Verdict == TrackingVerdict.Open).Select(l => l.PostingNumber).Where(IsPlain).Chunk(ChunkSize))
        {
            var found = await db.Postings.Where(p => stores.Contains(p.StoreId) && numbers.Contains(p.PostingNumber)).OrderBy(p => p.StoreId)
                .Select(p => new Found(p.StoreId, p.PostingNumber, p.TrackingNumber, p.Status, p.AvailableActions)).ToListAsync(cancellation);

            // A number that two stores know is the first one's, as for ShippingActions.
            foreach (var posting in found) known.TryAdd(posting.PostingNumber, posting);
        }

        return [.. lines.Select(l => l.Verdict == TrackingVerdict.Open ? Judge(db, l, known.GetValueOrDefault(l.PostingNumber)) : l)];
    }

    /// <summary>Has one number set. Refused as <see cref="ShippingActions.AskAsync"/>.</summary>
    /// <param name="user">Who wants it.</param>
    /// <param name="preview">Made when the preview was shown: the same line of it is taken once.</param>
    /// <param name="line">A line that is <see cref="TrackingVerdict.Matched"/>.</param>
    public async Task<BulkRow> SetAsync(CurrentUser user, Guid preview, TrackingLine line) => new(
        line.Line,
        (await shipping.AskAsync(user, line.PostingNumber, new TrackingWish(line.Number), DerivedKey.Of(preview, line.Line), CancellationToken.None)).Refusal);

    /// <summary>Ozon's numbers are digits, letters and hyphens; nothing else is looked for.</summary>
    private static bool IsPlain(string number) => number.Length <= 40 && number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static TrackingLine Judge(SellerCenterDb db, TrackingLine line, Found? posting)
    {
        if (posting is null) return line with { Verdict = TrackingVerdict.Unknown };
        var verdict = db.RoleIn(posting.StoreId) is not (StoreRole.Owner or StoreRole.Agent) ? TrackingVerdict.ReadsOnly
            : posting.TrackingNumber?.Trim() == line.Number ? TrackingVerdict.Unchanged
            : WishCheck.Allows(posting.AvailableActions, new TrackingWish(line.Number)) ? TrackingVerdict.Matched
            : TrackingVerdict.NotAllowed;
        return line with { Verdict = verdict, Status = posting.Status };
    }

    private sealed record Found(int StoreId, string PostingNumber, string? TrackingNumber, string Status, string AvailableActions);
}
