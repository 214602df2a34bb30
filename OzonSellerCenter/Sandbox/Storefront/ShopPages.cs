using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer's side of the demo: products to find and to buy, each with a way to the seller.</summary>
internal static class ShopPages
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var shop = endpoints.MapGroup("/sandbox/shop").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        shop.MapGet("", ProductsAsync);
        shop.MapGet("products/{sku:long}", ProductAsync);
        shop.MapGet("pictures/{sku:long}.svg", PictureAsync);
        shop.MapGet("icon.svg", () => Results.Content(ShopPictures.Icon.ToString(), "image/svg+xml; charset=utf-8"));
        shop.MapGet("shop.css", () => Asset("shop.css", "text/css"));
        shop.MapGet("shop.js", () => Asset("shop.js", "text/javascript"));
        CartPages.Map(shop);
        OrderPages.Map(shop);
        RatingPages.Map(shop);
        ReturnPages.Map(shop);
        ComplaintPages.Map(shop);
        ChatPages.Map(shop);
    }

    /// <summary>Everybody the frame lets one choose from, and what it tells of the visitor.</summary>
    public static async Task<ShopPeople> PeopleAsync(SandboxDb db, Visitor visitor, DateTime now, CancellationToken cancel, string wanted = "") => new(
        await db.Accounts.AsNoTracking().OrderBy(a => a.ClientId).ToListAsync(cancel),
        await db.Buyers.AsNoTracking().OrderBy(b => b.Name).ToListAsync(cancel),
        now,
        await db.CartLines.Where(l => l.ClientId == visitor.Shop.ClientId && l.BuyerId == visitor.Buyer.Id).SumAsync(l => l.Quantity, cancel),
        wanted);

    public static IResult Missing() => Results.Content("Такой страницы на витрине нет.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> ProductsAsync(HttpContext http, SandboxData data, string? q)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var wanted = (q ?? "").Trim();
        var products = await db.Products.AsNoTracking().Where(p => p.ClientId == visitor.Shop.ClientId).OrderBy(p => p.Sku).ToListAsync(http.RequestAborted);
        var stars = await db.Reviews.Where(r => r.ClientId == visitor.Shop.ClientId).GroupBy(r => r.Sku)
            .Select(g => new { g.Key, Average = g.Average(r => r.Rating), Count = g.Count() }).ToDictionaryAsync(g => g.Key, http.RequestAborted);
        var found = products.Where(p => Fits(p, wanted)).ToList();
        var content = Html.Of($"""
            <h1>{(wanted.Length == 0 ? $"Товары магазина «{visitor.Shop.Name}»" : $"Найдено по запросу «{wanted}»: {found.Count}")}</h1>
            {(found.Count == 0 ? Html.Of($"""<p>Ничего не нашлось. <a href="/sandbox/shop">Посмотреть все товары</a></p>""") : Html.Empty)}
            <ul class="grid">{found.Select(p => ShopViews.Card(p, stars.GetValueOrDefault(p.Sku)?.Average, stars.GetValueOrDefault(p.Sku)?.Count ?? 0))}</ul>
            """);
        return ShopLayout.Page("Товары", visitor, await PeopleAsync(db, visitor, data.Now, http.RequestAborted, wanted), content, "products");
    }

    /// <summary>Whether every word is found somewhere in what is known of the product.</summary>
    private static bool Fits(Product product, string wanted)
    {
        var known = Folded($"{product.Name} {product.Description} {product.Colour} {product.OfferId} {product.Sku}");
        return Folded(wanted).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word => known.Contains(word, StringComparison.Ordinal));
    }

    // Russians type е for ё.
    private static string Folded(string text) => text.ToLowerInvariant().Replace('ё', 'е');

    private static async Task<IResult> ProductAsync(long sku, HttpContext http, SandboxData data, ChatBook book)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var product = await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == sku, http.RequestAborted);
        if (product is null)
            return Missing();
        var visitor = await Visitor.OfAsync(http, db, shop: product.ClientId);
        var reviews = await (
            from review in db.Reviews
            join buyer in db.Buyers on review.BuyerId equals buyer.Id
            where review.Sku == sku
            orderby review.WrittenAt descending
            select new ShownReview(buyer.Name, review.Rating, review.Text, review.WrittenAt, review.Photos.Select(p => p.Path).ToList()))
            .Take(20).ToListAsync(http.RequestAborted);
        var contact = await ChatPages.ContactAsync(db, book, visitor, sku, null, http.RequestAborted);
        var content = ShopViews.Product(product, reviews, contact);
        return ShopLayout.Page(product.Name, visitor, await PeopleAsync(db, visitor, data.Now, http.RequestAborted), content, "products");
    }

    private static async Task<IResult> PictureAsync(long sku, HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var product = await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == sku, http.RequestAborted);
        if (product is null)
            return Missing();
        http.Response.Headers.CacheControl = "max-age=3600";
        return Results.Content(ShopPictures.Svg(product).ToString(), "image/svg+xml; charset=utf-8");
    }

    private static IResult Asset(string name, string type) => Results.Stream(
        Assembly.GetExecutingAssembly().GetManifestResourceStream("OzonSellerCenter.Sandbox.Storefront." + name)!, type + "; charset=utf-8");
}

/// <summary>A review as the product's page shows it.</summary>
internal sealed record ShownReview(string Name, int Rating, string Text, DateTime At, IReadOnlyList<string> Photos);
