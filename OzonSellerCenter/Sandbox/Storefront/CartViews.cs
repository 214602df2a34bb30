using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws the cart, the form an order is made with, and the thanks for it.</summary>
internal static class CartViews
{
    public static Html Cart(List<PostingItem> items) => items.Count == 0
        ? Html.Of($"""<h1>Корзина</h1><p>Здесь пока пусто. <a href="/sandbox/shop">Посмотреть товары</a></p>""")
        : Html.Of($"""
            <h1>Корзина</h1>
            <ul class="rows">{items.Select(Line)}</ul>
            <p class="price big">Товары: {ShopLayout.Roubles(items.Sum(i => i.Price * i.Quantity))}</p>
            <p><a class="button" href="/sandbox/shop/checkout" data-testid="checkout">Перейти к оформлению</a></p>
            """);

    private static Html Line(PostingItem item) => Html.Of($"""
        <li class="item"><img src="/sandbox/shop/pictures/{item.Sku}.svg" alt="" width="72" height="72">
        <span class="grow"><a href="/sandbox/shop/products/{item.Sku}">{item.Name}</a><span class="meta">{ShopLayout.Roubles(item.Price)} за штуку · {ShopLayout.Roubles(item.Price * item.Quantity)}</span></span>
        <form class="inline" method="post" action="/sandbox/shop/cart"><input type="hidden" name="sku" value="{item.Sku}">
          <label class="sr" for="quantity-{item.Sku}">Сколько штук: {item.Name}</label>
          <input class="few" id="quantity-{item.Sku}" type="number" name="quantity" value="{item.Quantity}" min="0" max="{ShopBook.MostPieces}" inputmode="numeric" data-testid="cart-quantity">
          <button class="small">Изменить<span class="sr"> количество: {item.Name}</span></button></form>
        <form class="inline" method="post" action="/sandbox/shop/cart"><input type="hidden" name="sku" value="{item.Sku}"><input type="hidden" name="quantity" value="0">
          <button class="small" data-testid="cart-remove">Убрать<span class="sr">: {item.Name}</span></button></form></li>
        """);

    public static Html Checkout(List<PostingItem> items, OrderSum sum, ShopForm form, string key, Buyer buyer, string lastAddress, DateTime now) => Html.Of($"""
        <h1>Оформление заказа</h1>
        {(form.IsFine ? Html.Empty : Html.Of($"""<p class="notice bad" role="alert">Заказ ещё не оформлен: исправьте отмеченное ниже.</p>"""))}
        <form class="checkout" method="post" action="/sandbox/shop/checkout">
          <input type="hidden" name="key" value="{key}">
          <div class="fields">
            <div class="field"><label for="{form.Id("address")}">Адрес: улица, дом, квартира</label>
              <p class="meta">{buyer.City}, {buyer.Region} · получатель {buyer.Name}</p>
              <input {form.Field("address")} value="{form.Text("address", lastAddress)}" maxlength="300" autocomplete="street-address" data-testid="checkout-address">{form.Problem("address")}</div>
            <fieldset><legend>Кто доставит</legend>
              {form.Radio("carrier", "FBS", "Ozon, в пункт выдачи", "FBS")}
              {form.Radio("carrier", "RFBS", "Курьер продавца, до двери", "FBS")}{form.Problem("carrier")}</fieldset>
            <fieldset><legend>Срок доставки</legend>
              {form.Radio("delivery", "standard", $"Обычная, 3–7 дней: {Days(now, 3, 7)} · {ShopLayout.Roubles(ShopPrices.StandardDelivery)}", "standard")}
              {form.Radio("delivery", "express", $"Экспресс, 1–3 дня: {Days(now, 1, 3)} · {ShopLayout.Roubles(ShopPrices.ExpressDelivery)}", "standard")}{form.Problem("delivery")}</fieldset>
            <fieldset><legend>Оплата</legend>
              {form.Radio("payment", "card", "Банковской картой")}
              {form.Radio("payment", "wallet", "Электронным кошельком")}
              {form.Radio("payment", "later", "Позже, в течение 48 часов")}{form.Problem("payment")}</fieldset>
            <div class="field"><label for="{form.Id("coupon")}">Купон</label>
              <input {form.Field("coupon")} value="{form.Text("coupon")}" maxlength="40" autocomplete="off" data-testid="checkout-coupon">{form.Problem("coupon")}</div>
            <div class="field"><label for="{form.Id("points")}">Списать баллы <span class="meta">у вас {buyer.Points}, 1 балл = 1 ₽, до половины стоимости товаров</span></label>
              <input {form.Field("points")} value="{form.Text("points")}" maxlength="9" inputmode="numeric" autocomplete="off" data-testid="checkout-points">{form.Problem("points")}</div>
            <p><button class="small" name="step" value="sum">Пересчитать сумму</button></p>
          </div>
          <section class="sum" aria-labelledby="sum" aria-live="polite">
            <h2 id="sum">Сумма</h2>
            <ul class="plain">{items.Select(i => Html.Of($"<li>{i.Name} · {i.Quantity} шт.</li>"))}</ul>
            {Sum(sum)}
            <input type="hidden" name="total" value="{sum.Total}">{form.Problem("total")}
            <button class="button" data-testid="checkout-pay">Подтвердить заказ</button>
            <p class="meta">Это песочница: деньги не списываются.</p>
          </section>
        </form>
        """);

