using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws a conversation from the buyer's side.</summary>
internal static class ChatViews
{
    public static Html Subject(Product? product, string? postingNumber) =>
        postingNumber is not null ? Html.Of($"""Заказ <a href="/sandbox/shop/orders/{postingNumber}">{postingNumber}</a> · {product?.Name}""")
        : product is not null ? Html.Of($"""Товар <a href="/sandbox/shop/products/{product.Sku}">{product.Name}</a>""")
        : Html.Empty;

    /// <summary>The conversation on a page of its own.</summary>
    public static Html Chat(string shopName, Html subject, string action, Chat? chat, IReadOnlyList<ChatMessage> messages) => Box(
        Html.Of($"""<h1>Чат с продавцом «{shopName}»</h1><p class="meta">{subject}</p>"""), action, chat, messages);

    /// <summary>The conversation at the foot of a product or an order.</summary>
    public static Html Contact(string shopName, string action, Chat? chat, IReadOnlyList<ChatMessage> messages) => Box(
        Html.Of($"""<h2>Чат с продавцом «{shopName}»</h2>"""), action, chat, messages);

    /// <summary>The way to Ozon's support below a conversation, or that it has been called in.</summary>
    public static Html Support(string action, SupportCall? call, ShopForm form) => call is not null
        ? Html.Of($"""<p class="notice" role="status" data-testid="support-called">Поддержка Ozon подключена {ShopLayout.Moment(call.CalledAt)} мск и передала ваши слова продавцу.</p>""")
        : Html.Of($"""
            <section class="box help" aria-labelledby="help"><h2 id="help">Продавец не помог?</h2>
            <form method="post" action="{action}">
              <div class="field"><label for="{form.Id("words")}">Что случилось</label>
                <textarea {form.Field("words")} rows="2" maxlength="1000" data-testid="support-words">{form.Text("words")}</textarea>{form.Problem("words")}</div>
              <button class="button plain" data-testid="call-support">Позвать поддержку Ozon</button>
            </form></section>
            """);

    private static Html Box(Html header, string action, Chat? chat, IReadOnlyList<ChatMessage> messages) => Html.Of($"""
        <section class="chat" data-chat="{chat?.Id}">
          <header>{header}</header>
          <div class="log" role="log" aria-live="polite" aria-label="Переписка" tabindex="0" data-testid="storefront-message-list">{Messages(chat, messages)}</div>
          <form class="say" method="post" action="{action}" enctype="multipart/form-data">
            <label class="sr" for="text">Сообщение продавцу</label>
            <textarea id="text" name="text" rows="2" maxlength="1000" placeholder="Напишите продавцу" data-testid="storefront-message"></textarea>
            <div class="tools">
              <label class="attach"><span>Фото</span><input type="file" name="file" accept="image/*" data-testid="storefront-file"></label>
              <p class="problem" role="alert"></p>
              <button class="button" data-testid="storefront-send">Отправить</button>
            </div>
          </form>
        </section>
        """);

    public static Html Messages(Chat? chat, IReadOnlyList<ChatMessage> messages)
    {
        if (chat is null || messages.Count == 0)
            return Html.Of($"""<p class="empty">Продавец ответит в этом чате.</p>""");
        return Html.Join(messages.Select((message, i) => Html.Of($"""
            {(i == 0 || ShopLayout.Day(messages[i - 1].CreatedAt) != ShopLayout.Day(message.CreatedAt)
                ? Html.Of($"""<p class="day">{ShopLayout.Day(message.CreatedAt)}</p>""") : Html.Empty)}
            <div class="said {(message.Author == Author.Buyer ? "mine" : "theirs")}" data-author="{message.Author.ToString().ToLowerInvariant()}">
            <span class="sr">{(message.Author == Author.Buyer ? "Вы" : "Продавец")}:</span>
            {Body(message)}
            <span class="meta">{ShopLayout.Clock(message.CreatedAt)}{Receipt(chat, message)}</span></div>
            """)));
    }

    private static string Receipt(Chat chat, ChatMessage message) =>
        message.Author != Author.Buyer ? "" : message.Id <= chat.SellerReadThrough ? " · прочитано" : " · отправлено";

    private static Html Body(ChatMessage message)
    {
        if (message.FilePath is null)
            return Html.Of($"""<p class="text">{message.Text}</p>""");
        var address = "/sandbox/shop/files/" + message.FilePath;
        if (!message.IsImage)
            return Html.Of($"""<p><a href="{address}" download>{message.FileName}</a></p>""");
        // The sender sees his picture at once; the other side sees it when the moderator has let it through.
        return message.Author != Author.Buyer && message.Moderation != "SUCCESS"
            ? Html.Of($"""<p class="text">{(message.Moderation == "FAILED" ? "Фото не прошло проверку" : "Фото проверяется")}</p>""")
            : Html.Of($"""<p><img src="{address}" alt="Фото: {message.FileName}"></p>""");
    }
}
