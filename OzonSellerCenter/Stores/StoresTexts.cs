namespace OzonSellerCenter.Stores;

/// <summary>Marks the texts of this folder (StoresTexts.*.resx).</summary>
public sealed class StoresTexts;
