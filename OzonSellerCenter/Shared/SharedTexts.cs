namespace OzonSellerCenter.Shared;

/// <summary>Marks the texts of this folder (SharedTexts.*.resx).</summary>
public sealed class SharedTexts;
