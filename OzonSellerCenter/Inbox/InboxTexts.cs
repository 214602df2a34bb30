namespace OzonSellerCenter.Inbox;

/// <summary>Texts of the inbox.</summary>
public sealed class InboxTexts;
