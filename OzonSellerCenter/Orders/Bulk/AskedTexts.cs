namespace OzonSellerCenter.Orders.Bulk;

/// <summary>Marks the texts of what was asked of many postings (AskedTexts.*.resx).</summary>
public sealed class AskedTexts;
