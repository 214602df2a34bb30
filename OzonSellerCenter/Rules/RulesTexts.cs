namespace OzonSellerCenter.Rules;

/// <summary>Marks the texts of this folder (RulesTexts.*.resx).</summary>
public sealed class RulesTexts;
