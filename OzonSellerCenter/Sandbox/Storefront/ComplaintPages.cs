using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer complains, contests that his return was turned down, answers what he is asked, and reads what was decided.</summary>
internal static class ComplaintPages
{
    public const int LongestText = 1000;
    private const long MostRoubles = 10_000_000;
    private static readonly string WrongWords = $"Опишите, что случилось: от 1 до {LongestText} знаков.";

    public static void Map(RouteGroupBuilder shop)
    {
        shop.MapPost("orders/{number}/complain", ComplainAsync);
        shop.MapPost("returns/{id:long}/contest", ContestAsync);
        shop.MapGet("complaints/{id:long}", (long id, HttpContext http, SandboxData data) => ShowAsync(id, http, data));
        shop.MapPost("complaints/{id:long}/answer", (long id, HttpContext http, SandboxData data, ComplaintBook book) =>
            SayAsync(id, ComplaintViews.FormOfAnswer, ComplaintEntry.Answer, http, data, (c, words) => book.AnswerAsync(c.ClientId, c.Id, words, http.RequestAborted)));
        shop.MapPost("complaints/{id:long}/appeal", (long id, HttpContext http, SandboxData data, ComplaintBook book) =>
            SayAsync(id, ComplaintViews.FormOfAppeal, ComplaintEntry.Appeal, http, data, (c, words) => book.AppealAsync(c.ClientId, c.Id, words, http.RequestAborted)));
        shop.MapPost("complaints/{id:long}/withdraw", WithdrawAsync);
        shop.MapGet("complaint-photos/{path}", PhotoAsync);
    }

    private static async Task<IResult> ComplainAsync(string number, HttpContext http, SandboxData data, ComplaintBook complaints, ChatBook book)
    {
        var form = await ShopForm.ReadAsync(http, ComplaintViews.FormOfOrder);
        var topic = form.Choice("topic", ComplaintTopic.All.Select(t => t.Id), "Выберите, что не так.");
        var words = form.Text("words", 1, LongestText, WrongWords);
        var amount = Amount(form);
        var photos = await RatingPages.PhotosAsync(form, http.RequestAborted);
        if (!form.IsFine)
            return await OrderPages.ShowAsync(number, http, data, book, form);
        var (fault, complaint) = await complaints.OpenAsync(number, new NewComplaint(topic, words, amount, photos), http.RequestAborted);
        switch (fault)
        {
            case null:
                return Results.Redirect($"/sandbox/shop/complaints/{complaint!.Id}");
            case PostingFault.NotFound:
                return ShopPages.Missing();
            case ComplaintFault.AlreadyOpen:
                // Twice the same form is one complaint.
                await using (var db = await data.OpenAsync(http.RequestAborted))
                    return Results.Redirect($"/sandbox/shop/complaints/{await db.Complaints.Where(c => c.PostingNumber == number && c.Kind == Complaint.ByBuyer).MaxAsync(c => c.Id, http.RequestAborted)}");
            case ComplaintFault.TooMuch:
                form.Reject("amount", "Это больше, чем стоил заказ.");
                return await OrderPages.ShowAsync(number, http, data, book, form);
            default:
                return await OrderPages.ShowAsync(number, http, data, book, notice: "Пожаловаться можно, когда заказ передан в доставку.");
        }
    }

