namespace OzonSellerCenter.Ozon;

/// <summary>Who a chat is with.</summary>
public enum ChatKind
{
    Unknown,

    /// <summary>A buyer: BUYER_SELLER, BUYER_SELLER_SELECT.</summary>
    Buyer,

    /// <summary>People at Ozon: support, personal manager, business development.</summary>
    Support,

    /// <summary>Ozon's own notices; nobody waits for an answer.</summary>
    Notice,
}

/// <summary>Who wrote a message.</summary>
public enum AuthorKind
{
    Unknown,
    Buyer,
    Seller,
    Support,
    Courier,

    /// <summary>Ozon's machinery: Crm, NotificationUser, ChatBot.</summary>
    System,
}

public static class ChatKinds
{
    /// <summary>Folds the upper-case form of the API and the mixed-case form of pushes; an unheard-of type is <see cref="ChatKind.Unknown"/>.</summary>
    public static ChatKind Of(string? chatType) => OzonNames.Fold(chatType) switch
    {
        "buyerseller" or "buyersellerselect" => ChatKind.Buyer,
        "sellersupport" or "sellerpersonalmanagerunitycrm" or "sellerbusinessdevelopmentgroup" => ChatKind.Support,
        "sellerapiupdates" or "sellerapinotifications" => ChatKind.Notice,
        var other when other.StartsWith("sellernotification", StringComparison.Ordinal) => ChatKind.Notice,
        _ => ChatKind.Unknown,
    };

    /// <summary>Only CLOSED closes: an unheard-of status must not keep the shop from answering.</summary>
    public static bool IsClosed(string? chatStatus) => OzonNames.Fold(chatStatus) == "closed";
}

public static class AuthorKinds
{
    /// <summary>Folds case, underscores and the Cyrillic С with which Ozon spells "Сustomer".</summary>
    public static AuthorKind Of(string? userType) => OzonNames.Fold(userType) switch
    {
        "customer" => AuthorKind.Buyer,
        "seller" => AuthorKind.Seller,
        "support" => AuthorKind.Support,
        "courier" => AuthorKind.Courier,
        "crm" or "notificationuser" or "chatbot" => AuthorKind.System,
        _ => AuthorKind.Unknown,
    };
}

internal static class OzonNames
{
    /// <summary>One spelling for the names Ozon writes in several: lower case, no underscores, Latin c for Cyrillic с.</summary>
    public static string Fold(string? name) =>
        (name ?? "").Trim().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant().Replace('\u0441', 'c');
}
