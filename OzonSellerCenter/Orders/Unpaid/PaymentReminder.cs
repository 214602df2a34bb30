using System.Globalization;
using System.Text.RegularExpressions;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Unpaid;

/// <summary>The words in which a shop reminds a buyer to pay, in Russian, with placeholders for the facts of the order.</summary>
public static partial class PaymentReminder
{
    /// <summary>Longest reminder, in characters.</summary>
    public const int MaxText = 1000;

    /// <summary>The words to begin with.</summary>
    public const string Usual =
        "Здравствуйте, {buyer}! Ваш заказ {order} на сумму {sum} ждёт оплаты до {until}, потом он отменится сам. Оплатить его можно в разделе «Заказы». "
        + "Если вы передумали, ничего делать не нужно.";

    /// <summary>What may stand in braces.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["buyer", "order", "sum", "until"];

    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    /// <summary>What is wrong with a template: <c>TemplateEmpty</c>, <c>PlaceholderUnknown</c> (which, those there are), <c>TemplateTooLong</c> (limit).
    /// Null when nothing is.</summary>
    public static Reason? WhatIsWrong(string template)
    {
        if (string.IsNullOrWhiteSpace(template)) return new Reason("TemplateEmpty");
        var unknown = Placeholder().Matches(template).Select(m => m.Groups[1].Value).Except(Placeholders).ToList();
        if (unknown.Count > 0) return new Reason("PlaceholderUnknown", InBraces(unknown), InBraces(Placeholders));
        return LengthOf(template) > MaxText ? new Reason("TemplateTooLong", MaxText) : null;
    }

    /// <summary>The reminder of an order.</summary>
    /// <param name="time">The shop's clock.</param>
    public static string Fill(string template, UnpaidOrder order, ShopTime time) => Placeholder().Replace(template, match => match.Groups[1].Value switch
    {
        // A name is not always told, and nobody is greeted with an empty one.
        "buyer" => order.BuyerName.Length > 0 ? order.BuyerName : "уважаемый покупатель",
        "order" => order.OrderNumber,
        "sum" => new Money(order.Total, order.Currency).Show(Russian),
        "until" => time.Local(order.ExpiresAt).ToString("d MMMM, HH:mm", Russian),
        _ => match.Value,
    }).Trim();

    /// <summary>Characters as a person counts them: a pair of surrogates is one.</summary>
    public static int LengthOf(string text) => text.EnumerateRunes().Count();

    /// <summary>Names as they are written in a template.</summary>
    public static string InBraces(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{{{name}}}"));

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
