using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer writes to the seller and sees the answer come.</summary>
internal static class ChatPages
{
    private const int LongestText = 1000;
    private const long LargestFile = 10 * 1024 * 1024;

    public static void Map(RouteGroupBuilder shop)
    {
        shop.MapGet("chats", ListAsync);
        shop.MapGet("chats/new", NewAsync);
        shop.MapPost("chats/new", StartAsync);
        shop.MapGet("chats/{chatId:guid}", (string chatId, HttpContext http, SandboxData data, ChatBook book) => ShowAsync(chatId, http, data, book));
        shop.MapGet("chats/{chatId:guid}/messages", MessagesAsync);
        shop.MapPost("chats/{chatId:guid}", WriteAsync);
        shop.MapPost("chats/{chatId:guid}/support", CallSupportAsync);
        shop.MapGet("files/{path}", FileAsync);
    }

    /// <summary>The conversation about this product or order, or the place where it would begin.</summary>
    public static async Task<Html> ContactAsync(SandboxDb db, ChatBook book, Visitor visitor, long? sku, string? posting, CancellationToken cancel)
    {
        var chat = await book.FindAsync(visitor.Shop.ClientId, visitor.Buyer.Id, posting, sku, cancel);
        var messages = chat is null ? [] : await db.Messages.AsNoTracking().Where(m => m.ChatId == chat.Id).OrderBy(m => m.Id).ToListAsync(cancel);
        var action = chat is not null ? "/sandbox/shop/chats/" + chat.Id
            : "/sandbox/shop/chats/new?" + (posting is null ? $"sku={sku}" : $"posting={Uri.EscapeDataString(posting)}");
        return ChatViews.Contact(visitor.Shop.Name, action, chat, messages);
    }

