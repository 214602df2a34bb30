using System.Globalization;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The frame of every page: whose shop it is, who one is, where one can go.</summary>
internal static class ShopLayout
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");

    public static IResult Page(string title, Visitor visitor, ShopPeople people, Html content, string area, int status = StatusCodes.Status200OK) => Results.Content(Html.Of($"""
        <!doctype html>
        <html lang="ru">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title} · {visitor.Shop.Name}</title>
        <link rel="icon" href="/sandbox/shop/icon.svg">
        <link rel="stylesheet" href="/sandbox/shop/shop.css">
        <script src="/sandbox/shop/shop.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">К содержанию</a>
        <p class="demo">Песочница: витрина глазами покупателя. Время магазина — {Moment(people.Now)} мск</p>
        <header class="top">
          <a class="brand" href="/sandbox/shop">{visitor.Shop.Name}</a>
          <form class="find" role="search" method="get" action="/sandbox/shop">
            <label class="sr" for="find">Поиск товаров</label>
            <input id="find" type="search" name="q" value="{people.Wanted}" maxlength="100" placeholder="Найти товар" data-testid="shop-search">
            <button>Найти</button>
          </form>
          <nav aria-label="Разделы">
            {Link("/sandbox/shop", "Товары", area == "products")}
            {Link("/sandbox/shop/orders", "Мои заказы", area == "orders")}
            {Link("/sandbox/shop/chats", "Сообщения", area == "chats")}
            <a href="/sandbox/shop/cart" data-testid="cart" {(area == "cart" ? Html.Of($"aria-current=\"page\"") : Html.Empty)}>Корзина{(people.InCart == 0 ? Html.Empty : Html.Of($" <span class=\"count\">{people.InCart}<span class=\"sr\"> шт.</span></span>"))}</a>
          </nav>
          <form class="who" method="get" action="/sandbox/shop">
            <label>Магазин
              <select name="shop">{people.Shops.Select(s => Option(s.ClientId, $"{s.Name} · {s.ClientId}", s.ClientId == visitor.Shop.ClientId))}</select></label>
            <label>Покупатель
              <select name="buyer">{people.Buyers.Select(b => Option(b.Id, b.Name, b.Id == visitor.Buyer.Id))}</select></label>
            <button>Сменить</button>
          </form>
        </header>
        <main id="main" tabindex="-1">
        {content}
        </main>
        <footer>Продавец: {visitor.Shop.LegalName} · кабинет {visitor.Shop.ClientId} · вы — {visitor.Buyer.Name}</footer>
        </body>
        </html>
        """).ToString(), "text/html; charset=utf-8", statusCode: status);

    /// <summary>Kopecks only where there are any, and a space that does not break.</summary>
    public static string Roubles(long kopecks) => (kopecks / 100m).ToString(kopecks % 100 == 0 ? "#,0" : "#,0.00", Russian).Replace(' ', '\u00a0').Replace('\u202f', '\u00a0') + "\u00a0₽";

    /// <summary>The seller's day is Moscow's, which has been UTC+3 all year round since 2014.</summary>
    public static string Moment(DateTime at) => at.AddHours(3).ToString("d MMM, HH:mm", Russian);

    public static string Clock(DateTime at) => at.AddHours(3).ToString("HH:mm", Russian);

    public static string Day(DateTime at) => at.AddHours(3).ToString("d MMMM", Russian);

    private static Html Link(string href, string text, bool here) =>
        here ? Html.Of($"""<a href="{href}" aria-current="page">{text}</a>""") : Html.Of($"""<a href="{href}">{text}</a>""");

    private static Html Option(long value, string text, bool chosen) =>
        chosen ? Html.Of($"""<option value="{value}" selected>{text}</option>""") : Html.Of($"""<option value="{value}">{text}</option>""");
}

/// <summary>What the frame needs to offer: the shops, the buyers, the time, how many things lie in the cart, and what is searched for.</summary>
internal sealed record ShopPeople(IReadOnlyList<SellerAccount> Shops, IReadOnlyList<Buyer> Buyers, DateTime Now, int InCart, string Wanted);
