using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Telling;

/// <summary>The facts a text to a buyer is made of.</summary>
/// <param name="Money">What he gets; null where no money is meant.</param>
/// <param name="Until">Expected day of the money, in the shop's zone; null when not known.</param>
/// <param name="Words">The shop's reason, in its own words.</param>
public sealed record BuyerFacts(string Number, string Product = "", Money? Money = null, DateTime? Until = null, string Words = "");

/// <summary>What a buyer is told, in Russian: what became of it, what happens next, and where to ask.</summary>
public static class BuyerTemplates
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    /// <summary>The words to begin with; the person who acts may change them.</summary>
    public static string Of(BuyerStep step, BuyerFacts facts)
    {
        var product = facts.Product.Length > 0 ? $" «{facts.Product}»" : "";
        var sum = facts.Money?.Show(Russian) ?? "";
        var reason = facts.Words.Trim().TrimEnd('.') is { Length: > 0 } words ? $" Причина: {words}." : "";
        var text = step switch
        {
            BuyerStep.TakeBack => $"Здравствуйте! Мы согласовали возврат товара{product} по заявке {facts.Number}. Пожалуйста, отправьте товар в течение 4 дней: порядок указан в заявке на сайте Ozon. "
                + "Когда товар придёт, мы его проверим и сообщим решение. Сохраните чек об отправке.",
            BuyerStep.Offer => $"Здравствуйте! По заявке {facts.Number} предлагаем компенсацию {sum}, а товар{product} остаётся у вас. Принять или отклонить предложение можно в заявке на сайте Ozon. "
                + "Если предложение не подходит, напишите нам, пожалуйста, что вас устроит.",
            BuyerStep.Rejected => $"Здравствуйте! К сожалению, мы не можем принять возврат по заявке {facts.Number}.{reason} Если вы не согласны или у вас есть дополнительные фото, напишите нам в этот чат: "
                + "мы посмотрим ещё раз. Вы также можете обратиться в поддержку Ozon.",
            BuyerStep.Received => $"Здравствуйте! Товар{product} по заявке {facts.Number} у нас. Проверим его и сообщим решение здесь же.",
            BuyerStep.Exchange => $"Здравствуйте! Вместо товара{product} отправляем вам новый, доплачивать не нужно. Номер отправления и статус доставки смотрите в своих заказах на Ozon.",
            BuyerStep.RefundSent => $"Здравствуйте! Мы согласовали возврат денег по заказу {facts.Number}: {sum}. Ozon переведёт их тем же способом, которым вы платили"
                + (facts.Until is { } until ? $", обычно до {until.ToString("d MMMM", Russian)}." : ".") + " Если деньги не придут, напишите нам, пожалуйста.",
            BuyerStep.RefundPaid => $"Здравствуйте! Деньги по заказу {facts.Number} возвращены: {sum}. Банк может показать их не сразу. Извините за неудобства и спасибо за терпение.",
            BuyerStep.RefundRefused => $"Здравствуйте! Мы рассмотрели вопрос о возврате денег по заказу {facts.Number} и, к сожалению, не можем его одобрить.{reason} "
                + "Если у вас есть фото или другие подробности, пришлите их в этот чат. Вы также можете обратиться в поддержку Ozon.",
            BuyerStep.RefundFailed => $"Здравствуйте! Возврат денег по заказу {facts.Number} пока не прошёл. Мы уже разбираемся и напишем вам, как только всё решится.",
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
        return text.Length <= BuyerNote.MaxText ? text : text[..BuyerNote.MaxText];
    }
}
