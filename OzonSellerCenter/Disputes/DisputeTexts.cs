namespace OzonSellerCenter.Disputes;

/// <summary>Texts of cases.</summary>
public sealed class DisputeTexts;
