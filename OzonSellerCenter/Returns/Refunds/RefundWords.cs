using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Refunds in words.</summary>
public static class RefundWords
{
    /// <summary>The look of a state: green when the money is there, red when it came to nothing, yellow when somebody has to act.</summary>
    public static string LookOf(RefundState state) => state switch
    {
        RefundState.Paid => "met",
        RefundState.Refused or RefundState.Failed => "over",
        RefundState.MoreWanted or RefundState.Unclear => "soon",
        RefundState.Withdrawn => "line",
        RefundState.Draft => "",
        _ => "accent",
    };

    /// <summary>By what the money goes: Ozon's own name of a request's action, else ours.</summary>
    public static string WayOf(this IStringLocalizer<RefundTexts> texts, RefundWay way, OfferedAction? action) => action?.Name ?? texts[$"Way_{way}"].Value;

    /// <summary>Why a refund failed: part of a key of the texts. Causes for which the same can be done have the same words.</summary>
    public static string CauseOf(string? failure) => failure switch
    {
        "WrongKey" or "BadClientId" or "MissingHeaders" or "MissingRole" or "OfferNotSigned" or "KeyDeactivated" or "KeyIpBound" => "Key",
        "RateLimited" or "CircuitOpen" or "Unreachable" or "ServerError" => "Busy",
        "Unclear" or "GarbageAnswer" or "NotVerified" => "NotVerified",
        "NotDelivered" or "OvertakenAtOzon" or "BuyerDeclined" or "BuyerWithdrew" or "SettledByHand" or "SubscriptionRequired" or "MethodGone" => failure,
        _ => "Refused",
    };
}
