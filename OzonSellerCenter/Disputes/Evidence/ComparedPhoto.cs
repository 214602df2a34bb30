namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>A picture to be held beside another.</summary>
/// <param name="Label">What people call it.</param>
public sealed record ComparedPhoto(string Url, string Label);
