namespace OzonSellerCenter.Insights;

/// <summary>Texts of the figures.</summary>
public sealed class InsightTexts;
