using System.Globalization;
using System.Text.RegularExpressions;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>A text with the facts of an order put in.</summary>
/// <param name="Missing">Placeholders whose fact is not known of this order; such a text is not sent.</param>
public sealed record FilledTemplate(string Text, IReadOnlyList<string> Missing);

/// <summary>The words in which an event is told to the buyer, in Russian, with placeholders for the facts of the order.</summary>
public static partial class ProactiveTemplate
{
    /// <summary>Ozon's limit of a message, in characters (<c>/v1/chat/send/message</c>).</summary>
    public const int MaxText = 1000;

    /// <summary>What may stand in braces.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["buyer", "order", "posting", "tracking", "carrier", "date", "shop"];

    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    /// <summary>The words to begin with.</summary>
    public static string UsualOf(ProactiveEvent what) => what switch
    {
        ProactiveEvent.Shipped =>
            "Здравствуйте, {buyer}! Ваш заказ {order} передан в доставку, трек-номер: {tracking}. Если появятся вопросы, напишите нам в этот чат.",
        ProactiveEvent.OutForDelivery =>
            "Здравствуйте, {buyer}! Заказ {order} почти у вас: он уже у курьера или в пункте выдачи. Пожалуйста, проверьте товар при получении.",
        ProactiveEvent.Delivered =>
            "Здравствуйте, {buyer}! Спасибо за покупку в магазине «{shop}». Заказ {order} доставлен. Если с товаром что-то не так, напишите нам в этот чат "
            + "и приложите фото: мы поможем. Вернуть товар можно в разделе заказа в личном кабинете Ozon.",
        ProactiveEvent.Delayed =>
            "Здравствуйте, {buyer}! Заказ {order} едет дольше, чем мы рассчитывали. Приносим извинения: мы следим за доставкой и напишем, когда он будет рядом.",
        ProactiveEvent.ItemsTakenOut =>
            "Здравствуйте, {buyer}! К сожалению, часть товаров из заказа {order} закончилась, и мы не сможем их отправить. Остальное отправим как обычно, "
            + "деньги за недостающее вернёт Ozon.",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>What is wrong with a template: <c>TemplateEmpty</c>, <c>PlaceholderUnknown</c> (which, those there are), <c>TemplateTooLong</c> (how long
    /// it becomes with the facts of an ordinary order, limit). Null when nothing is.</summary>
    public static Reason? WhatIsWrong(string template)
    {
        if (string.IsNullOrWhiteSpace(template)) return new Reason("TemplateEmpty");
        var unknown = Named(template).Except(Placeholders).ToList();
        if (unknown.Count > 0) return new Reason("PlaceholderUnknown", InBraces(unknown), InBraces(Placeholders));
        var length = LengthOf(Put(template, name => Example[name]));
        return length > MaxText ? new Reason("TemplateTooLong", length, MaxText) : null;
    }

    /// <summary>The text for a posting.</summary>
    /// <param name="shop">The shop's name and clock.</param>
    public static FilledTemplate Fill(string template, Posting posting, string shop, ShopTime time)
    {
        var delivered = posting.DeliveredAt ?? posting.DeliverBy;
        var facts = new Dictionary<string, string?>
        {
            // Ozon does not always tell a name, and nobody is greeted with an empty one.
            ["buyer"] = posting.BuyerName ?? "уважаемый покупатель",
            ["order"] = posting.OrderNumber,
            ["posting"] = posting.PostingNumber,
            ["tracking"] = posting.TrackingNumber,
            ["carrier"] = posting.Carrier,
            ["date"] = delivered is { } at ? time.Local(at).ToString("d MMMM", Russian) : null,
            ["shop"] = shop,
        };
        return new FilledTemplate(
            Put(template, name => facts.GetValueOrDefault(name) ?? "").Trim(), [.. Named(template).Where(name => string.IsNullOrWhiteSpace(facts.GetValueOrDefault(name)))]);
    }

    /// <summary>Characters as a person and Ozon count them: a pair of surrogates is one.</summary>
    public static int LengthOf(string text) => text.EnumerateRunes().Count();

    /// <summary>Names as they are written in a template.</summary>
    public static string InBraces(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{{{name}}}"));

    private static readonly Dictionary<string, string> Example = new()
    {
        ["buyer"] = "Александра Константинова",
        ["order"] = "0208245774-0029",
        ["posting"] = "0208245774-0029-1",
        ["tracking"] = "RB123456785CN",
        ["carrier"] = "Служба доставки",
        ["date"] = "24 сентября",
        ["shop"] = "Название магазина",
    };

    private static IEnumerable<string> Named(string template) => Placeholder().Matches(template).Select(m => m.Groups[1].Value).Distinct();

    private static string Put(string template, Func<string, string> fact) => Placeholder().Replace(template, m => fact(m.Groups[1].Value));

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
