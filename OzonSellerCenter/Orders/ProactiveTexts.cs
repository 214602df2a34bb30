namespace OzonSellerCenter.Orders;

/// <summary>Texts of telling buyers before they ask.</summary>
public sealed class ProactiveTexts;
