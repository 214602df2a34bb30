using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Orders;

/// <summary>Texts of orders.</summary>
public sealed class OrdersTexts;

public static class OrderWords
{
    /// <summary>Ozon's status word in the person's language; a word that is not known here as Ozon wrote it.</summary>
    public static string StatusOf(this IStringLocalizer<OrdersTexts> texts, string status) =>
        texts[$"Status_{status}"] is { ResourceNotFound: false } text ? text.Value : status;
}
