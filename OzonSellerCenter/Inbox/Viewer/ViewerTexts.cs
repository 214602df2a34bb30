namespace OzonSellerCenter.Inbox.Viewer;

/// <summary>Texts of the file viewer.</summary>
public sealed class ViewerTexts;