    public static Html Bought(ShopOrder order, Posting? posting, Buyer buyer) => Html.Of($"""
        <h1>Спасибо за заказ!</h1>
        <p class="notice good" role="status">Номер заказа: <strong data-testid="order-number">{order.OrderNumber}</strong>. {(order.CancelledAt is not null ? "Заказ отменён."
            : posting is null ? $"Оплатите его до {ShopLayout.Moment(order.ExpiresAt)} мск, иначе он отменится сам."
            : $"Оплачен. Привезём {ShopLayout.Day(posting.DeliveryFrom)} – {ShopLayout.Day(posting.DeliveryTo)}.")}</p>
        {Items(order.Items)}
        {Sum(order.Sum())}
        <dl class="facts"><dt>Адрес</dt><dd>{buyer.City}, {order.Address}</dd><dt>Оплата</dt><dd>{Payment(order)}</dd></dl>
        <div class="deeds"><a class="button" href="/sandbox/shop/orders/{posting?.PostingNumber ?? order.OrderNumber}">{(order.IsUnpaid ? "Перейти к оплате" : "Перейти к заказу")}</a><a class="button plain" href="/sandbox/shop">Продолжить покупки</a></div>
        """);

    public static Html Sum(OrderSum sum) => Html.Of($"""
        <dl class="facts money">
          <dt>Товары</dt><dd>{ShopLayout.Roubles(sum.Goods)}</dd>
          {(sum.Discount == 0 ? Html.Empty : Html.Of($"<dt>Скидка по купону</dt><dd>−{ShopLayout.Roubles(sum.Discount)}</dd>"))}
          {(sum.Points == 0 ? Html.Empty : Html.Of($"<dt>Баллы</dt><dd>−{ShopLayout.Roubles(sum.Points)}</dd>"))}
          <dt>Доставка</dt><dd>{ShopLayout.Roubles(sum.Delivery)}</dd>
          <dt class="all">Итого</dt><dd class="all" data-testid="total">{ShopLayout.Roubles(sum.Total)}</dd>
        </dl>
        """);

    public static Html Items(IEnumerable<PostingItem> items) => Html.Of($"""
        <ul class="rows">{items.Select(i => Html.Of($"""
            <li class="item"><img src="/sandbox/shop/pictures/{i.Sku}.svg" alt="" width="72" height="72">
            <span><a href="/sandbox/shop/products/{i.Sku}">{i.Name}</a><span class="meta">{i.Quantity} шт. · {ShopLayout.Roubles(i.Price)}</span></span></li>
            """))}</ul>
        """);

    public static string Payment(ShopOrder order) => order.Payment switch
    {
        "card" => "банковской картой",
        "wallet" => "электронным кошельком",
        _ => "позже",
    };

    private static string Days(DateTime now, int from, int to) => $"{ShopLayout.Day(now.AddDays(from))} – {ShopLayout.Day(now.AddDays(to))}";
}
