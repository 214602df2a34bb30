using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>From the cart to the paid order. Each step is a page; a reload or a second click repeats nothing.</summary>
internal static class CartPages
{
    public const string WrongAddress = "Укажите улицу, дом и квартиру: от 5 до 300 знаков.";
    private const string FormName = "checkout";
    private const string SumChanged = "Сумма изменилась. Проверьте её и подтвердите заказ ещё раз.";

    public static void Map(RouteGroupBuilder shop)
    {
        shop.MapGet("cart", CartAsync);
        shop.MapPost("cart/add", AddAsync);
        shop.MapPost("cart", ChangeAsync);
        shop.MapGet("checkout", CheckoutAsync);
        shop.MapPost("checkout", BuyAsync);
        shop.MapGet("bought/{orderNumber}", BoughtAsync);
    }

    private static async Task<IResult> CartAsync(HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var items = await ShopBook.CartAsync(db, visitor.Shop.ClientId, visitor.Buyer.Id, http.RequestAborted);
        return ShopLayout.Page("Корзина", visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), CartViews.Cart(items), "cart");
    }

    private static async Task<IResult> AddAsync(HttpContext http, SandboxData data, ShopBook book)
    {
        var form = await ShopForm.ReadAsync(http, "add");
        await using var db = await data.OpenAsync(http.RequestAborted);
        var sku = form.Number("sku", 1, long.MaxValue, "");
        if (await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == sku, http.RequestAborted) is not { } product)
            return ShopPages.Missing();
        // A product tells its shop: a page that has lain open while the shop was changed still fills the right cart.
        var visitor = await Visitor.OfAsync(http, db, shop: product.ClientId);
        await book.PutAsync(product.ClientId, visitor.Buyer.Id, sku, pieces => pieces + 1, http.RequestAborted);
        return Results.Redirect("/sandbox/shop/cart");
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, SandboxData data, ShopBook book)
    {
        var form = await ShopForm.ReadAsync(http, "cart");
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var quantity = form.Number("quantity", 0, ShopBook.MostPieces, "");
        if (form.IsFine)
            await book.PutAsync(visitor.Shop.ClientId, visitor.Buyer.Id, form.Number("sku", 1, long.MaxValue, ""), _ => (int)quantity, http.RequestAborted);
        return Results.Redirect("/sandbox/shop/cart");
    }

    private static async Task<IResult> CheckoutAsync(HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        return await ShowAsync(http, db, data.Now, await Visitor.OfAsync(http, db), ShopForm.Blank(FormName), Guid.NewGuid().ToString());
    }

    /// <summary>Buys, or tells the sum again (<c>step=sum</c>), or tells what is missing.</summary>
    private static async Task<IResult> BuyAsync(HttpContext http, SandboxData data, ShopBook book)
    {
        var form = await ShopForm.ReadAsync(http, FormName);
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var key = Guid.TryParse(form.Text("key"), out var sent) ? sent.ToString() : Guid.NewGuid().ToString();
        if (form.Text("step") == "sum")
            return await ShowAsync(http, db, data.Now, visitor, form, key);
        if (await db.ShopOrders.AsNoTracking().SingleOrDefaultAsync(o => o.FormKey == key, http.RequestAborted) is { } bought)
        {
            if (bought.BuyerId == visitor.Buyer.Id)
                return Results.Redirect("/sandbox/shop/bought/" + bought.OrderNumber);
            // Sent before by another buyer at the same browser: for this one it is a form of its own.
            key = Guid.NewGuid().ToString();
        }
        var items = await ShopBook.CartAsync(db, visitor.Shop.ClientId, visitor.Buyer.Id, http.RequestAborted);
        var purchase = Read(form, key, items, visitor.Buyer);
        var agreed = long.TryParse(form.Text("total"), CultureInfo.InvariantCulture, out var total) ? total : -1;
        if (!form.IsFine)
            return await ShowAsync(http, db, data.Now, visitor, form, key);
        if (await book.BuyAsync(visitor.Shop.ClientId, visitor.Buyer.Id, purchase, agreed, http.RequestAborted) is { } number)
            return Results.Redirect("/sandbox/shop/bought/" + number);
        form.Reject("total", SumChanged);
        return await ShowAsync(http, db, data.Now, visitor, form, key);
    }

    /// <summary>The form as a purchase; what is missing or wrong is noted in it.</summary>
    private static Purchase Read(ShopForm form, string key, List<PostingItem> items, Buyer buyer)
    {
        var address = form.Text("address", 5, 300, WrongAddress);
        var scheme = form.Choice("carrier", ["FBS", "RFBS"], "Выберите, кто доставит заказ.");
        var speed = form.Choice("delivery", ["standard", "express"], "Выберите срок доставки.");
        var payment = form.Choice("payment", ["card", "wallet", "later"], "Выберите способ оплаты.");
        var (percent, points) = Rebates(form, items, buyer);
        return new Purchase(key, scheme, speed == "express", payment, address, percent > 0 ? form.Text("coupon").ToUpperInvariant() : "", points);
    }

    /// <summary>Discount and points as far as they hold; what does not hold is noted.</summary>
    private static (int Percent, long Points) Rebates(ShopForm form, List<PostingItem> items, Buyer buyer)
    {
        var percent = ShopPrices.PercentOf(form.Text("coupon"));
        if (percent is null)
            form.Reject("coupon", "Такого купона нет.");
        var sum = ShopPrices.Of(items, false, percent ?? 0, 0);
        var most = Math.Min(buyer.Points, ShopPrices.MostPoints(sum.Goods - sum.Discount));
        return (percent ?? 0, form.Number("points", 0, most, $"Можно списать целое число баллов, не больше {most}."));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, SandboxDb db, DateTime now, Visitor visitor, ShopForm form, string key)
    {
        var items = await ShopBook.CartAsync(db, visitor.Shop.ClientId, visitor.Buyer.Id, http.RequestAborted);
        if (items.Count == 0)
            return Results.Redirect("/sandbox/shop/cart");
        var last = await db.ShopOrders.Where(o => o.BuyerId == visitor.Buyer.Id).OrderByDescending(o => o.Id).Select(o => o.Address)
            .FirstOrDefaultAsync(http.RequestAborted) ?? "";
        var (percent, points) = Rebates(form, items, visitor.Buyer);
        var sum = ShopPrices.Of(items, form.Text("delivery") == "express", percent, points);
        var content = CartViews.Checkout(items, sum, form, key, visitor.Buyer, last, now);
        return ShopLayout.Page(
            "Оформление заказа", visitor, await ShopPages.PeopleAsync(db, visitor, now, http.RequestAborted), content, "cart");
    }

    private static async Task<IResult> BoughtAsync(string orderNumber, HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.ShopOrders.AsNoTracking().SingleOrDefaultAsync(o => o.OrderNumber == orderNumber, http.RequestAborted) is not { } order)
            return ShopPages.Missing();
        var visitor = await Visitor.OfAsync(http, db, order.ClientId, order.BuyerId);
        var posting = await db.Postings.AsNoTracking().Where(p => p.OrderNumber == orderNumber).OrderBy(p => p.Id).FirstOrDefaultAsync(http.RequestAborted);
        return ShopLayout.Page(
            "Спасибо за заказ", visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), CartViews.Bought(order, posting, visitor.Buyer), "orders");
    }
}
