using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>A case that came out, and is like the one that is looked at.</summary>
/// <param name="IsSameProduct">Of the same SKU; else of the same category.</param>
/// <param name="Awarded">Minor units.</param>
/// <param name="Days">From the opening to the end, whole days.</param>
public sealed record Precedent(long Id, bool IsSameProduct, string ProductName, DisputeOutcome Outcome, long Awarded, long ClaimAmount, string Currency, DateTime EndedAt, int Days)
{
    /// <summary>What was awarded of what was claimed; null when nothing was claimed.</summary>
    public double? Share => ClaimAmount > 0 ? (double)Awarded / ClaimAmount : null;
}

/// <summary>How similar cases ended.</summary>
/// <param name="Newest">Those of the same product first, the newest first.</param>
/// <param name="Counts">By outcome, most first, of all that were found.</param>
public sealed record Precedents(IReadOnlyList<Precedent> Newest, IReadOnlyList<OutcomeCount> Counts)
{
    public const int MaxShown = 10;

    /// <summary>Cases of one product, and of one category, that are looked through, the newest.</summary>
    public const int MaxCounted = 200;

    private static readonly DisputeOutcome[] Telling = [DisputeOutcome.Seller, DisputeOutcome.Buyer, DisputeOutcome.Split, DisputeOutcome.Withdrawn, DisputeOutcome.Settled];

    /// <summary>Reads the cases of the same kind and topic in the stores in sight of the context.</summary>
    public static async Task<Precedents> OfAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        var alike = db.Disputes.Where(d => d.Id != dispute.Id && d.Kind == dispute.Kind && d.Topic == dispute.Topic && Telling.Contains(d.Outcome)
            && (d.State == DisputeState.Decided || d.State == DisputeState.Closed));
        var found = dispute.Sku == 0 ? [] : await ReadAsync(alike.Where(d => d.Sku == dispute.Sku), true, cancellation);
        var category = await db.ProductFacts.Where(f => f.StoreId == dispute.StoreId && f.Sku == dispute.Sku && f.Category != null).Select(f => f.Category).FirstOrDefaultAsync(cancellation);
        if (category is not null)
        {
            var products = db.ProductFacts.Where(f => f.Category == category && f.Sku != dispute.Sku).Select(f => f.Sku);
            found.AddRange(await ReadAsync(alike.Where(d => products.Contains(d.Sku)), false, cancellation));
        }

        return new Precedents([.. found.Take(MaxShown)], OutcomeCount.Of(found.Select(p => p.Outcome)));
    }

    private static async Task<List<Precedent>> ReadAsync(IQueryable<Dispute> cases, bool isSameProduct, CancellationToken cancellation)
    {
        var rows = await cases.OrderByDescending(d => d.OpenedAt).ThenByDescending(d => d.Id).Take(MaxCounted)
            .Select(d => new { d.Id, d.ProductName, d.Outcome, d.Awarded, d.ClaimAmount, d.Currency, d.OpenedAt, EndedAt = d.DecidedAt ?? d.ClosedAt ?? d.StateSince }).ToListAsync(cancellation);
        return
        [
            .. rows.OrderByDescending(r => r.EndedAt).ThenByDescending(r => r.Id)
                .Select(r => new Precedent(r.Id, isSameProduct, r.ProductName, r.Outcome, r.Awarded, r.ClaimAmount, r.Currency, r.EndedAt, (int)Math.Max(0, (r.EndedAt - r.OpenedAt).TotalDays))),
        ];
    }
}

/// <summary>How many cases came out so.</summary>
/// <param name="Outcome"><see cref="DisputeOutcome.None"/>: not yet.</param>
public sealed record OutcomeCount(DisputeOutcome Outcome, int Count)
{
    public static IReadOnlyList<OutcomeCount> Of(IEnumerable<DisputeOutcome> outcomes) =>
        [.. outcomes.GroupBy(o => o).Select(g => new OutcomeCount(g.Key, g.Count())).OrderByDescending(c => c.Count).ThenBy(c => c.Outcome)];
}
