using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Orders;

/// <summary>Texts of orders.</summary>
public sealed class OrdersTexts;

public static class OrderWords
{
    /// <summary>Ozon's status word in the person's language; a word that is not known here as Ozon wrote it.</summary>
    public static string StatusOf(this IStringLocalizer<OrdersTexts> texts, string status) =>
        texts[$"Status_{status}"] is { ResourceNotFound: false } text ? text.Value : status;

    /// <summary>How the goods travel, in Ozon's word, which is the same in every language; null when it is not known.</summary>
    public static string? SchemeOf(Scheme scheme) => scheme switch
    {
        Scheme.Fbo => "FBO",
        Scheme.Fbs => "FBS",
        Scheme.Rfbs => "rFBS",
        _ => null,
    };

    /// <summary>The look of a status: green when all is done, red when it came to nothing.</summary>
    public static string LookOf(string status) => PostingStatuses.Delivered.Contains(status) ? "met" : PostingStatuses.Cancelled.Contains(status) ? "over" : "";
}
