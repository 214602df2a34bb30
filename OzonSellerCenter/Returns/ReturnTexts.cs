namespace OzonSellerCenter.Returns;

/// <summary>Texts of buyers' requests to return.</summary>
public sealed class ReturnTexts;
