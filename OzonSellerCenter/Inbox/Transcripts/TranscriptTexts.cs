namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>Texts of the PDF transcript.</summary>
public sealed class TranscriptTexts;
