namespace OzonSellerCenter.Views;

/// <summary>Texts of saved views.</summary>
public sealed class ViewsTexts;