    private static async Task<IResult> ListAsync(HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var chats = await (
            from chat in db.Chats
            where chat.ClientId == visitor.Shop.ClientId && chat.BuyerId == visitor.Buyer.Id
            join message in db.Messages on chat.LastMessageId equals message.Id
            join product in db.Products on chat.Sku equals product.Sku
            orderby chat.SortId descending
            select new { chat.Id, product.Name, message.Text, message.CreatedAt, message.Author }).ToListAsync(http.RequestAborted);
        var content = Html.Of($"""
            <h1>Сообщения</h1>
            <ul class="rows">{chats.Select(c => Html.Of($"""
                <li><a href="/sandbox/shop/chats/{c.Id}"><strong>{c.Name}</strong></a>
                <p class="cut">{(c.Author == Author.Buyer ? "Вы: " : "")}{(c.Text.Length == 0 ? "файл" : c.Text)}</p><p class="meta">{ShopLayout.Moment(c.CreatedAt)} мск</p></li>
                """)).DefaultIfEmpty(Html.Of($"<li>Сообщений нет. Написать продавцу можно со страницы товара или заказа.</li>"))}</ul>
            """);
        return ShopLayout.Page("Сообщения", visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), content, "chats");
    }

    private static async Task<IResult> NewAsync(HttpContext http, SandboxData data, long? sku, string? posting)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await AboutAsync(http, db, sku, posting) is not { } about)
            return ShopPages.Missing();
        var action = "/sandbox/shop/chats/new" + http.Request.QueryString;
        return ShopLayout.Page(
            "Новое сообщение", about.Visitor, await ShopPages.PeopleAsync(db, about.Visitor, data.Now, http.RequestAborted),
            ChatViews.Chat(about.Visitor.Shop.Name, about.Subject, action, null, []), "chats");
    }

    private static async Task<IResult> StartAsync(HttpContext http, SandboxData data, ChatBook book, long? sku, string? posting)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await AboutAsync(http, db, sku, posting) is not { } about)
            return ShopPages.Missing();
        var (shop, buyer) = about.Visitor;
        var chat = await book.FindAsync(shop.ClientId, buyer.Id, posting, sku, http.RequestAborted)
            ?? book.NewChat(shop.ClientId, buyer.Id, posting, about.Sku);
        return await SayAsync(http, book, chat);
    }

    private static async Task<IResult> ShowAsync(string chatId, HttpContext http, SandboxData data, ChatBook book, ShopForm? sent = null)
    {
        if (await OpenAsync(chatId, data, http.RequestAborted) is not { } chat)
            return ShopPages.Missing();
        await book.BuyerReadsAsync(chat.Id, http.RequestAborted);
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db, chat.ClientId, chat.BuyerId);
        var subject = ChatViews.Subject(
            await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == chat.Sku, http.RequestAborted), chat.PostingNumber);
        var messages = await db.Messages.AsNoTracking().Where(m => m.ChatId == chat.Id).OrderBy(m => m.Id).ToListAsync(http.RequestAborted);
        var content = Html.Of($"""
            {ChatViews.Chat(visitor.Shop.Name, subject, "/sandbox/shop/chats/" + chat.Id, chat, messages)}
            {await OrderPages.SupportAsync(db, visitor, chat.PostingNumber, chat.Sku, $"/sandbox/shop/chats/{chat.Id}/support", sent, http.RequestAborted)}
            """);
        return ShopLayout.Page(
            "Сообщения", visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), content, "chats");
    }

    private static async Task<IResult> CallSupportAsync(string chatId, HttpContext http, SandboxData data, ChatBook book, ComplaintBook complaints)
    {
        if (await OpenAsync(chatId, data, http.RequestAborted) is not { } chat)
            return ShopPages.Missing();
        var form = await ShopForm.ReadAsync(http, "support");
        var words = OrderPages.Words(form);
        if (!form.IsFine)
            return await ShowAsync(chatId, http, data, book, form);
        var about = chat.PostingNumber is { } number ? $"заказ {number[..number.LastIndexOf('-')]}, отправление {number}" : $"товар {chat.Sku}";
        await book.CallSupportAsync(
            chat.ClientId, chat.BuyerId!.Value, chat.PostingNumber, chat.PostingNumber is null ? chat.Sku : null, about, words, http.RequestAborted);
        if (chat.PostingNumber is { } posting)
            await complaints.OzonCalledAsync(posting, words, http.RequestAborted);
        return Results.Redirect("/sandbox/shop/chats/" + chat.Id);
    }

    /// <summary>The messages anew, or 304: the page asks about once a second. A page in sight (<c>seen=1</c>) counts as read.</summary>
    private static async Task<IResult> MessagesAsync(string chatId, HttpContext http, SandboxData data, ChatBook book, bool? seen)
    {
        if (seen == true)
            await book.BuyerReadsAsync(Guid.Parse(chatId).ToString(), http.RequestAborted);
        if (await OpenAsync(chatId, data, http.RequestAborted) is not { } chat)
            return ShopPages.Missing();
        await using var db = await data.OpenAsync(http.RequestAborted);
        var messages = await db.Messages.AsNoTracking().Where(m => m.ChatId == chat.Id).OrderBy(m => m.Id).ToListAsync(http.RequestAborted);
        var html = ChatViews.Messages(chat, messages).ToString();
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(html)), 0, 12)}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Request.Headers.IfNoneMatch == tag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Content(html, "text/html; charset=utf-8");
    }

    private static async Task<IResult> WriteAsync(string chatId, HttpContext http, SandboxData data, ChatBook book) =>
        await OpenAsync(chatId, data, http.RequestAborted) is { } chat ? await SayAsync(http, book, chat) : ShopPages.Missing();

    private static async Task<IResult> SayAsync(HttpContext http, ChatBook book, Chat chat)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var text = form["text"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        var upload = form.Files.GetFile("file") is { Length: > 0 } sent ? sent : null;
        if (text.Length > LongestText || upload?.Length > LargestFile || (text.Length == 0 && upload is null))
            return Results.Content($"Напишите от 1 до {LongestText} знаков или приложите файл не больше 10 МБ.", "text/plain; charset=utf-8", statusCode: 400);
        if (text.Length > 0)
            await book.BuyerWritesAsync(chat, text, null, http.RequestAborted);
        if (upload is not null)
        {
            using var bytes = new MemoryStream();
            await upload.CopyToAsync(bytes, http.RequestAborted);
            await book.BuyerWritesAsync(chat, "", new NewFile(Path.GetFileName(upload.FileName), bytes.ToArray()), http.RequestAborted);
        }
        return Results.Redirect("/sandbox/shop/chats/" + chat.Id);
    }

    private static async Task<IResult> FileAsync(string path, HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Path == path, http.RequestAborted);
        if (file is null)
            return ShopPages.Missing();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // Only pictures are shown in place; whatever else somebody uploaded is handed over as a file.
        return file.ContentType.StartsWith("image/", StringComparison.Ordinal)
            ? Results.Bytes(file.Content, file.ContentType)
            : Results.Bytes(file.Content, "application/octet-stream", file.Name);
    }

    private static async Task<Chat?> OpenAsync(string chatId, SandboxData data, CancellationToken cancel)
    {
        var id = Guid.Parse(chatId).ToString();
        await using var db = await data.OpenAsync(cancel);
        return await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.BuyerId != null, cancel);
    }

    private static async Task<(Visitor Visitor, Html Subject, long Sku)?> AboutAsync(HttpContext http, SandboxDb db, long? sku, string? postingNumber)
    {
        var posting = postingNumber is null
            ? null
            : await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == postingNumber, http.RequestAborted);
        var wanted = posting?.Items[0].Sku ?? (postingNumber is null ? sku : null);
        var product = await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.Sku == wanted, http.RequestAborted);
        return product is null
            ? null
            : (await Visitor.OfAsync(http, db, product.ClientId, posting?.BuyerId), ChatViews.Subject(product, postingNumber), product.Sku);
    }
}
