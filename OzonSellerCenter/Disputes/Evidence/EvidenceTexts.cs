namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>Texts of evidence.</summary>
public sealed class EvidenceTexts;
