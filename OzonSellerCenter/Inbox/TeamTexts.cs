namespace OzonSellerCenter.Inbox;

/// <summary>Marks the texts of team work in the inbox (TeamTexts.*.resx).</summary>
public sealed class TeamTexts;
