using System.Globalization;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws products.</summary>
internal static class ShopViews
{
    public static Html Card(Product product, double? stars, int count) => Html.Of($"""
        <li><a class="card" href="/sandbox/shop/products/{product.Sku}">
          <img src="/sandbox/shop/pictures/{product.Sku}.svg" alt="" width="240" height="240" loading="lazy">
          <span class="price">{ShopLayout.Roubles(product.Price)} {Before(product)}</span>
          <span class="name">{product.Name}</span>
          <span class="stars">{(stars is { } s ? $"★ {s.ToString("0.0", CultureInfo.GetCultureInfo("ru-RU"))} · отзывов: {count}" : "отзывов пока нет")}</span>
        </a></li>
        """);

    public static Html Product(Product product, IEnumerable<ShownReview> reviews, Html contact) => Html.Of($"""
        <article class="product">
          <img src="/sandbox/shop/pictures/{product.Sku}.svg" alt="" width="480" height="480">
          <div>
            <h1>{product.Name}</h1>
            <p class="meta">Цвет: {product.Colour} · артикул {product.OfferId} · код товара {product.Sku}</p>
            <p class="price big">{ShopLayout.Roubles(product.Price)} {Before(product)}</p>
            <p>{product.Description}</p>
            <div class="deeds">
              <form method="post" action="/sandbox/shop/cart/add"><input type="hidden" name="sku" value="{product.Sku}"><button class="button" data-testid="shop-add">В корзину</button></form>
              <a class="button plain" data-testid="storefront-contact" href="#text">Связаться с продавцом</a>
            </div>
          </div>
        </article>
        {contact}
        <section aria-labelledby="reviews"><h2 id="reviews">Отзывы</h2>
        <ul class="rows">{reviews.Select(r => Html.Of($"""
            <li>{Stars(r.Rating)} <strong>{r.Name}</strong> <span class="meta">{ShopLayout.Day(r.At)}</span><p class="said">{(r.Text.Length == 0 ? "Без текста" : r.Text)}</p>{Photos(r.Photos)}</li>
            """)).DefaultIfEmpty(Html.Of($"<li>Отзывов пока нет.</li>"))}</ul></section>
        """);

    public static Html Stars(int rating) => Html.Of(
        $"""<span class="stars"><span aria-hidden="true">{new string('★', rating)}{new string('☆', 5 - rating)}</span><span class="sr">Оценка {rating} из 5</span></span>""");

    public static Html Photos(IReadOnlyList<string> paths) => paths.Count == 0 ? Html.Empty : Html.Of(
        $"""<p class="photos">{paths.Select(p => Html.Of($"""<a href="/sandbox/shop/photos/{p}"><img src="/sandbox/shop/photos/{p}" alt="Фото покупателя" width="96" height="96" loading="lazy"></a>"""))}</p>""");

    private static Html Before(Product product) =>
        product.OldPrice > product.Price ? Html.Of($"<s><span class=\"sr\">вместо </span>{ShopLayout.Roubles(product.OldPrice)}</s>") : Html.Empty;
}
