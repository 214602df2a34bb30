using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>What of a case tells who had a hand in it.</summary>
public sealed record HandledCase(long Id, string? OpenedBy, string? WrittenBy, string? Owner, long? ReturnRequestId)
{
    public static HandledCase Of(Dispute dispute) => new(dispute.Id, dispute.OpenedBy, dispute.WrittenBy, dispute.Owner, dispute.ReturnRequestId);
}

/// <summary>Who had a hand in a case: opened it, looks after it, wrote, spoke for the shop, put evidence in or took it out, or decided on the return that
/// is contested. He cannot review it.</summary>
public static class CaseHands
{
    private static readonly DisputeEvent[] HandIn =
        [DisputeEvent.Open, DisputeEvent.Submit, DisputeEvent.Write, DisputeEvent.Appeal, DisputeEvent.ShowProof, DisputeEvent.Settle, DisputeEvent.Withdraw, DisputeEvent.HandOver, DisputeEvent.Escalate];

    /// <summary>Keys of the people, by case: three questions, however many cases there are.</summary>
    public static async Task<ILookup<long, string>> OfAsync(SellerCenterDb db, IReadOnlyCollection<HandledCase> cases, CancellationToken cancellation)
    {
        var ids = cases.Select(c => c.Id).ToArray();
        var hands = cases.SelectMany(c => new[] { c.OpenedBy, c.WrittenBy, c.Owner }.Select(by => (c.Id, By: by))).ToList();
        var steps = await db.DisputeSteps.Where(s => ids.Contains(s.DisputeId) && s.By != null && HandIn.Contains(s.Event)).Select(s => new { s.DisputeId, s.By }).Distinct().ToListAsync(cancellation);
        hands.AddRange(steps.Select(s => (s.DisputeId, s.By)));

        // A copy of the record is nobody's word, whoever pressed the button.
        var evidence = await db.EvidenceItems.Where(i => ids.Contains(i.DisputeId) && ((i.AddedBy != null && i.Kind == EvidenceKind.File) || i.WithdrawnBy != null))
            .Select(i => new { i.DisputeId, AddedBy = i.Kind == EvidenceKind.File ? i.AddedBy : null, i.WithdrawnBy }).Distinct().ToListAsync(cancellation);
        hands.AddRange(evidence.SelectMany(i => new[] { (i.DisputeId, i.AddedBy), (i.DisputeId, i.WithdrawnBy) }));
        var returns = cases.Where(c => c.ReturnRequestId is not null).ToLookup(c => c.ReturnRequestId!.Value, c => c.Id);
        if (returns.Count > 0)
        {
            var requests = returns.Select(r => r.Key).ToArray();
            var deeds = await db.ReturnDeeds.Where(d => requests.Contains(d.ReturnRequestId) && d.By != null).Select(d => new { d.ReturnRequestId, d.By }).Distinct().ToListAsync(cancellation);
            hands.AddRange(deeds.SelectMany(d => returns[d.ReturnRequestId].Select(id => (id, d.By))));
        }

        return hands.Where(h => h.By is not null).Distinct().ToLookup(h => h.Item1, h => h.By!);
    }
}
