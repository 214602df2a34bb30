namespace OzonSellerCenter.Shell;

/// <summary>Marks the texts of this folder (ShellTexts.*.resx).</summary>
public sealed class ShellTexts;
