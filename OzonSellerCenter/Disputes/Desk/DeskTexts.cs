namespace OzonSellerCenter.Disputes.Desk;

/// <summary>Texts of the support desk's cases.</summary>
public sealed class DeskTexts;
