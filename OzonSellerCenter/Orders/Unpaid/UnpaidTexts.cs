namespace OzonSellerCenter.Orders.Unpaid;

/// <summary>Texts of unpaid orders.</summary>
public sealed class UnpaidTexts;
