using OzonSellerCenter.Disputes.Evidence;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>A fact that speaks for or against the shop. Its text is <c>Fact_…</c>; there is no score, for nobody could say what it measures.</summary>
/// <param name="Args">Numbers of the text.</param>
public sealed record CaseFact(string Key, bool SpeaksForUs, params object[] Args);

/// <summary>What the record and the evidence say about a case.</summary>
public static class CaseStrength
{
    /// <summary>A complaint that comes later after delivery than this speaks against a fault that was there from the beginning.</summary>
    private const int LateDays = 3;

    /// <summary>The facts, those for the shop first.</summary>
    /// <param name="earlier">Other cases of the same buyer.</param>
    public static IReadOnlyList<CaseFact> Of(Dispute dispute, CaseRecord record, IEnumerable<EvidenceItem> items, IReadOnlyCollection<EarlierCase> earlier, DateTime now)
    {
        var there = DisputeChecklist.Of(dispute, items).Where(line => line.IsThere).Select(line => line.Key).ToHashSet();
        var facts = Delivery(dispute, record, now).Concat(Evidence(dispute, record, there)).Concat(Earlier(earlier)).Concat(Talk(dispute, record, now));
        return [.. facts.OrderByDescending(fact => fact.SpeaksForUs)];
    }

    private static IEnumerable<CaseFact> Delivery(Dispute dispute, CaseRecord record, DateTime now)
    {
        if (dispute.Kind is DisputeKind.Carrier) yield break;
        if (record.DeliveredAt is { } delivered)
        {
            var days = (int)(dispute.OpenedAt - delivered).TotalDays;
            if (dispute.OpenedAt > delivered && (dispute.Topic == DisputeTopic.Delivery || days >= LateDays)) yield return new("DeliveredBefore", true, days);
            if (dispute.Topic == DisputeTopic.Delivery && record.DeliverBy is { } by) yield return delivered <= by ? new("DeliveredInTime", true) : new("DeliveredLate", false, Math.Max(1, (int)Math.Ceiling((delivered - by).TotalDays)));
        }
        else if (dispute.Topic == DisputeTopic.Delivery)
        {
            yield return record.DeliverBy is { } promised && promised < now ? new("Overdue", false, Math.Max(1, (int)(now - promised).TotalDays)) : new("NotDelivered", false);
        }
    }

    private static IEnumerable<CaseFact> Evidence(Dispute dispute, CaseRecord record, HashSet<string> there)
    {
        var wanted = DisputeChecklist.Wanted(dispute);
        if (dispute.Topic is DisputeTopic.Quality or DisputeTopic.NotAsDescribed && dispute.Kind is DisputeKind.Complaint or DisputeKind.ReturnContested)
            yield return there.Contains(DisputeChecklist.BuyerPhoto) || record.BuyerPhotos > 0 ? new("BuyerPhoto", false) : new("NoBuyerPhoto", true);
        if (dispute.Kind == DisputeKind.Withholding || dispute.Topic == DisputeTopic.Quality) yield return new(there.Contains(DisputeChecklist.PackingVideo) ? "PackingVideo" : "NoPackingVideo", there.Contains(DisputeChecklist.PackingVideo));
        if (wanted[0] is DisputeChecklist.Tracking && there.Contains(DisputeChecklist.ProofOfDelivery)) yield return new("ProofOfDelivery", true);
        if (dispute.Kind == DisputeKind.Carrier) yield return new(there.Contains(DisputeChecklist.ProofOfHandOver) ? "ProofOfHandOver" : "NoProofOfHandOver", there.Contains(DisputeChecklist.ProofOfHandOver));
        if (dispute.Topic == DisputeTopic.NotAsDescribed) yield return new(there.Contains(DisputeChecklist.ListingText) ? "Listing" : "NoListing", there.Contains(DisputeChecklist.ListingText));
        if (dispute.Topic == DisputeTopic.Price) yield return new(there.Contains(DisputeChecklist.PriceProof) ? "PriceProof" : "NoPriceProof", there.Contains(DisputeChecklist.PriceProof));
    }

    private static IEnumerable<CaseFact> Earlier(IReadOnlyCollection<EarlierCase> earlier)
    {
        var ended = earlier.Where(c => c.Outcome != DisputeOutcome.None).ToList();
        if (ended.Count == 0) yield break;
        var ours = ended.Count(c => c.EndedForUs);
        if (ours == ended.Count) yield return new("EarlierOurs", true, ours);
        else if (ours == 0) yield return new("EarlierTheirs", false, ended.Count);
        else yield return new("EarlierMixed", ours * 2 > ended.Count, ended.Count, ours);
    }

    private static IEnumerable<CaseFact> Talk(Dispute dispute, CaseRecord record, DateTime now)
    {
        if (dispute.Kind is not (DisputeKind.Complaint or DisputeKind.ReturnContested) || record.BuyerWroteAt is not { } wrote) yield break;
        if (record.AnsweredAt is { } answered) yield return new("Answered", true, Math.Max(1, (int)Math.Ceiling(Math.Max(0, (answered - wrote).TotalHours))));
        else if (wrote < now) yield return new("NotAnswered", false);
    }
}
