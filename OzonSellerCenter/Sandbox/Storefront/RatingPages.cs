using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>What the buyer thinks of what he got, and of the seller's work: each said once, and after he has it.</summary>
internal static class RatingPages
{
    public const int LongestText = 1000;
    public const int MostPhotos = 5;

    // Together below the 30 MB that the server takes at once.
    private const long LargestPhoto = 5 * 1024 * 1024;

    public static void Map(RouteGroupBuilder shop)
    {
        shop.MapPost("orders/{number}/rate/{sku:long}", RateAsync);
        shop.MapPost("orders/{number}/rate-service", RateServiceAsync);
        shop.MapGet("photos/{path}", PhotoAsync);
    }

    private static async Task<IResult> RateAsync(string number, long sku, HttpContext http, SandboxData data, RatingBook ratings, ChatBook book)
    {
        var form = await ShopForm.ReadAsync(http, RatingViews.FormOf(sku));
        var rating = form.Choice("rating", ["1", "2", "3", "4", "5"], "Поставьте от одной до пяти звёзд.");
        var text = form.Text("text", 0, LongestText, $"Не больше {LongestText} знаков.");
        var photos = await PhotosAsync(form, http.RequestAborted);
        if (!form.IsFine)
            return await OrderPages.ShowAsync(number, http, data, book, form);
        return await DoneAsync(await ratings.RateAsync(number, sku, int.Parse(rating, null), text, photos, http.RequestAborted), number, http, data, book);
    }

    /// <summary>The pictures that were sent with the form, noted in it when they are too many, too large or none.</summary>
    public static async Task<List<NewFile>> PhotosAsync(ShopForm form, CancellationToken cancel)
    {
        List<NewFile> photos = [];
        foreach (var sent in form.Files.GetFiles("photos").Where(f => f.Length > 0))
        {
            if (photos.Count == MostPhotos || sent.Length > LargestPhoto)
            {
                form.Reject("photos", $"Не больше {MostPhotos} фото, каждое до 5 МБ.");
                break;
            }
            using var bytes = new MemoryStream();
            await sent.CopyToAsync(bytes, cancel);
            photos.Add(new NewFile(Path.GetFileName(sent.FileName), bytes.ToArray()));
            if (!photos[^1].IsImage)
                form.Reject("photos", "Приложите фото: JPG, PNG, GIF или WEBP.");
        }
        return photos;
    }

    private static async Task<IResult> RateServiceAsync(string number, HttpContext http, SandboxData data, RatingBook ratings, ChatBook book)
    {
        var form = await ShopForm.ReadAsync(http, RatingViews.ServiceForm);
        var marks = RatingViews.ServiceFields.Select(f => form.Choice(f.Field, ["1", "2", "3", "4", "5"], "Поставьте оценку от 1 до 5.")).ToList();
        if (!form.IsFine)
            return await OrderPages.ShowAsync(number, http, data, book, form);
        var (speed, packing, service) = (int.Parse(marks[0], null), int.Parse(marks[1], null), int.Parse(marks[2], null));
        return await DoneAsync(await ratings.RateServiceAsync(number, speed, packing, service, http.RequestAborted), number, http, data, book);
    }

    private static async Task<IResult> DoneAsync(string? fault, string number, HttpContext http, SandboxData data, ChatBook book) => fault switch
    {
        null => Results.Redirect("/sandbox/shop/orders/" + number),
        PostingFault.NotFound => ShopPages.Missing(),
        _ => await OrderPages.ShowAsync(number, http, data, book, notice: "Оценить можно только полученный товар."),
    };

    private static async Task<IResult> PhotoAsync(string path, HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var photo = await db.ReviewPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.Path == path, http.RequestAborted);
        if (photo is null)
            return ShopPages.Missing();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(photo.Content, photo.ContentType);
    }
}
