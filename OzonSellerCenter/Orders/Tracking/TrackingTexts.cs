namespace OzonSellerCenter.Orders.Tracking;

/// <summary>Marks the texts of tracking lists (TrackingTexts.*.resx).</summary>
public sealed class TrackingTexts;
