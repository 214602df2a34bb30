using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes;

/// <summary>What goes to buyers and to Ozon about a case, in Russian: words to begin with, which the person who acts may change.</summary>
public static class DisputeTemplates
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    /// <summary>What the buyer is told of a decision.</summary>
    public static string Decided(Dispute dispute)
    {
        var sum = new Money(dispute.Awarded, dispute.Currency).Show(Russian);
        var what = dispute.Outcome switch
        {
            DisputeOutcome.Buyer => $"Решение в вашу пользу: вернём {sum}.",
            DisputeOutcome.Split => $"Решение: вернём вам часть стоимости, {sum}, товар остаётся у вас.",
            _ => "К сожалению, решение не в вашу пользу.",
        };
        var text = $"Здравствуйте! Обращение по заказу {OrderOf(dispute)} рассмотрено. {what} Причины: {dispute.Reasons.Trim().TrimEnd('.')}. "
            + (dispute.Instance == 1 ? "Если вы не согласны, решение можно обжаловать: порядок указан в обращении на сайте Ozon." : "Это решение окончательное.");
        return Cut(text);
    }

    /// <summary>What shows a buyer that his claim does not hold, by what it says.</summary>
    /// <param name="trackingNumber">Of the parcel; null when there is none.</param>
    /// <param name="deliveredAt">In the shop's zone; null when it is not delivered.</param>
    public static string Proof(Dispute dispute, string? trackingNumber, DateTime? deliveredAt)
    {
        var tracking = trackingNumber is null ? "" : $", трек-номер {trackingNumber}";
        var delivered = deliveredAt is { } at ? $"вручено {at.ToString("d MMMM yyyy 'г. в' HH:mm", Russian)}" : "ещё в пути";
        var what = dispute.Topic switch
        {
            DisputeTopic.Delivery => $"По данным перевозчика отправление {dispute.PostingNumber}{tracking} {delivered}. Проверьте, пожалуйста, не получил ли его кто-то из близких или сосед.",
            DisputeTopic.NotAsDescribed => $"Мы сверили товар «{dispute.ProductName}» с описанием и фото на странице товара в день заказа: они совпадают. Напишите, пожалуйста, что именно отличается, и приложите фото.",
            DisputeTopic.Quality => $"Перед отправкой мы сняли упаковку товара «{dispute.ProductName}» на видео: он был цел. Пришлите, пожалуйста, фото недостатка и упаковки при хорошем свете.",
            DisputeTopic.Price => $"Мы проверили заказ {OrderOf(dispute)}: с вас списали цену, которая была на странице товара в момент покупки.",
            _ => $"Мы проверили заказ {OrderOf(dispute)}. Опишите, пожалуйста, подробнее, что не так.",
        };
        return Cut($"Здравствуйте! {what} Если вопрос снят, отзовите, пожалуйста, обращение. Если нет, ответьте нам здесь: мы посмотрим ещё раз.");
    }

    /// <summary>What pushes Ozon's support when a decision is late, or hands it a case.</summary>
    public static string Escalation(Dispute dispute, DateTime now)
    {
        var late = dispute.NextBy is { } by && by < now ? $" Срок решения истёк {by.ToString("d MMMM yyyy 'г.' HH:mm", Russian)} (UTC)." : "";
        var ticket = dispute.OzonTicket.Length > 0 ? $" Обращение: {dispute.OzonTicket}." : "";
        return Cut($"Здравствуйте! Прошу рассмотреть спор {dispute.Number} по отправлению {dispute.PostingNumber}.{ticket}{late} Сумма: {new Money(dispute.ClaimAmount, dispute.Currency).Show(Russian)}. "
            + "Материалы (описание событий, переписка, данные отслеживания, фото и видео с контрольными суммами) готовы, приложу их по запросу. Сообщите, пожалуйста, срок решения.");
    }

    private static string OrderOf(Dispute dispute) => dispute.OrderNumber.Length > 0 ? dispute.OrderNumber : dispute.PostingNumber;

    /// <summary>Ozon takes so many characters in a chat.</summary>
    private static string Cut(string text) => text.Length <= Returns.Telling.BuyerNote.MaxText ? text : text[..Returns.Telling.BuyerNote.MaxText];
}
