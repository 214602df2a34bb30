namespace OzonSellerCenter.Orders.Labels;

/// <summary>Marks the texts of labels (LabelTexts.*.resx).</summary>
public sealed class LabelTexts;
