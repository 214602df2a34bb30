using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer's side of the demo: products and orders, each with a way to the seller.</summary>
internal static class ShopPages
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var shop = endpoints.MapGroup("/sandbox/shop").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        shop.MapGet("", ProductsAsync);
        shop.MapGet("products/{sku:long}", ProductAsync);
        shop.MapGet("orders", OrdersAsync);
        shop.MapGet("orders/{postingNumber}", OrderAsync);
        shop.MapGet("pictures/{sku:long}.svg", PictureAsync);
        shop.MapGet("icon.svg", () => Results.Content(ShopPictures.Icon.ToString(), "image/svg+xml; charset=utf-8"));
        shop.MapGet("shop.css", () => Asset("shop.css", "text/css"));
        shop.MapGet("shop.js", () => Asset("shop.js", "text/javascript"));
        ChatPages.Map(shop);
    }

    /// <summary>Everybody the frame lets one choose from.</summary>
    public static async Task<ShopPeople> PeopleAsync(SandboxDb db, DateTime now, CancellationToken cancel) => new(
        await db.Accounts.AsNoTracking().OrderBy(a => a.ClientId).ToListAsync(cancel),
        await db.Buyers.AsNoTracking().OrderBy(b => b.Name).ToListAsync(cancel),
        now);

    public static IResult Missing() => Results.Content("Такой страницы на витрине нет.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> ProductsAsync(HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var products = await db.Products.AsNoTracking().Where(p => p.ClientId == visitor.Shop.ClientId).OrderBy(p => p.Sku).ToListAsync(http.RequestAborted);
        var stars = await db.Reviews.Where(r => r.ClientId == visitor.Shop.ClientId).GroupBy(r => r.Sku)
            .Select(g => new { g.Key, Average = g.Average(r => r.Rating), Count = g.Count() }).ToDictionaryAsync(g => g.Key, http.RequestAborted);
        var content = Html.Of($"""
            <h1>Товары магазина «{visitor.Shop.Name}»</h1>
            <ul class="grid">{products.Select(p => ShopViews.Card(p, stars.GetValueOrDefault(p.Sku)?.Average, stars.GetValueOrDefault(p.Sku)?.Count ?? 0))}</ul>
            """);
        return ShopLayout.Page("Товары", visitor, await PeopleAsync(db, data.Now, http.RequestAborted), content, "products");
    }

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
            select new { buyer.Name, review.Rating, review.Text, review.WrittenAt }).Take(20).ToListAsync(http.RequestAborted);
        var contact = await ChatPages.ContactAsync(db, book, visitor, sku, null, http.RequestAborted);
        var content = ShopViews.Product(product, reviews.Select(r => (r.Name, r.Rating, r.Text, r.WrittenAt)), contact);
        return ShopLayout.Page(product.Name, visitor, await PeopleAsync(db, data.Now, http.RequestAborted), content, "products");
    }

    private static async Task<IResult> OrdersAsync(HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var orders = await db.Postings.AsNoTracking().Where(p => p.ClientId == visitor.Shop.ClientId && p.BuyerId == visitor.Buyer.Id)
            .OrderByDescending(p => p.InProcessAt).ToListAsync(http.RequestAborted);
        return ShopLayout.Page(
            "Мои заказы", visitor, await PeopleAsync(db, data.Now, http.RequestAborted), ShopViews.Orders(orders), "orders");
    }

    private static async Task<IResult> OrderAsync(string postingNumber, HttpContext http, SandboxData data, ChatBook book)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == postingNumber, http.RequestAborted);
        if (posting is null)
            return Missing();
        var visitor = await Visitor.OfAsync(http, db, posting.ClientId, posting.BuyerId);
        var contact = await ChatPages.ContactAsync(db, book, visitor, null, postingNumber, http.RequestAborted);
        return ShopLayout.Page(
            "Заказ " + posting.OrderNumber, visitor, await PeopleAsync(db, data.Now, http.RequestAborted), ShopViews.Order(posting, contact), "orders");
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
