using OzonSellerCenter.Disputes.Evidence;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>A piece of evidence that counts in a case. Texts: <c>Check_…</c>, why it counts <c>Check_…_Why</c>, where it comes from <c>Check_…_Do</c>.</summary>
/// <param name="Ids">The pieces that are it; none when it is missing.</param>
public sealed record CheckLine(string Key, IReadOnlyList<long> Ids)
{
    public bool IsThere => Ids.Count > 0;
}

/// <summary>Which evidence a case of a kind and topic needs, and what of it is there; the weightiest first.</summary>
public static class DisputeChecklist
{
    public const string PackingVideo = "PackingVideo";
    public const string ListingText = "ListingText";
    public const string ListingPhoto = "ListingPhoto";
    public const string BuyerPhoto = "BuyerPhoto";
    public const string DefectPhoto = "DefectPhoto";
    public const string Certificate = "Certificate";
    public const string Tracking = "Tracking";
    public const string ProofOfDelivery = "ProofOfDelivery";
    public const string ProofOfHandOver = "ProofOfHandOver";
    public const string PriceProof = "PriceProof";
    public const string Transcript = "Transcript";
    public const string OrderRecord = "OrderRecord";

    /// <summary>The list of a case. What was withdrawn is not there.</summary>
    public static IReadOnlyList<CheckLine> Of(Dispute dispute, IEnumerable<EvidenceItem> items)
    {
        var held = items.Where(i => i.WithdrawnAt is null).ToList();
        return [.. Wanted(dispute).Select(key => new CheckLine(key, [.. held.Where(i => Is(key, i)).Select(i => i.Id)]))];
    }

    /// <summary>What is wanted, the weightiest first.</summary>
    public static IReadOnlyList<string> Wanted(Dispute dispute)
    {
        string[] byTopic = dispute.Topic switch
        {
            DisputeTopic.NotAsDescribed => [ListingText, ListingPhoto, PackingVideo, BuyerPhoto, Certificate, Transcript],
            DisputeTopic.Quality => [PackingVideo, BuyerPhoto, DefectPhoto, Certificate, ListingText, Transcript],
            DisputeTopic.Delivery => [Tracking, ProofOfDelivery, ProofOfHandOver, PackingVideo, OrderRecord, Transcript],
            DisputeTopic.Price => [PriceProof, OrderRecord, ListingText, Transcript],
            _ => [OrderRecord, Transcript, PackingVideo],
        };
        return dispute.Kind switch
        {
            DisputeKind.Carrier => [ProofOfHandOver, Tracking, PackingVideo, OrderRecord],

            // The packing video is what Ozon asks for first when money was kept (ozon/rules.md §3 B), whatever the reason.
            DisputeKind.Withholding => [.. byTopic.Except([BuyerPhoto]).Prepend(PackingVideo).Append(OrderRecord).Append(ProofOfHandOver).Distinct()],

            // Ozon looks at photos and at the chat (ozon/rules.md §3 A).
            DisputeKind.ReturnContested => [.. byTopic.Append(DefectPhoto).Append(OrderRecord).Distinct()],
            _ => [.. byTopic.Append(OrderRecord).Distinct()],
        };
    }

    private static bool Is(string key, EvidenceItem item) => key switch
    {
        PackingVideo => item.Role == EvidenceRole.PackingVideo,
        ListingText => item.Kind == EvidenceKind.ListingText,
        ListingPhoto => item.Kind == EvidenceKind.ListingPhoto,
        BuyerPhoto => item.Kind == EvidenceKind.BuyerPhoto || (item.Side == EvidenceSide.Buyer && item.ContentType.StartsWith("image/", StringComparison.Ordinal)),

        // What the shop saw when it looked at the goods.
        DefectPhoto => item.Kind == EvidenceKind.InspectionPhoto || (item.Side == EvidenceSide.Seller && item.Role == EvidenceRole.DefectPhoto),
        Certificate => item.Role == EvidenceRole.Certificate,
        Tracking => item.Kind == EvidenceKind.Tracking,
        ProofOfDelivery => item.Role == EvidenceRole.ProofOfDelivery,
        ProofOfHandOver => item.Role == EvidenceRole.ProofOfHandOver,
        PriceProof => item.Role == EvidenceRole.PriceProof,
        Transcript => item.Kind == EvidenceKind.Transcript,
        OrderRecord => item.Kind == EvidenceKind.OrderRecord,
        _ => false,
    };
}
