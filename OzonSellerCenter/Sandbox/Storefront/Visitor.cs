using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Whose eyes the storefront is seen with: one of the demo buyers, in one of the shops. Kept in two cookies.</summary>
internal sealed record Visitor(SellerAccount Shop, Buyer Buyer)
{
    private const string ShopCookie = "sandbox-shop";
    private const string BuyerCookie = "sandbox-buyer";

    /// <summary>From the address (<c>?shop=</c>, <c>?buyer=</c>), else from the cookies, else the first of each.</summary>
    /// <remarks>
    /// A page that belongs to somebody, an order or a chat, names him: whoever opens its address becomes that buyer. Nothing is
    /// secret in a demo, and a link can be passed on.
    /// </remarks>
    public static async Task<Visitor> OfAsync(HttpContext http, SandboxDb db, long? shop = null, long? buyer = null)
    {
        var cancel = http.RequestAborted;
        var clientId = shop ?? Asked(http, "shop", ShopCookie);
        var buyerId = buyer ?? Asked(http, "buyer", BuyerCookie);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.ClientId == clientId, cancel)
            ?? await db.Accounts.AsNoTracking().OrderBy(a => a.ClientId).FirstAsync(cancel);
        var person = await db.Buyers.AsNoTracking().SingleOrDefaultAsync(b => b.Id == buyerId, cancel)
            ?? await db.Buyers.AsNoTracking().OrderBy(b => b.Id).FirstAsync(cancel);
        var cookie = new CookieOptions { Path = "/sandbox/shop", HttpOnly = true, SameSite = SameSiteMode.Strict };
        http.Response.Cookies.Append(ShopCookie, account.ClientId.ToString(CultureInfo.InvariantCulture), cookie);
        http.Response.Cookies.Append(BuyerCookie, person.Id.ToString(CultureInfo.InvariantCulture), cookie);
        return new Visitor(account, person);
    }

    private static long? Asked(HttpContext http, string query, string cookie) =>
        long.TryParse(http.Request.Query[query], CultureInfo.InvariantCulture, out var asked) ? asked
        : long.TryParse(http.Request.Cookies[cookie], CultureInfo.InvariantCulture, out var kept) ? kept
        : null;
}
