namespace OzonSellerCenter.Orders.Bulk;

/// <summary>Marks the texts of deeds on many postings (OrderBulkTexts.*.resx).</summary>
public sealed class OrderBulkTexts;
