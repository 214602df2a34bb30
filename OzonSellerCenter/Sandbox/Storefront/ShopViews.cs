using System.Globalization;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws products and orders.</summary>
internal static class ShopViews
{
    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["awaiting_registration"] = "Оформляется",
        ["acceptance_in_progress"] = "Принимается на склад",
        ["awaiting_approve"] = "Ждёт подтверждения",
        ["awaiting_packaging"] = "Собирается",
        ["awaiting_deliver"] = "Ждёт отгрузки",
        ["arbitration"] = "Проверяется Ozon",
        ["client_arbitration"] = "Спор о доставке",
        ["delivering"] = "В пути",
        ["driver_pickup"] = "У водителя",
        ["delivered"] = "Получен",
        ["cancelled"] = "Отменён",
        ["not_accepted"] = "Задерживается на сортировке",
        ["sent_by_seller"] = "Передан в доставку",
    };

    public static Html Card(Product product, double? stars, int count) => Html.Of($"""
        <li><a class="card" href="/sandbox/shop/products/{product.Sku}">
          <img src="/sandbox/shop/pictures/{product.Sku}.svg" alt="" width="240" height="240" loading="lazy">
          <span class="price">{ShopLayout.Roubles(product.Price)} {Before(product)}</span>
          <span class="name">{product.Name}</span>
          <span class="stars">{(stars is { } s ? $"★ {s.ToString("0.0", CultureInfo.GetCultureInfo("ru-RU"))} · отзывов: {count}" : "отзывов пока нет")}</span>
        </a></li>
        """);

    public static Html Product(Product product, IEnumerable<(string Name, int Rating, string Text, DateTime At)> reviews, Html contact) => Html.Of($"""
        <article class="product">
          <img src="/sandbox/shop/pictures/{product.Sku}.svg" alt="" width="480" height="480">
          <div>
            <h1>{product.Name}</h1>
            <p class="meta">Цвет: {product.Colour} · артикул {product.OfferId} · код товара {product.Sku}</p>
            <p class="price big">{ShopLayout.Roubles(product.Price)} {Before(product)}</p>
            <p>{product.Description}</p>
            <p><a class="button" data-testid="storefront-contact" href="#text">Связаться с продавцом</a></p>
          </div>
        </article>
        {contact}
        <section aria-labelledby="reviews"><h2 id="reviews">Отзывы</h2>
        <ul class="rows">{reviews.Select(r => Html.Of($"""
            <li><span class="stars"><span aria-hidden="true">{new string('★', r.Rating)}{new string('☆', 5 - r.Rating)}</span><span class="sr">Оценка {r.Rating} из 5</span></span>
            <strong>{r.Name}</strong> <span class="meta">{ShopLayout.Day(r.At)}</span><p>{(r.Text.Length == 0 ? "Без текста" : r.Text)}</p></li>
            """)).DefaultIfEmpty(Html.Of($"<li>Отзывов пока нет.</li>"))}</ul></section>
        """);

    public static Html Orders(List<Posting> orders) => Html.Of($"""
        <h1>Мои заказы</h1>
        <ul class="rows">{orders.Select(o => Html.Of($"""
            <li><a href="/sandbox/shop/orders/{o.PostingNumber}"><strong>{o.Items[0].Name}</strong></a>
            <p class="meta">Заказ {o.OrderNumber} от {ShopLayout.Day(o.InProcessAt)} · {Status(o)} · {ShopLayout.Roubles(Total(o))}</p></li>
            """)).DefaultIfEmpty(Html.Of($"""<li>В этом магазине вы ещё ничего не заказывали. <a href="/sandbox/shop">Посмотреть товары</a></li>"""))}</ul>
        """);

    public static Html Order(Posting posting, Html contact) => Html.Of($"""
        <h1>Заказ {posting.OrderNumber}</h1>
        <p class="state">{Status(posting)}</p>
        <ul class="rows">{posting.Items.Select(i => Html.Of($"""
            <li class="item"><img src="/sandbox/shop/pictures/{i.Sku}.svg" alt="" width="72" height="72">
            <span><a href="/sandbox/shop/products/{i.Sku}">{i.Name}</a><span class="meta">{i.Quantity} шт. · {ShopLayout.Roubles(i.Price)}</span></span></li>
            """))}</ul>
        <dl class="facts">
          <dt>Итого</dt><dd>{ShopLayout.Roubles(Total(posting))}</dd>
          <dt>Отправление</dt><dd>{posting.PostingNumber}</dd>
          <dt>Доставка</dt><dd>{(posting.Scheme == "RFBS" ? "курьером продавца" : "в пункт выдачи")}, {Arrival(posting)}</dd>
          <dt>Трек-номер</dt><dd>{(posting.TrackingNumber.Length == 0 ? "появится после отгрузки" : posting.TrackingNumber)}</dd>
        </dl>
        <p><a class="button" data-testid="storefront-contact" href="#text">Связаться с продавцом</a></p>
        {contact}
        """);

    public static string Status(Posting posting) => Statuses.GetValueOrDefault(posting.Status, posting.Status);

    private static string Arrival(Posting posting) =>
        posting.DeliveredAt is { } got ? "получен " + ShopLayout.Moment(got)
        : posting.CancelledAt is { } cancelled ? "отменён " + ShopLayout.Moment(cancelled)
        : "ждём " + ShopLayout.Day(posting.DeliveryTo);

    private static long Total(Posting posting) => posting.Items.Sum(i => i.Price * i.Quantity);

    private static Html Before(Product product) =>
        product.OldPrice > product.Price ? Html.Of($"<s><span class=\"sr\">вместо </span>{ShopLayout.Roubles(product.OldPrice)}</s>") : Html.Empty;
}
