namespace OzonSellerCenter.Accounts;

/// <summary>Marks the texts of this folder (AccountsTexts.*.resx).</summary>
public sealed class AccountsTexts;
