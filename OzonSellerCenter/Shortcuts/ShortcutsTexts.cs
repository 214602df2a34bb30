namespace OzonSellerCenter.Shortcuts;

/// <summary>Texts of keys and what they do.</summary>
public sealed class ShortcutsTexts;
