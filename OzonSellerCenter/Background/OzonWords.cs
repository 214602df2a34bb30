using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Ozon's words in ours; unknown ones are tolerated.</summary>
internal static class OzonWords
{
    /// <summary>A message as it is told for the first time.</summary>
    public static Message NewMessage(Conversation conversation, ToldMessage told, MessageAuthor author) => new()
    {
        StoreId = conversation.StoreId,
        ConversationId = conversation.Id,
        OzonMessageId = told.Message.MessageId,
        Author = author,
        OzonAuthorType = Cut(told.Message.User.Type, 64),
        SentAt = told.Message.CreatedAt,
        Text = TextOf(OzonMessageContent.Parse(told.Message.Data)),
        EditedAt = told.EditedAt,
        State = author == MessageAuthor.Seller ? MessageState.Sent : MessageState.Received,
    };

    /// <summary>A kind not heard of before is shown among people rather than among notices: somebody may wait for an answer.</summary>
    public static ConversationKind KindOf(string chatType) => ChatKinds.Of(chatType) switch
    {
        ChatKind.Buyer => ConversationKind.Buyer,
        ChatKind.Notice => ConversationKind.Notice,
        _ => ConversationKind.Support,
    };

    public static MessageAuthor AuthorOf(string userType) => AuthorKinds.Of(userType) switch
    {
        AuthorKind.Buyer => MessageAuthor.Buyer,
        AuthorKind.Seller => MessageAuthor.Seller,
        AuthorKind.Support => MessageAuthor.Support,
        AuthorKind.Courier => MessageAuthor.Courier,
        _ => MessageAuthor.System,
    };

    public static Moderation? ModerationOf(string? status) => status?.ToUpperInvariant() switch
    {
        "MODERATION" => Moderation.Pending,
        "SUCCESS" => Moderation.Passed,
        "FAILED" => Moderation.Failed,
        _ => null,
    };

    /// <summary>PostgreSQL takes no zero characters.</summary>
    public static string TextOf(OzonMessageContent content) => content.Text.Replace("\0", "", StringComparison.Ordinal);

    public static string Cut(string text, int length) =>
        (text.Length <= length ? text : text[..length]).Replace("\0", "", StringComparison.Ordinal);
}
