using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>What colleagues tell each other beside a conversation. It is no message: nothing that sends, syncs or exports messages ever reads it.
/// Written once and never changed.</summary>
public sealed class Note : IOwnedByStore
{
    /// <summary>Characters at most.</summary>
    public const int MaxText = 4000;

    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ConversationId { get; init; }

    /// <summary>Made with the first letter; the same key is taken once.</summary>
    public Guid Key { get; init; }

    public required string AuthorId { get; init; }
    public required string Text { get; init; }
    public DateTime At { get; init; }

    /// <summary>Names in it that mean somebody, as they are written there behind an @.</summary>
    public List<string> Mentioned { get; init; } = [];
}
