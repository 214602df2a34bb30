using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence.Freezing;

/// <summary>The record of an order, its way and its products as readable copies, in Russian as they go to Ozon. Name, telephone and address of the buyer
/// are in none of them.</summary>
public sealed class FrozenOrder(IStringLocalizer<OrdersTexts> orders, IStringLocalizer<RefundTexts> refunds)
{
    private const string Zone = "Время: по часовому поясу магазина, рядом UTC";
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    /// <summary>The order: items, money, dates, what became of it, what was given back.</summary>
    internal byte[] Order(CaseRecord record, Posting posting)
    {
        var text = new FrozenText(record.TimeZone).Line("ЗАПИСЬ О ЗАКАЗЕ").Line(Zone)
            .Fact("Магазин", record.Store).Fact("Заказ", posting.OrderNumber).Fact("Отправление", posting.PostingNumber)
            .Fact("Схема", posting.Scheme == Scheme.Unknown ? null : posting.Scheme.ToString()).Fact("Состояние", StatusOf(posting.Status))
            .Fact("Состояние по данным Ozon на", posting.StateAt == default ? null : posting.StateAt)
            .Fact("Склад", posting.Warehouse).Fact("Причина отмены", posting.CancelReason);
        text.Head("ДАТЫ").Fact("Принят в работу (оплачен)", posting.InProcessAt).Fact("Отгрузить до", posting.ShipBy).Fact("Передан в доставку", posting.DeliveringAt)
            .Fact("Обещано доставить с", posting.DeliverFrom).Fact("Обещано доставить до", posting.DeliverBy).Fact("Доставлен", posting.DeliveredAt).Fact("Отменён", posting.CancelledAt);
        text.Head("ТОВАРЫ");
        foreach (var item in posting.Items.OrderBy(i => i.Id))
        {
            var pieces = string.Create(CultureInfo.InvariantCulture, $"{item.Quantity}");
            text.Line($"SKU {item.Sku}, артикул {(item.OfferId.Length > 0 ? item.OfferId : "не указан")}: {item.Name}")
                .Line($"  {pieces} × {Sum(item.Price, item.Currency)} = {Sum(item.Price * item.Quantity, item.Currency)}{(item.Discount is > 0 ? $", скидка за штуку {Sum(item.Discount.Value, item.Currency)}" : "")}");
        }

        text.Fact("Итого", Sum(posting.Total, posting.Currency)).Head("ХОД ЗАКАЗА");
        if (record.Steps.Count == 0) text.Line("Изменений состояния не записано.");
        foreach (var step in record.Steps) text.Line($"{text.At(step.At)}  {orders.StepOf(step.Substatus)}");
        text.Head("ВОЗВРАТЫ");
        if (record.Returns.Count == 0) text.Line("Заявок на возврат нет.");
        foreach (var request in record.Returns) Return(text, request);
        text.Head("ВОЗВРАТ ДЕНЕГ");
        if (record.Refunds.Count == 0) text.Line("Возвратов денег нет.");
        foreach (var refund in record.Refunds)
        {
            text.Line($"{text.At(refund.CreatedAt)}  {Sum(refund.Sum, refund.Currency)}, {refunds[$"State_{refund.State}"].Value.ToLower(Russian)}, причина: {refunds[$"Reason_{refund.Reason}"].Value.ToLower(Russian)}")
                .Fact("  Отправлен в Ozon", refund.SentAt).Fact("  Завершён", refund.EndedAt);
        }

        return text.ToUtf8();
    }

    /// <summary>The way of the parcel; null when neither a number nor a step of it is known.</summary>
    internal byte[]? Tracking(CaseRecord record, Posting posting)
    {
        if (string.IsNullOrEmpty(posting.TrackingNumber) && record.Steps.Count == 0 && posting.DeliveringAt is null) return null;
        var text = new FrozenText(record.TimeZone).Line("ОТСЛЕЖИВАНИЕ ОТПРАВЛЕНИЯ").Line(Zone)
            .Fact("Отправление", posting.PostingNumber)
            .Fact("Служба доставки", posting.Carrier is { Length: > 0 } carrier ? carrier : "не указана")
            .Fact("Номер отслеживания", posting.TrackingNumber is { Length: > 0 } number ? number : "не указан")
            .Fact("Обещано доставить до", posting.DeliverBy)
            .Fact("Передано в доставку (по данным Ozon)", posting.DeliveringAt).Fact("Доставлено (по данным Ozon)", posting.DeliveredAt)
            .Head("СОБЫТИЯ")
            .Line("Ozon сообщает состояние, а не время события: указано, когда программа впервые увидела состояние.");
        if (record.Steps.Count == 0) text.Line("Событий не записано.");
        foreach (var step in record.Steps) text.Line($"{text.At(step.At)}  {orders.StepOf(step.Substatus)} ({step.Substatus})");
        return text.ToUtf8();
    }

    /// <summary>What is known of a product. The instant it was fetched stands beside the copy and not in it: what is unchanged stays the same copy.</summary>
    internal static byte[] Listing(CaseRecord record, ProductFact? fact, PostingItem? item)
    {
        var text = new FrozenText(record.TimeZone).Line("КАРТОЧКА ТОВАРА");
        if (fact is not null)
        {
            text.Head("ПО ДАННЫМ OZON (на момент, указанный рядом с этой копией; на момент продажи карточка могла быть другой)")
                .Fact("SKU", fact.Sku.ToString(CultureInfo.InvariantCulture)).Fact("Артикул", fact.OfferId).Fact("Название", fact.Name).Fact("Категория", fact.Category)
                .Fact("Главное фото", fact.PictureUrl);
        }

        if (item is not null)
        {
            text.Head("В ЗАКАЗЕ (название и цена, по которым товар был куплен)")
                .Fact("SKU", item.Sku.ToString(CultureInfo.InvariantCulture)).Fact("Артикул", item.OfferId).Fact("Название", item.Name).Fact("Цена", Sum(item.Price, item.Currency));
        }

        return text.Head("Описание товара: программе неизвестно, из Ozon получены только указанные выше сведения.").ToUtf8();
    }

    private static void Return(FrozenText text, ReturnRequest request) => text
        .Line($"Заявка {request.Number} от {text.At(request.AskedAt)}").Fact("  Причина", request.Reason).Fact("  Слова покупателя", request.Comment)
        .Line($"  Товар: {request.ProductName}, SKU {request.Sku}, {request.Quantity} шт., {Sum(request.Worth, request.Currency)}")
        .Fact("  Состояние", request.StateName.Length > 0 ? request.StateName : request.State).Fact("  Деньги", request.MoneyState)
        .Fact("  Причина отказа", request.RejectionComment).Fact("  Обратный трек-номер", request.TrackingNumber);

    private string StatusOf(string status) => orders[$"Status_{status}"] is { ResourceNotFound: false } text ? $"{text.Value} ({status})" : status;

    private static string Sum(long minor, string currency) => new Money(minor, currency).Show(Russian);
}
