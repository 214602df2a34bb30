using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws what goes back: the form on the order's page, the request, and the money.</summary>
internal static class ReturnViews
{
    public const string FormOfOrder = "return";
    public const string FormOfParcel = "parcel";

    /// <summary>The requests of an order, and the form for one more.</summary>
    public static Html OfOrder(ShownOrder shown, ShopForm? sent)
    {
        var posting = shown.Posting;
        // As ReturnBook allows it: one request for a product at a time.
        var open = posting.DeliveredAt is null ? [] : posting.Items
            .Where(i => !shown.Returns.Any(r => r.Sku == i.Sku && r.BlocksAnother)).ToList();
        return open.Count == 0 && shown.Returns.Count == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="returns"><h2 id="returns">Возврат</h2>
            {(shown.Returns.Count == 0 ? Html.Empty : Html.Of($"""<ul class="rows">{shown.Returns.Select(Row)}</ul>"""))}
            {(open.Count == 0 ? Html.Empty : Ask(posting, open, ShopForm.Of(sent, FormOfOrder)))}
            </section>
            """);
    }

    private static Html Row(ReturnRequest request) => Html.Of($"""
        <li><a href="/sandbox/shop/returns/{request.Id}"><strong>Заявка {request.Number}</strong></a>
        <p class="meta">{request.Name}, {request.Quantity} шт. · {StateOf(request)}</p></li>
        """);

    private static Html Ask(Posting posting, List<PostingItem> items, ShopForm form) => Html.Of($"""
        <details {(form.IsFine ? Html.Empty : Html.Of($"open"))}>
        <summary class="button plain" data-testid="return-open">Вернуть товар</summary>
        <form class="box" method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/return" enctype="multipart/form-data">
          <div class="field"><label for="{form.Id("item")}">Что возвращаете</label>
            <select {form.Field("item")} data-testid="return-item">{items.Select(i => Option($"{i.Sku}", $"{i.Name}, {i.Quantity} шт.", form.Text("item")))}</select>{form.Problem("item")}</div>
          <div class="field"><label for="{form.Id("quantity")}">Сколько штук</label>
            <input {form.Field("quantity")} type="number" min="1" max="{items.Max(i => i.Quantity)}" value="{form.Text("quantity", "1")}" required data-testid="return-quantity">{form.Problem("quantity")}</div>
          <div class="field"><label for="{form.Id("reason")}">Причина</label>
            <select {form.Field("reason")} data-testid="return-reason">{ReturnReason.All.Select(r => Option($"{r.Id}", r.Name, form.Text("reason")))}</select>{form.Problem("reason")}</div>
          {(posting.Scheme != "RFBS" ? Html.Empty : Html.Of($"""
            <div class="field"><label for="{form.Id("method")}">Как отправите товар</label>
            <select {form.Field("method")} data-testid="return-method">{ReturnMethod.All.Select(m => Option($"{m.Id}", m.Name, form.Text("method")))}</select>{form.Problem("method")}</div>
            """))}
          <div class="field"><label for="{form.Id("comment")}">Что не так</label>
            <textarea {form.Field("comment")} rows="3" maxlength="{ReturnPages.LongestText}" required data-testid="return-comment">{form.Text("comment")}</textarea>{form.Problem("comment")}</div>
          <div class="field"><label for="{form.Id("photos")}">Фото (до {RatingPages.MostPhotos}, не обязательно)</label>
            <input type="file" {form.Field("photos")} accept="image/*" multiple data-testid="return-photo">{form.Problem("photos")}</div>
          <button class="button" data-testid="return-submit">Отправить заявку</button>
        </form></details>
        """);

    private static Html Option(string value, string text, string chosen) =>
        Html.Of($"""<option value="{value}" {(value == chosen ? Html.Of($"selected") : Html.Empty)}>{text}</option>""");

    /// <summary>The page of a request.</summary>
    /// <param name="request">With its photos.</param>
    /// <param name="money">That went back for it.</param>
    /// <param name="sent">A form that was refused.</param>
    /// <param name="notice">Why something could not be done.</param>
    public static Html Request(ReturnRequest request, IReadOnlyList<BuyerRefund> money, ShopForm? sent, string? notice) => Html.Of($"""
        {(notice is null ? Html.Empty : Html.Of($"""<p class="notice bad" role="alert">{notice}</p>"""))}
        <h1>Возврат {request.Number}</h1>
        <p class="state" data-testid="return-state">{StateOf(request)}</p>
        {(request.SellerComment.Length == 0 ? Html.Empty : Html.Of($"""<p class="notice" data-testid="return-seller-comment">Продавец: <span class="words">{request.SellerComment}</span></p>"""))}
        {Offer(request)}
        {(request is { State: ReturnRequest.Approved, IsRfbs: true } ? Parcel(request, ShopForm.Of(sent, FormOfParcel)) : Html.Empty)}
        {Rows(money)}
        {(request.ExchangePosting.Length == 0 ? Html.Empty : Html.Of($"""<p class="notice">Вместо денег продавец отправит новый товар: <a data-testid="exchange-link" href="/sandbox/shop/orders/{request.ExchangePosting}">отправление {request.ExchangePosting}</a></p>"""))}
        <dl class="facts">
          <dt>Товар</dt><dd>{request.Name}</dd>
          <dt>Количество</dt><dd>{request.Quantity} шт. на {ShopLayout.Roubles(request.Worth)}</dd>
          <dt>Заказ</dt><dd><a href="/sandbox/shop/orders/{request.PostingNumber}">{request.PostingNumber}</a></dd>
          <dt>Причина</dt><dd>{request.Reason}</dd>
          <dt>Комментарий</dt><dd class="words">{request.Comment}</dd>
          <dt>Создана</dt><dd>{ShopLayout.Moment(request.CreatedAt)} мск</dd>
          {(request.TrackingNumber.Length == 0 ? Html.Empty : Html.Of($"<dt>Трек-номер</dt><dd>{request.TrackingNumber}, пересылка {ShopLayout.Roubles(request.Postage)}</dd>"))}
        </dl>
        {(request.Photos.Count == 0 ? Html.Empty : Html.Of($"""<p class="photos">{request.Photos.Select(p => Html.Of($"""<a href="/sandbox/shop/return-photos/{p.Path}"><img src="/sandbox/shop/return-photos/{p.Path}" alt="Фото к заявке" width="96" height="96"></a>"""))}</p>"""))}
        {(request.CanBeWithdrawn ? Deed(request, "withdraw", "button plain", "Отозвать заявку") : Html.Empty)}
        """);

    private static Html Offer(ReturnRequest request) => request.State != ReturnRequest.Offered ? Html.Empty : Html.Of($"""
        <div class="box" data-testid="return-offer">
          <p>Продавец предлагает вернуть {ShopLayout.Roubles(request.Offer)}, товар останется у вас. Ответьте до {Deadline(request)}.</p>
          <div class="deeds">{Deed(request, "accept", "button", "Согласиться")}{Deed(request, "refuse", "button plain", "Отказаться")}</div>
        </div>
        """);

    private static Html Parcel(ReturnRequest request, ShopForm form) => Html.Of($"""
        <form class="box" method="post" action="/sandbox/shop/returns/{request.Id}/send">
          <p>Отправьте товар продавцу до {Deadline(request)}, иначе заявка закроется.</p>
          <div class="field"><label for="{form.Id("track")}">Трек-номер</label>
            <input {form.Field("track")} value="{form.Text("track")}" maxlength="50" required data-testid="return-track">{form.Problem("track")}</div>
          <div class="field"><label for="{form.Id("postage")}">Сколько стоила пересылка, ₽ (не обязательно)</label>
            <input {form.Field("postage")} value="{form.Text("postage")}" inputmode="decimal" maxlength="10" data-testid="return-postage">{form.Problem("postage")}</div>
          <button class="button" data-testid="return-send">Я отправил товар</button>
        </form>
        """);

    private static Html Deed(ReturnRequest request, string act, string look, string text) =>
        Html.Of($"""<form method="post" action="/sandbox/shop/returns/{request.Id}/{act}"><button class="{look}" data-testid="return-{act}">{text}</button></form>""");

    /// <summary>What went back to the buyer of a posting.</summary>
    public static Html Money(Posting posting, IReadOnlyList<BuyerRefund> money)
    {
        var back = money.Where(r => r.FailedAt is null).Sum(r => r.Amount);
        return money.Count == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="money"><h2 id="money">Деньги вам</h2>
            {(back > 0 && back >= posting.Price ? Html.Of($"""<p class="notice" data-testid="all-refunded">Все деньги за товары этого отправления возвращены или уже в пути к вам.</p>""") : Html.Empty)}
            {Rows(money)}</section>
            """);
    }

    private static Html Rows(IReadOnlyList<BuyerRefund> money) => money.Count == 0 ? Html.Empty : Html.Of($"""
        <ul class="rows">{money.Select(r => Html.Of($"""
            <li data-testid="refund-row"><strong>{ShopLayout.Roubles(r.Amount + r.Postage)}</strong>{(r.Postage == 0 ? "" : $", из них пересылка {ShopLayout.Roubles(r.Postage)}")}
            <p class="meta">{StateOf(r)}</p></li>
            """))}</ul>
        """);

    private static string StateOf(BuyerRefund refund) => refund switch
    {
        { PaidAt: { } at } => $"Деньги поступили {ShopLayout.Moment(at)} мск",
        { FailedAt: not null } => "Банк не принял деньги",
        _ => $"Деньги в пути, ждите до {ShopLayout.Day(refund.CreatedAt + BuyerRefund.ExpectedWithin)}",
    };

    /// <summary>What a posting is that nobody paid for.</summary>
    public static Html Instead(ReturnRequest? request) => request is null ? Html.Empty : Html.Of(
        $"""<p class="notice" data-testid="exchange-note">Обмен по заявке <a href="/sandbox/shop/returns/{request.Id}">{request.Number}</a>: платить за это отправление не нужно.</p>""");

    private static string Deadline(ReturnRequest request) => ShopLayout.Moment(request.NextAt ?? request.StateAt) + " мск";

    private static string StateOf(ReturnRequest request) => request.State switch
    {
        ReturnRequest.OnApproval => $"Ждёт решения продавца до {Deadline(request)}",
        ReturnRequest.Offered => "Продавец предлагает часть цены",
        ReturnRequest.AfterOffer => $"Вы отказались от предложения. Продавец решит до {Deadline(request)}",
        ReturnRequest.Approved when request.IsRfbs => $"Возврат одобрен. Отправьте товар до {Deadline(request)}",
        ReturnRequest.Approved => "Возврат одобрен. Отнесите товар в пункт выдачи",
        ReturnRequest.OnWay or ReturnRequest.Moving => "Товар едет к продавцу",
        ReturnRequest.Arrived => "Товар прибыл, продавец его заберёт",
        ReturnRequest.Received => "Продавец проверяет товар",
        ReturnRequest.MoneyReturned => "Деньги возвращены",
        ReturnRequest.CompensationReturned => "Часть денег возвращена, товар остаётся у вас",
        ReturnRequest.Rejected => "Продавец отказал в возврате",
        ReturnRequest.Disputed => "Открыт спор",
        ReturnRequest.Solved when request.ExchangePosting.Length == 0 => "Спор решён в вашу пользу",
        ReturnRequest.Cancelled => "Заявка закрыта",
        _ => "Товар обменяли",
    };
}
