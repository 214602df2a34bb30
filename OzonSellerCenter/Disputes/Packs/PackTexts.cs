namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Texts of evidence packs.</summary>
public sealed class PackTexts;
