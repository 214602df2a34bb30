namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>Marks the texts of deeds on many conversations (BulkTexts.*.resx).</summary>
public sealed class BulkTexts;
