namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Texts of refunds and their review.</summary>
public sealed class RefundTexts;
