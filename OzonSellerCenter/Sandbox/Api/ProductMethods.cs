using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;
using OzonSellerCenter.Sandbox.Storefront;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Products and their categories: /v3/product/info/list, /v1/description-category/tree.</summary>
internal sealed class ProductMethods(SandboxData data, Wire wire)
{
    /// <summary>Where the pictures lie. As with Ozon they are public: no key is asked for.</summary>
    public const string Pictures = "/s3/multimedia-1/";

    private const int MostProducts = 1000;

    public IEnumerable<ApiMethod> All =>
    [
        new("/v3/product/info/list", "GetProductInfoListRequest", InfoAsync),
        new("/v1/description-category/tree", "GetTreeRequest", TreeAsync),
    ];

    /// <summary>Sends the picture at that address below <see cref="Pictures"/>.</summary>
    public async Task SendPictureAsync(HttpContext http, string path)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var product = long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var sku) && path == FileName(sku)
            ? await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == sku, http.RequestAborted)
            : null;
        if (product is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var png = ShopPictures.Png(product);
        http.Response.ContentType = "image/png";
        http.Response.ContentLength = png.Length;
        http.Response.Headers.CacheControl = "max-age=3600";
        await http.Response.Body.WriteAsync(png, http.RequestAborted);
    }

    private async Task<ApiAnswer> InfoAsync(ApiCall call)
    {
        var (skus, offers, ids) = (Numbers(call.Body, "sku"), call.Body.Texts("offer_id"), Numbers(call.Body, "product_id"));
        if (skus.Count + offers.Count + ids.Count is 0 or > MostProducts)
            call.Body.Reject("sku", $"offer_id, product_id and sku together must contain between 1 and {MostProducts} items, inclusive");
        if (call.Body.Problem is { } problem)
            return problem;
        var wanted = ids.Select(SkuOf).Concat(skus).ToList();
        await using var db = await data.OpenAsync(call.Cancel);
        var products = await db.Products.AsNoTracking()
            .Where(p => p.ClientId == call.ClientId && (wanted.Contains(p.Sku) || offers.Contains(p.OfferId))).OrderBy(p => p.Sku).ToListAsync(call.Cancel);
        return ApiAnswer.Ok(new JsonObject { ["items"] = new JsonArray([.. products.Select(Json)]) });
    }

    private JsonObject Json(Product product)
    {
        var category = ShopCategories.Of(product.Category);
        return new JsonObject
        {
            ["id"] = IdOf(product.Sku),
            ["name"] = product.Name,
            ["offer_id"] = product.OfferId,
            ["sku"] = product.Sku,
            ["sources"] = new JsonArray(new JsonObject { ["sku"] = product.Sku, ["source"] = "sds" }),
            ["description_category_id"] = category.Id,
            ["type_id"] = category.TypeId,
            ["currency_code"] = "RUB",
            ["price"] = Wire.Money(product.Price),
            ["old_price"] = product.OldPrice == product.Price ? "" : Wire.Money(product.OldPrice),
            ["primary_image"] = new JsonArray($"{wire.BaseAddress}{Pictures}{FileName(product.Sku)}"),
            ["images"] = new JsonArray(),
            ["is_archived"] = false,
        };
    }

    private static Task<ApiAnswer> TreeAsync(ApiCall call) => Task.FromResult(call.Body.Problem ?? ApiAnswer.Ok(new JsonObject
    {
        ["result"] = new JsonArray([.. ShopCategories.All.GroupBy(c => (c.RootId, c.Root)).Select(root => Category(
            root.Key.RootId, root.Key.Root, root.GroupBy(c => (c.Id, c.Name)).Select(name => Category(
                name.Key.Id, name.Key.Name, name.Select(c => new JsonObject
                {
                    ["type_id"] = c.TypeId,
                    ["type_name"] = c.Type,
                    ["disabled"] = false,
                    ["children"] = new JsonArray(),
                })))))]),
    }));

    private static JsonObject Category(long id, string name, IEnumerable<JsonObject> children) => new()
    {
        ["description_category_id"] = id,
        ["category_name"] = name,
        ["disabled"] = false,
        ["children"] = new JsonArray([.. children]),
    };

    private static List<long> Numbers(RequestBody body, string field)
    {
        List<long> numbers = [];
        foreach (var text in body.Texts(field))
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                body.Reject(field, "value must be a number");
        }
        return numbers;
    }

    // Ozon numbers the seller's product apart from what is sold.
    private static long IdOf(long sku) => sku - 1_500_000_000;

    private static long SkuOf(long id) => id + 1_500_000_000;

    private static string FileName(long sku) => string.Create(CultureInfo.InvariantCulture, $"{sku}.png");
}
