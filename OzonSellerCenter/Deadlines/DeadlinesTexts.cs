namespace OzonSellerCenter.Deadlines;

/// <summary>Marks the texts of this folder (DeadlinesTexts.*.resx).</summary>
public sealed class DeadlinesTexts;
