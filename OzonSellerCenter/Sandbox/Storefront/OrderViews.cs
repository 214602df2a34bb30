using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws orders.</summary>
internal static class OrderViews
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

    public static (DateTime At, Html Html) Row(Posting posting, ShopOrder? bought) => (posting.InProcessAt, Row(
        posting.PostingNumber, posting.OrderNumber, posting.InProcessAt, Status(posting), bought?.Total ?? Total(posting), posting.Items));

    public static (DateTime At, Html Html) Row(ShopOrder order) => (order.CreatedAt, Row(
        order.OrderNumber, order.OrderNumber, order.CreatedAt, Status(order), order.Total, order.Items));

    private static Html Row(string number, string orderNumber, DateTime at, string status, long total, List<PostingItem> items) => Html.Of($"""
        <li><a href="/sandbox/shop/orders/{number}"><strong>{items[0].Name}</strong></a>{(items.Count == 1 ? "" : $" и ещё {items.Count - 1}")}
        <p class="meta">Заказ {orderNumber} от {ShopLayout.Day(at)} · {status} · {ShopLayout.Roubles(total)}</p></li>
        """);

    public static Html List(IEnumerable<Html> rows) => Html.Of($"""
        <h1>Мои заказы</h1>
        <ul class="rows">{rows.DefaultIfEmpty(Html.Of($"""<li>В этом магазине вы ещё ничего не заказывали. <a href="/sandbox/shop">Посмотреть товары</a></li>"""))}</ul>
        """);

    public static Html Order(ShownOrder shown, ShopForm? sent)
    {
        var posting = shown.Posting;
        return Html.Of($"""
            <h1>Заказ <span data-testid="order-number">{posting.OrderNumber}</span></h1>
            <p class="state" data-testid="order-status">{Status(posting)}</p>
            {Request(shown.Request)}
            {ReturnViews.Instead(shown.ExchangedFor)}
            <div class="deeds">
              {(posting.IsOnItsWay ? Html.Of($"""<form method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/receive"><button class="button" data-testid="order-receive">Получил</button></form>""") : Html.Empty)}
              <a class="button plain" data-testid="storefront-contact" href="#text">Связаться с продавцом</a>
            </div>
            {CartViews.Items(posting.Items)}
            {(shown is { Bought: { } bought, ExchangedFor: null } ? CartViews.Sum(bought.Sum()) : Html.Empty)}
            <dl class="facts">
              {(shown.ExchangedFor is not null ? Html.Of($"<dt>Итого</dt><dd>обмен, платить не нужно</dd>") : shown.Bought is null ? Html.Of($"<dt>Итого</dt><dd>{ShopLayout.Roubles(Total(posting))}</dd>") : Html.Of($"<dt>Оплачен</dt><dd>{CartViews.Payment(shown.Bought)}</dd>"))}
              <dt>Отправление</dt><dd>{posting.PostingNumber}</dd>
              <dt>Доставка</dt><dd>{(posting.Scheme == "RFBS" ? "курьером продавца" : "в пункт выдачи")}, {Arrival(posting)}</dd>
              <dt>Адрес</dt><dd data-testid="order-address">{shown.Buyer.City}, {posting.Address}</dd>
              <dt>Трек-номер</dt><dd>{(posting.TrackingNumber.Length == 0 ? "появится после отгрузки" : posting.TrackingNumber)}</dd>
            </dl>
            <section aria-labelledby="way"><h2 id="way">Где заказ</h2>
            <ol class="way" data-testid="order-steps">{Tracking.Of(posting).Select(s => Html.Of($"<li>{s.Text}<span class=\"meta\">{ShopLayout.Moment(s.At)} мск</span></li>"))}</ol></section>
            {ReturnViews.Money(posting, shown.Refunds)}
            {ReturnViews.OfOrder(shown, sent)}
            {ComplaintViews.OfOrder(shown, sent)}
            {(posting.Status == "delivered" ? RatingViews.Ratings(shown, sent) : Html.Empty)}
            {(posting.MayChangeAddress ? Address(posting, ShopForm.Of(sent, "address")) : Html.Empty)}
            {(shown.CanBeCancelled ? Cancel(posting, shown.Request, ShopForm.Of(sent, "cancel")) : Html.Empty)}
            """);
    }

    public static Html Unpaid(ShopOrder order, Buyer buyer, ShopForm? sent)
    {
        var form = ShopForm.Of(sent, "pay");
        return Html.Of($"""
            <h1>Заказ <span data-testid="order-number">{order.OrderNumber}</span></h1>
            <p class="state" data-testid="order-status">{Status(order)}</p>
            {(order.RemindedAt is { } at ? Html.Of($"""<p class="notice" data-testid="order-reminder">Продавец напомнил об оплате {ShopLayout.Moment(at)} мск: <span class="words">{order.Reminder}</span></p>""") : Html.Empty)}
            {(!order.IsUnpaid ? Html.Empty : Html.Of($"""
                <form class="box" method="post" action="/sandbox/shop/orders/{order.OrderNumber}/pay">
                  <p>Оплатите до {ShopLayout.Moment(order.ExpiresAt)} мск, иначе заказ отменится сам.</p>
                  <fieldset><legend>Оплата</legend>{form.Radio("payment", "card", "Банковской картой", "card")}{form.Radio("payment", "wallet", "Электронным кошельком", "card")}{form.Problem("payment")}</fieldset>
                  <button class="button" data-testid="order-pay">Оплатить {ShopLayout.Roubles(order.Total)}</button>
                </form>
                """))}
            {CartViews.Items(order.Items)}
            {CartViews.Sum(order.Sum())}
            <dl class="facts"><dt>Адрес</dt><dd>{buyer.City}, {order.Address}</dd></dl>
            {(order.IsUnpaid ? Html.Of($"""<form method="post" action="/sandbox/shop/orders/{order.OrderNumber}/cancel"><button class="button plain" data-testid="order-cancel">Отменить заказ</button></form>""") : Html.Empty)}
            """);
    }

    private static Html Request(CancellationRequest? request) => request?.State switch
    {
        CancellationRequest.OnApproval => Html.Of(
            $"""<p class="notice" role="status">Вы попросили отменить заказ. Продавец ответит до {ShopLayout.Moment(request.AutoApproveAt)} мск, иначе заказ отменится сам.</p>"""),
        CancellationRequest.Rejected => Html.Of(
            $"""<p class="notice">Продавец не согласился отменить заказ{(request.Comment.Length == 0 ? "." : ": " + request.Comment)}</p>"""),
        _ => Html.Empty,
    };

    private static Html Address(Posting posting, ShopForm form) => Html.Of($"""
        <form class="box" method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/address">
          <div class="field"><label for="{form.Id("address")}">Новый адрес: улица, дом, квартира</label>
            <input {form.Field("address")} value="{form.Text("address")}" maxlength="300" autocomplete="street-address">{form.Problem("address")}</div>
          <p class="meta">Адрес меняет продавец, один раз и до отгрузки.</p>
          <button class="button plain" data-testid="ask-address">Попросить сменить адрес</button>
        </form>
        """);

    private static Html Cancel(Posting posting, CancellationRequest? request, ShopForm form) => request?.State == CancellationRequest.OnApproval
        ? Html.Empty
        : Html.Of($"""
            <form class="box" method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/cancel">
              <div class="field"><label for="{form.Id("message")}">Почему отменяете (не обязательно)</label>
                <textarea {form.Field("message")} rows="2" maxlength="1000">{form.Text("message")}</textarea>{form.Problem("message")}</div>
              <p class="meta">{(IsCancelledAtOnce(posting) ? "Заказ отменится сразу." : "Заказ уже собран: решение за продавцом.")}</p>
              <button class="button plain" data-testid="order-cancel">Отменить заказ</button>
            </form>
            """);

    // As CancellationBook does it.
    private static bool IsCancelledAtOnce(Posting posting) => posting.Scheme == "FBS" || posting.Status == "awaiting_packaging";

    private static string Status(Posting posting) => Statuses.GetValueOrDefault(posting.Status, posting.Status);

    private static string Status(ShopOrder order) => order.IsUnpaid ? "Ждёт оплаты" : order.CancelledAt == order.ExpiresAt ? "Отменён: не оплачен вовремя" : "Отменён";

    private static string Arrival(Posting posting) =>
        posting.DeliveredAt is { } got ? "получен " + ShopLayout.Moment(got)
        : posting.CancelledAt is { } cancelled ? "отменён " + ShopLayout.Moment(cancelled)
        : "ждём " + ShopLayout.Day(posting.DeliveryTo);

    private static long Total(Posting posting) => posting.Items.Sum(i => i.Price * i.Quantity);
}
