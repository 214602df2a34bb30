using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws complaints: the form on the order's page, that on a rejected return, and the complaint's own page.</summary>
internal static class ComplaintViews
{
    public const string FormOfOrder = "complaint";
    public const string FormOfContest = "contest";
    public const string FormOfAnswer = "answer";
    public const string FormOfAppeal = "appeal";

    /// <summary>The complaints of an order, and the form for one more.</summary>
    public static Html OfOrder(ShownOrder shown, ShopForm? sent)
    {
        var posting = shown.Posting;
        // As ComplaintBook allows it: what was handed over, and one at a time.
        var mayComplain = (posting.DeliveredAt ?? posting.HandedOverAt) is not null && !shown.Complaints.Any(c => c is { IsOpen: true, Kind: Complaint.ByBuyer });
        return !mayComplain && shown.Complaints.Count == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="complaints"><h2 id="complaints">Жалобы</h2>
            {(shown.Complaints.Count == 0 ? Html.Empty : Html.Of($"""<ul class="rows">{shown.Complaints.Select(Row)}</ul>"""))}
            {(mayComplain ? Complain(posting, ShopForm.Of(sent, FormOfOrder)) : Html.Empty)}
            </section>
            """);
    }

    private static Html Row(Complaint complaint) => Html.Of($"""
        <li><a href="/sandbox/shop/complaints/{complaint.Id}"><strong>{TitleOf(complaint)}</strong></a>
        <p class="meta">{StateOf(complaint)} · {ShopLayout.Roubles(complaint.Amount)}</p></li>
        """);

    private static Html Complain(Posting posting, ShopForm form) => Html.Of($"""
        <details {(form.IsFine ? Html.Empty : Html.Of($"open"))}>
        <summary class="button plain" data-testid="complain">Пожаловаться</summary>
        <form class="box" method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/complain" enctype="multipart/form-data">
          <div class="field"><label for="{form.Id("topic")}">Что не так</label>
            <select {form.Field("topic")} data-testid="complaint-topic">{ComplaintTopic.All.Select(t => Html.Of($"""<option value="{t.Id}" {(t.Id == form.Text("topic") ? Html.Of($"selected") : Html.Empty)}>{t.Name}</option>"""))}</select>{form.Problem("topic")}</div>
          <div class="field"><label for="{form.Id("words")}">Что случилось</label>
            <textarea {form.Field("words")} rows="3" maxlength="{ComplaintPages.LongestText}" required data-testid="complaint-words">{form.Text("words")}</textarea>{form.Problem("words")}</div>
          <div class="field"><label for="{form.Id("amount")}">Сколько вернуть, ₽ (пусто: всё, {ShopLayout.Roubles(posting.Price)})</label>
            <input {form.Field("amount")} value="{form.Text("amount")}" inputmode="decimal" maxlength="12" data-testid="complaint-amount">{form.Problem("amount")}</div>
          {Photos(form)}
          <button class="button" data-testid="complaint-send">Отправить жалобу</button>
        </form></details>
        """);

    private static Html Photos(ShopForm form) => Html.Of($"""
        <div class="field"><label for="{form.Id("photos")}">Фото (до {RatingPages.MostPhotos}, не обязательно)</label>
          <input type="file" {form.Field("photos")} accept="image/*" multiple data-testid="complaint-photos">{form.Problem("photos")}</div>
        """);

    /// <summary>The way on for a buyer who was turned down.</summary>
    public static Html Contest(ReturnRequest request, Complaint? contested, DateTime now, ShopForm? sent)
    {
        if (contested is not null)
            return Html.Of($"""<p class="notice" data-testid="contest-note">Вы оспорили отказ: <a href="/sandbox/shop/complaints/{contested.Id}">{StateOf(contested)}</a></p>""");
        var until = request.StateAt + Complaint.ContestedWithin;
        if (request is not { State: ReturnRequest.Rejected, Type: ReturnRequest.ByBuyer } || now >= until)
            return Html.Empty;
        var form = ShopForm.Of(sent, FormOfContest);
        return Html.Of($"""
            <form class="box" method="post" action="/sandbox/shop/returns/{request.Id}/contest" enctype="multipart/form-data">
              <p>Не согласны с отказом? Оспорьте его до {ShopLayout.Moment(until)} мск, спор рассмотрят за 3 дня.</p>
              <div class="field"><label for="{form.Id("words")}">Почему отказ неверный</label>
                <textarea {form.Field("words")} rows="3" maxlength="{ComplaintPages.LongestText}" required data-testid="contest-words">{form.Text("words")}</textarea>{form.Problem("words")}</div>
              {Photos(form)}
              <button class="button" data-testid="contest-return">Оспорить решение</button>
            </form>
            """);
    }

    /// <summary>The page of a complaint.</summary>
    /// <param name="complaint">With its photos.</param>
    /// <param name="said">What the seller has written to the buyer since.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="sent">A form that was refused.</param>
    /// <param name="notice">Why something could not be done.</param>
    public static Html Page(Complaint complaint, IReadOnlyList<ChatMessage> said, DateTime now, ShopForm? sent, string? notice) => Html.Of($"""
        {(notice is null ? Html.Empty : Html.Of($"""<p class="notice bad" role="alert">{notice}</p>"""))}
        <h1>{TitleOf(complaint)}</h1>
        <p class="state" data-testid="complaint-state">{StateOf(complaint)}</p>
        {(complaint.Question is { } question ? Words(complaint, ShopForm.Of(sent, FormOfAnswer), "Вас спрашивают: " + question.Text, "Ответить") : Html.Empty)}
        {(complaint.CanBeAppealed(now) ? Words(complaint, ShopForm.Of(sent, FormOfAppeal), $"Не согласны? Решение можно обжаловать до {ShopLayout.Moment(complaint.Decision!.At + Complaint.AppealedWithin)} мск.", "Обжаловать") : Html.Empty)}
        <dl class="facts">
          <dt>Товар</dt><dd>{complaint.Name}</dd>
          <dt>Заказ</dt><dd><a href="/sandbox/shop/orders/{complaint.PostingNumber}">{complaint.PostingNumber}</a></dd>
          <dt>Сумма</dt><dd>{ShopLayout.Roubles(complaint.Amount)}</dd>
          <dt>Подана</dt><dd>{ShopLayout.Moment(complaint.OpenedAt)} мск</dd>
        </dl>
        <p class="words">{complaint.Words}</p>
        {(complaint.Photos.Count == 0 ? Html.Empty : Html.Of($"""<p class="photos">{complaint.Photos.Select(p => Html.Of($"""<a href="/sandbox/shop/complaint-photos/{p.Path}"><img src="/sandbox/shop/complaint-photos/{p.Path}" alt="Фото к жалобе" width="96" height="96"></a>"""))}</p>"""))}
        {History(complaint, said)}
        {(complaint.CanBeWithdrawn ? Html.Of($"""<form method="post" action="/sandbox/shop/complaints/{complaint.Id}/withdraw"><button class="button plain" data-testid="complaint-withdraw">Отозвать жалобу</button></form>""") : Html.Empty)}
        """);

    private static Html Words(Complaint complaint, ShopForm form, string text, string button) => Html.Of($"""
        <form class="box" method="post" action="/sandbox/shop/complaints/{complaint.Id}/{form.Name}">
          <p class="words">{text}</p>
          <div class="field"><label for="{form.Id("words")}">Ваши слова</label>
            <textarea {form.Field("words")} rows="3" maxlength="{ComplaintPages.LongestText}" required data-testid="complaint-{form.Name}-words">{form.Text("words")}</textarea>{form.Problem("words")}</div>
          <button class="button" data-testid="complaint-{form.Name}">{button}</button>
        </form>
        """);

    private static Html History(Complaint complaint, IReadOnlyList<ChatMessage> said)
    {
        var all = complaint.Entries.Select(e => (e.At, Title: TitleOf(complaint, e), e.Text)).Concat(said.Select(m => (At: m.CreatedAt, Title: "Продавец в чате", m.Text))).OrderBy(e => e.At).ToList();
        return all.Count == 0 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="story"><h2 id="story">Как идёт дело</h2>
            <ul class="rows" data-testid="complaint-story">{all.Select(e => Html.Of($"""<li><strong>{e.Title}</strong> <span class="meta">{ShopLayout.Moment(e.At)} мск</span><p class="words">{e.Text}</p></li>"""))}</ul></section>
            """);
    }

    private static string TitleOf(Complaint complaint, ComplaintEntry entry) => entry.Type switch
    {
        ComplaintEntry.Question => "Вопрос вам",
        ComplaintEntry.Answer => "Ваш ответ",
        ComplaintEntry.Appeal => "Вы обжаловали решение",
        ComplaintEntry.OzonCalled => "Вы позвали поддержку Ozon",
        ComplaintEntry.Withdrawal => "Вы отозвали жалобу",
        ComplaintEntry.Settlement => "Вы договорились с продавцом",
        _ => DecisionOf(complaint, entry),
    };

    private static string DecisionOf(Complaint complaint, ComplaintEntry decision) => decision.Outcome switch
    {
        Complaint.ForSeller => "Решение в пользу продавца",
        Complaint.ForBuyer when complaint.Kind == Complaint.Withholding => "Решение в вашу пользу",
        Complaint.ForBuyer => $"Решение в вашу пользу: {ShopLayout.Roubles(decision.Amount)}",
        _ => $"Решение: вам вернут {ShopLayout.Roubles(decision.Amount)}",
    };

    private static string TitleOf(Complaint complaint) => complaint.Kind switch
    {
        Complaint.ReturnContested => "Спор об отказе в возврате",
        Complaint.Withholding => "Не хватает товара",
        _ => "Жалоба: " + ComplaintTopic.All.First(t => t.Id == complaint.Topic).Name.ToLowerInvariant(),
    };

    private static string StateOf(Complaint complaint) => complaint.State switch
    {
        Complaint.Open when complaint.Kind == Complaint.Withholding => "Деньги вам вернул Ozon",
        Complaint.Open when complaint.Question is not null => "Ждёт вашего ответа",
        Complaint.Open => "Рассматривается",
        Complaint.Withdrawn => "Отозвана",
        Complaint.Settled => "Вы договорились с продавцом",
        Complaint.Lapsed => "Деньги вам вернул Ozon",
        _ => DecisionOf(complaint, complaint.Decision!),
    };
}
