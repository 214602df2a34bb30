using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer's orders: where each is, and what he can do about it.</summary>
internal static class OrderPages
{
    private const int LongestWords = 1000;

    public static void Map(RouteGroupBuilder shop)
    {
        shop.MapGet("orders", ListAsync);
        shop.MapGet("orders/{number}", (string number, HttpContext http, SandboxData data, ChatBook book) => ShowAsync(number, http, data, book));
        shop.MapPost("orders/{number}/pay", PayAsync);
        shop.MapPost("orders/{number}/cancel", CancelAsync);
        shop.MapPost("orders/{number}/receive", ReceiveAsync);
        shop.MapPost("orders/{number}/address", AskForAddressAsync);
        shop.MapPost("orders/{number}/support", CallSupportAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, SandboxData data)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var visitor = await Visitor.OfAsync(http, db);
        var (clientId, buyerId) = (visitor.Shop.ClientId, visitor.Buyer.Id);
        var postings = await db.Postings.AsNoTracking().Where(p => p.ClientId == clientId && p.BuyerId == buyerId).ToListAsync(http.RequestAborted);
        var bought = await db.ShopOrders.AsNoTracking().Where(o => o.ClientId == clientId && o.BuyerId == buyerId).ToListAsync(http.RequestAborted);
        // What the buyer paid is told for an order that comes in one shipment; of several each tells its goods.
        var rows = postings.GroupBy(p => p.OrderNumber)
            .SelectMany(order => order.Select(p => OrderViews.Row(p, order.Count() == 1 ? bought.Find(o => o.OrderNumber == order.Key) : null)))
            .Concat(bought.Where(o => o.PaidAt is null).Select(OrderViews.Row))
            .OrderByDescending(row => row.At).Select(row => row.Html);
        return ShopLayout.Page(
            "Мои заказы", visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), OrderViews.List(rows), "orders");
    }

    /// <summary>The page of a posting, or of an order that is none yet.</summary>
    /// <param name="number">Of either.</param>
    /// <param name="sent">A form that was refused.</param>
    /// <param name="notice">Why something could not be done.</param>
    public static async Task<IResult> ShowAsync(
        string number, HttpContext http, SandboxData data, ChatBook book, ShopForm? sent = null, string? notice = null)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number, http.RequestAborted);
        if (posting is null)
            return await ShowUnpaidAsync(number, http, db, data.Now, sent, notice);
        var visitor = await Visitor.OfAsync(http, db, posting.ClientId, posting.BuyerId);
        var shown = new ShownOrder(
            posting,
            await db.ShopOrders.AsNoTracking().SingleOrDefaultAsync(o => o.OrderNumber == posting.OrderNumber, http.RequestAborted),
            await db.Reviews.AsNoTracking().Where(r => r.PostingNumber == number).ToListAsync(http.RequestAborted),
            await db.ServiceReviews.AsNoTracking().SingleOrDefaultAsync(r => r.PostingNumber == number, http.RequestAborted),
            await db.CancellationRequests.AsNoTracking().Where(r => r.PostingNumber == number).OrderByDescending(r => r.Id).FirstOrDefaultAsync(http.RequestAborted),
            PostingActions.Of(posting, data.Now).Contains(PostingActions.Cancel),
            visitor.Buyer,
            await db.Returns.AsNoTracking().Where(r => r.PostingNumber == number && r.Type == ReturnRequest.ByBuyer).OrderBy(r => r.Id).ToListAsync(http.RequestAborted),
            await db.Returns.AsNoTracking().SingleOrDefaultAsync(r => r.ExchangePosting == number, http.RequestAborted),
            await db.BuyerRefunds.AsNoTracking().Where(r => r.PostingNumber == number).OrderBy(r => r.Id).ToListAsync(http.RequestAborted),
            await db.Complaints.AsNoTracking().Where(c => c.PostingNumber == number).OrderBy(c => c.Id).ToListAsync(http.RequestAborted));
        var content = Html.Of($"""
            {Notice(notice)}
            {OrderViews.Order(shown, sent)}
            <div class="stays">{await ChatPages.ContactAsync(db, book, visitor, null, number, http.RequestAborted)}</div>
            {await SupportAsync(db, visitor, number, null, $"/sandbox/shop/orders/{number}/support", sent, http.RequestAborted)}
            """);
        return ShopLayout.Page(
            "Заказ " + posting.OrderNumber, visitor, await ShopPages.PeopleAsync(db, visitor, data.Now, http.RequestAborted), content, "orders", StatusOf(notice));
    }

    private static async Task<IResult> ShowUnpaidAsync(string number, HttpContext http, SandboxDb db, DateTime now, ShopForm? sent, string? notice)
    {
        if (await db.ShopOrders.AsNoTracking().SingleOrDefaultAsync(o => o.OrderNumber == number, http.RequestAborted) is not { } order)
            return ShopPages.Missing();
        if (order.PaidAt is not null)
            return Results.Redirect($"/sandbox/shop/orders/{number}-1");
        var visitor = await Visitor.OfAsync(http, db, order.ClientId, order.BuyerId);
        var content = Html.Of($"{Notice(notice)}{OrderViews.Unpaid(order, visitor.Buyer, sent)}");
        return ShopLayout.Page(
            "Заказ " + number, visitor, await ShopPages.PeopleAsync(db, visitor, now, http.RequestAborted), content, "orders", StatusOf(notice));
    }

    /// <summary>The way to Ozon's support, or that it has been called in.</summary>
    public static async Task<Html> SupportAsync(
        SandboxDb db, Visitor visitor, string? posting, long? sku, string action, ShopForm? sent, CancellationToken cancel)
    {
        var call = await db.SupportCalls.AsNoTracking().FirstOrDefaultAsync(
            c => c.ClientId == visitor.Shop.ClientId && c.BuyerId == visitor.Buyer.Id && c.PostingNumber == posting && (posting != null || c.Sku == sku), cancel);
        return ChatViews.Support(action, call, ShopForm.Of(sent, "support"));
    }

    /// <summary>What the buyer wants to tell the support; noted in the form when it is nothing or too much.</summary>
    public static string Words(ShopForm form) => form.Text("words", 1, LongestWords, $"Опишите, что случилось: от 1 до {LongestWords} знаков.");

    private static async Task<IResult> PayAsync(string number, HttpContext http, SandboxData data, ShopBook shop, ChatBook book)
    {
        var form = await ShopForm.ReadAsync(http, "pay");
        var payment = form.Choice("payment", ["card", "wallet"], "Выберите способ оплаты.");
        if (!form.IsFine)
            return await ShowAsync(number, http, data, book, form);
        return await DoneAsync(await shop.PayAsync(number, payment, http.RequestAborted), "Оплатить уже нельзя: заказ отменён.", number, http, data, book);
    }

    private static async Task<IResult> CancelAsync(string number, HttpContext http, SandboxData data, ShopBook shop, CancellationBook cancellations, ChatBook book)
    {
        const string TooLate = "Отменить заказ уже нельзя.";
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number, http.RequestAborted) is not { } posting)
            return await DoneAsync(await shop.CancelAsync(number, http.RequestAborted), TooLate, number, http, data, book);
        // Twice the same wish is no fault.
        if (posting.Status == "cancelled")
            return Results.Redirect("/sandbox/shop/orders/" + number);
        var form = await ShopForm.ReadAsync(http, "cancel");
        var message = form.Text("message", 0, LongestWords, $"Не больше {LongestWords} знаков.");
        if (!form.IsFine)
            return await ShowAsync(number, http, data, book, form);
        return await DoneAsync(
            await cancellations.BuyerCancelsAsync(posting.ClientId, number, message, http.RequestAborted), TooLate, number, http, data, book);
    }

    private static async Task<IResult> ReceiveAsync(string number, HttpContext http, SandboxData data, PostingBook postings, ChatBook book)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.Postings.AnyAsync(p => p.PostingNumber == number && p.Status == "delivered", http.RequestAborted))
            return Results.Redirect("/sandbox/shop/orders/" + number);
        return await DoneAsync(await postings.ReceiveAsync(number, http.RequestAborted), "Этот заказ ещё не в пути или отменён.", number, http, data, book);
    }

    /// <summary>Writes to the seller, for he alone can change the address.</summary>
    private static async Task<IResult> AskForAddressAsync(string number, HttpContext http, SandboxData data, ChatBook book)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number, http.RequestAborted) is not { } posting)
            return ShopPages.Missing();
        if (!posting.MayChangeAddress)
            return await ShowAsync(number, http, data, book, notice: "Адрес уже нельзя сменить.");
        var form = await ShopForm.ReadAsync(http, "address");
        var address = form.Text("address", 5, 300, CartPages.WrongAddress);
        if (!form.IsFine)
            return await ShowAsync(number, http, data, book, form);
        var chat = await book.FindAsync(posting.ClientId, posting.BuyerId, number, null, http.RequestAborted)
            ?? book.NewChat(posting.ClientId, posting.BuyerId, number, posting.Items[0].Sku);
        var words = "Прошу сменить адрес доставки на: " + address;
        // The same wish sent twice by a second click is written once.
        if (!await db.Messages.AnyAsync(m => m.Id == chat.LastMessageId && m.Text == words, http.RequestAborted))
            await book.BuyerWritesAsync(chat, words, null, http.RequestAborted);
        return Results.Redirect("/sandbox/shop/chats/" + chat.Id);
    }

    private static async Task<IResult> CallSupportAsync(string number, HttpContext http, SandboxData data, ChatBook book, ComplaintBook complaints)
    {
        await using var db = await data.OpenAsync(http.RequestAborted);
        if (await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number, http.RequestAborted) is not { } posting)
            return ShopPages.Missing();
        var form = await ShopForm.ReadAsync(http, "support");
        var words = Words(form);
        if (!form.IsFine)
            return await ShowAsync(number, http, data, book, form);
        await book.CallSupportAsync(posting.ClientId, posting.BuyerId, number, null, $"заказ {posting.OrderNumber}, отправление {number}", words, http.RequestAborted);
        await complaints.OzonCalledAsync(number, words, http.RequestAborted);
        return Results.Redirect("/sandbox/shop/orders/" + number);
    }

    /// <summary>Back to the order, which shows what was done; or the page with why it was not.</summary>
    private static async Task<IResult> DoneAsync(string? fault, string problem, string number, HttpContext http, SandboxData data, ChatBook book) => fault switch
    {
        null => Results.Redirect("/sandbox/shop/orders/" + number),
        PostingFault.NotFound or UnpaidFault.NotFound => ShopPages.Missing(),
        _ => await ShowAsync(number, http, data, book, notice: problem),
    };

    private static Html Notice(string? notice) => notice is null ? Html.Empty : Html.Of($"""<p class="notice bad" role="alert">{notice}</p>""");

    // A form that comes back to be corrected is an answer like any other; what can no longer be done is a conflict.
    private static int StatusOf(string? notice) => notice is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
}

/// <summary>All that the page of an order tells.</summary>
/// <param name="Posting">The shipment.</param>
/// <param name="Bought">Null for the orders of the simulated buyers.</param>
/// <param name="Reviews">Of its products.</param>
/// <param name="Service">What the buyer thinks of the seller's work.</param>
/// <param name="Request">The latest wish to cancel it that the seller had to decide.</param>
/// <param name="CanBeCancelled">Whether the buyer may still take it back or ask for that.</param>
/// <param name="Buyer">Whose it is.</param>
/// <param name="Returns">What the buyer wanted to give back of it.</param>
/// <param name="ExchangedFor">The request it is the answer to; null for what was bought.</param>
/// <param name="Refunds">Money that went back, or is on its way.</param>
/// <param name="Complaints">What the buyer, or Ozon for him, is not content with.</param>
internal sealed record ShownOrder(
    Posting Posting, ShopOrder? Bought, IReadOnlyList<Review> Reviews, ServiceReview? Service, CancellationRequest? Request, bool CanBeCancelled, Buyer Buyer,
    IReadOnlyList<ReturnRequest> Returns, ReturnRequest? ExchangedFor, IReadOnlyList<BuyerRefund> Refunds, IReadOnlyList<Complaint> Complaints);