    /// <summary>Kopecks; null when nothing was typed.</summary>
    private static long? Amount(ShopForm form)
    {
        var text = form.Text("amount").Replace(',', '.');
        if (text.Length == 0)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var roubles)
            && roubles is > 0 and <= MostRoubles && decimal.Truncate(roubles * 100) == roubles * 100)
            return (long)(roubles * 100);
        form.Reject("amount", "Укажите рубли и копейки.");
        return null;
    }

    private static async Task<IResult> ContestAsync(long id, HttpContext http, SandboxData data, ComplaintBook complaints)
    {
        var form = await ShopForm.ReadAsync(http, ComplaintViews.FormOfContest);
        var words = form.Text("words", 1, LongestText, WrongWords);
        var photos = await RatingPages.PhotosAsync(form, http.RequestAborted);
        if (!form.IsFine)
            return await ReturnPages.ShowAsync(id, http, data, form);
        var (fault, complaint) = await complaints.ContestAsync(id, words, photos, Complaint.Honest, http.RequestAborted);
        switch (fault)
        {
            case null:
                return Results.Redirect($"/sandbox/shop/complaints/{complaint!.Id}");
            case ReturnFault.NotFound:
                return ShopPages.Missing();
            case ComplaintFault.AlreadyOpen:
                await using (var db = await data.OpenAsync(http.RequestAborted))
                    return Results.Redirect($"/sandbox/shop/complaints/{await db.Complaints.Where(c => c.ReturnId == id).MaxAsync(c => c.Id, http.RequestAborted)}");
            default:
                return await ReturnPages.ShowAsync(id, http, data, notice: "Оспорить решение уже нельзя.");
        }
    }

    private static async Task<IResult> SayAsync(
        long id, string name, string type, HttpContext http, SandboxData data, Func<Complaint, string, Task<string?>> deed)
    {
        if (await FindAsync(id, data, http.RequestAborted) is not { } complaint)
            return ShopPages.Missing();
        var form = await ShopForm.ReadAsync(http, name);
        var words = form.Text("words", 1, LongestText, WrongWords);
        if (!form.IsFine)
            return await ShowAsync(id, http, data, form);
        // The same sent twice by a second click is said once.
        if (complaint.Entries.FindLast(e => e.By == ComplaintEntry.Buyer) is { } last && last.Type == type && last.Text == words)
            return Results.Redirect($"/sandbox/shop/complaints/{id}");
        return await deed(complaint, words) is null ? Results.Redirect($"/sandbox/shop/complaints/{id}") : await ShowAsync(id, http, data, notice: TooLate);
    }

    private const string TooLate = "Сейчас это сделать нельзя: жалоба уже в другом состоянии.";

    private static async Task<IResult> WithdrawAsync(long id, HttpContext http, SandboxData data, ComplaintBook book)
    {
        if (await FindAsync(id, data, http.RequestAborted) is not { } complaint)
            return ShopPages.Missing();
        return complaint.State == Complaint.Withdrawn || await book.WithdrawAsync(complaint.ClientId, id, "", http.RequestAborted) is null
            ? Results.Redirect($"/sandbox/shop/complaints/{id}")
            : await ShowAsync(id, http, data, notice: TooLate);
    }

    private static async Task<IResult> ShowAsync(long id, HttpContext http, SandboxData data, ShopForm? sent = null, string? notice = null)
    {
        if (await FindAsync(id, data, http.RequestAborted) is not { } complaint)
            return ShopPages.Missing();
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db, complaint.ClientId, complaint.BuyerId);
        var chat = await db.Chats.AsNoTracking().Where(c => c.ClientId == complaint.ClientId && c.BuyerId == complaint.BuyerId && c.PostingNumber == complaint.PostingNumber)
            .OrderByDescending(c => c.SortId).FirstOrDefaultAsync(http.RequestAborted);
        var said = chat is null ? [] : await db.Messages.AsNoTracking().Where(m => m.ChatId == chat.Id && m.Author == Author.Seller && m.CreatedAt >= complaint.OpenedAt && m.Text != "")
            .OrderBy(m => m.Id).ToListAsync(http.RequestAborted);
        return ShopLayout.Page(
            "Жалоба", visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), ComplaintViews.Page(complaint, said, data.Now, sent, notice),
            "orders", notice is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static async Task<Complaint?> FindAsync(long id, SandboxData data, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        return await db.Complaints.AsNoTracking().Include(c => c.Photos).SingleOrDefaultAsync(c => c.Id == id, cancel);
    }

    private static async Task<IResult> PhotoAsync(string path, HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.ComplaintPhotos.AsNoTracking().SingleOrDefaultAsync(p => p.Path == path, http.RequestAborted) is not { } photo)
            return ShopPages.Missing();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(photo.Content, photo.ContentType);
    }
}
