using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer gives back what he got: he asks, answers an offer, sends the goods and sees his money come.</summary>
internal static class ReturnPages
{
    public const int LongestText = 1000;
    private const int LongestTrack = 50;
    private const long MostPostage = 1_000_000;

    public static void Map(RouteGroupBuilder shop)
    {
        shop.MapPost("orders/{number}/return", AskAsync);
        shop.MapGet("returns/{id:long}", (long id, HttpContext http, SandboxData data) => ShowAsync(id, http, data));
        shop.MapPost("returns/{id:long}/accept", (long id, HttpContext http, SandboxData data, ReturnBook book) =>
            DoAsync(id, ReturnRequest.CompensationReturned, http, data, r => book.AnswerAsync(r.ClientId, id, takes: true, http.RequestAborted)));
        shop.MapPost("returns/{id:long}/refuse", (long id, HttpContext http, SandboxData data, ReturnBook book) =>
            DoAsync(id, ReturnRequest.AfterOffer, http, data, r => book.AnswerAsync(r.ClientId, id, takes: false, http.RequestAborted)));
        shop.MapPost("returns/{id:long}/withdraw", (long id, HttpContext http, SandboxData data, ReturnBook book) =>
            DoAsync(id, ReturnRequest.Cancelled, http, data, r => book.WithdrawAsync(r.ClientId, id, http.RequestAborted)));
        shop.MapPost("returns/{id:long}/send", SendAsync);
        shop.MapGet("return-photos/{path}", PhotoAsync);
    }

    private static async Task<IResult> AskAsync(string number, HttpContext http, SandboxData data, ReturnBook returns, ChatBook book)
    {
        var form = await ShopForm.ReadAsync(http, ReturnViews.FormOfOrder);
        var sku = form.Number("item", 1, long.MaxValue, "Выберите товар.");
        var quantity = form.Number("quantity", 1, int.MaxValue, "Укажите, сколько штук возвращаете.");
        var reason = form.Choice("reason", ReturnReason.All.Select(r => r.Id.ToString(CultureInfo.InvariantCulture)), "Выберите причину.");
        // Only the form of an rFBS order asks for it.
        var method = ReturnMethod.All.FirstOrDefault(m => m.Id.ToString(CultureInfo.InvariantCulture) == form.Text("method", $"{ReturnMethod.Post.Id}"));
        if (method is null)
            form.Reject("method", "Выберите, как отправите товар.");
        var comment = form.Text("comment", 1, LongestText, $"Опишите, что не так: от 1 до {LongestText} знаков.");
        var photos = await RatingPages.PhotosAsync(form, http.RequestAborted);
        if (!form.IsFine)
            return await OrderPages.ShowAsync(number, http, data, book, form);
        var wish = new NewReturn(sku, (int)quantity, ReturnReason.All.First(r => r.Id.ToString(CultureInfo.InvariantCulture) == reason), comment, photos) { Method = method! };
        var (fault, request) = await returns.AskAsync(number, wish, http.RequestAborted);
        if (fault is null)
            return Results.Redirect("/sandbox/shop/returns/" + request!.Id);
        if (fault == PostingFault.NotFound)
            return ShopPages.Missing();
        if (fault == ReturnFault.AlreadyAsked)
        {
            // Twice the same form is one request.
            await using var db = await data.OpenAsync(http.RequestAborted);
            return Results.Redirect("/sandbox/shop/returns/" + await db.Returns.Where(r => r.PostingNumber == number && r.Sku == sku).MaxAsync(r => r.Id, http.RequestAborted));
        }
        if (fault == ReturnFault.NotDelivered)
            return await OrderPages.ShowAsync(number, http, data, book, notice: "Вернуть можно только полученный товар.");
        form.Reject("quantity", "Столько этого товара в заказе нет.");
        return await OrderPages.ShowAsync(number, http, data, book, form);
    }

    private static async Task<IResult> SendAsync(long id, HttpContext http, SandboxData data, ReturnBook book)
    {
        var form = await ShopForm.ReadAsync(http, ReturnViews.FormOfParcel);
        var track = form.Text("track", 1, LongestTrack, $"Укажите трек-номер: от 1 до {LongestTrack} знаков.");
        var postage = Postage(form);
        if (!form.IsFine)
            return await ShowAsync(id, http, data, form);
        return await DoAsync(id, ReturnRequest.OnWay, http, data, r => book.SendAsync(r.ClientId, id, track, postage, http.RequestAborted));
    }

    /// <summary>Kopecks; Russians write a comma, and nothing when it cost nothing.</summary>
    private static long Postage(ShopForm form)
    {
        var text = form.Text("postage").Replace(',', '.');
        if (text.Length == 0)
            return 0;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var roubles)
            && roubles * 100 <= MostPostage && decimal.Truncate(roubles * 100) == roubles * 100)
            return (long)(roubles * 100);
        form.Reject("postage", $"Укажите рубли и копейки, не больше {MostPostage / 100}.");
        return 0;
    }

    /// <summary>Does it and shows what became of it; the same wish sent twice by a second click is no fault.</summary>
    private static async Task<IResult> DoAsync(long id, string leadsTo, HttpContext http, SandboxData data, Func<ReturnRequest, Task<string?>> deed)
    {
        if (await FindAsync(id, data, http.RequestAborted) is not { } request)
            return ShopPages.Missing();
        return request.State == leadsTo || await deed(request) is not { } fault
            ? Results.Redirect("/sandbox/shop/returns/" + id)
            : await ShowAsync(id, http, data, notice: fault == RefundFault.TooMuch ? "Деньги за этот товар уже вернули." : "Сейчас это сделать нельзя: заявка уже в другом состоянии.");
    }

    /// <summary>The page of a request.</summary>
    /// <param name="sent">A form that was refused.</param>
    /// <param name="notice">Why something could not be done.</param>
    public static async Task<IResult> ShowAsync(long id, HttpContext http, SandboxData data, ShopForm? sent = null, string? notice = null)
    {
        if (await FindAsync(id, data, http.RequestAborted) is not { } request)
            return ShopPages.Missing();
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db, request.ClientId, request.BuyerId);
        var money = await db.BuyerRefunds.AsNoTracking().Where(r => r.ReturnId == id).ToListAsync(http.RequestAborted);
        var contested = await db.Complaints.AsNoTracking().SingleOrDefaultAsync(c => c.ReturnId == id, http.RequestAborted);
        return ShopLayout.Page(
            "Возврат " + request.Number, visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted),
            Html.Of($"{ReturnViews.Request(request, money, sent, notice)}{ComplaintViews.Contest(request, contested, data.Now, sent)}"), "orders", notice is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static async Task<ReturnRequest?> FindAsync(long id, SandboxData data, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        return await db.Returns.AsNoTracking().Include(r => r.Photos).SingleOrDefaultAsync(r => r.Id == id, cancel);
    }

    private static async Task<IResult> PhotoAsync(string path, HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.ReturnPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.Path == path, http.RequestAborted) is not { } photo)
            return ShopPages.Missing();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(photo.Content, photo.ContentType);
    }
}
