using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Seed;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>How somebody wants to have and to pay what lies in his cart.</summary>
/// <param name="FormKey">Of the form he filled in; the same one buys once.</param>
/// <param name="Scheme">FBS or RFBS.</param>
/// <param name="IsExpress">The fast delivery.</param>
/// <param name="Payment">card, wallet or later.</param>
/// <param name="Address">Street and house; the town is the buyer's.</param>
/// <param name="Coupon">Empty without one.</param>
/// <param name="Points">How many of his points are to pay.</param>
internal sealed record Purchase(string FormKey, string Scheme, bool IsExpress, string Payment, string Address, string Coupon, long Points);

/// <summary>What stands in the way of doing something with an order that is not paid yet.</summary>
internal static class UnpaidFault
{
    public const string NotFound = "UNPAID_ORDER_NOT_FOUND";
    public const string Paid = "ORDER_ALREADY_PAID";
    public const string Cancelled = "ORDER_ALREADY_CANCELLED";
    public const string Reminded = "BUYER_ALREADY_REMINDED";
}

/// <summary>What buyers do in the shop: they fill a cart, buy, pay, or think better of it. A deed gives the name of what stands in its way.</summary>
internal sealed class ShopBook(SandboxData data, PostingBook postings)
{
    /// <summary>Of one product in a cart.</summary>
    public const int MostPieces = 99;

    /// <summary>Changes how many pieces lie in the cart; none takes the line out.</summary>
    public Task PutAsync(long clientId, long buyerId, long sku, Func<int, int> quantity, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        if (!await db.Products.AnyAsync(p => p.Sku == sku && p.ClientId == clientId, cancel))
            return;
        var line = await db.CartLines.FindAsync([clientId, buyerId, sku], cancel)
            ?? db.CartLines.Add(new CartLine { ClientId = clientId, BuyerId = buyerId, Sku = sku }).Entity;
        line.Quantity = Math.Clamp(quantity(line.Quantity), 0, MostPieces);
        if (line.Quantity == 0)
            db.CartLines.Remove(line);
    }, cancel);

    /// <summary>What lies in the cart, at today's prices.</summary>
    public static async Task<List<PostingItem>> CartAsync(SandboxDb db, long clientId, long buyerId, CancellationToken cancel) => await (
        from line in db.CartLines
        where line.ClientId == clientId && line.BuyerId == buyerId
        join product in db.Products on line.Sku equals product.Sku
        orderby product.Sku
        select new PostingItem
        {
            Sku = product.Sku,
            OfferId = product.OfferId,
            Name = product.Name,
            Quantity = line.Quantity,
            Price = product.Price,
            Colour = product.Colour,
        }).AsNoTracking().ToListAsync(cancel);

    /// <summary>
    /// Buys what lies in the cart and empties it. Gives the number of the order; null when it would not cost what the buyer was shown.
    /// </summary>
    public Task<string?> BuyAsync(long clientId, long buyerId, Purchase purchase, long agreed, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        if (await db.ShopOrders.SingleOrDefaultAsync(o => o.FormKey == purchase.FormKey, cancel) is { } bought)
            return bought.BuyerId == buyerId ? bought.OrderNumber : null;
        var buyer = await db.Buyers.SingleAsync(b => b.Id == buyerId, cancel);
        var items = await CartAsync(db, clientId, buyerId, cancel);
        var sum = ShopPrices.Of(items, purchase.IsExpress, ShopPrices.PercentOf(purchase.Coupon) ?? 0, Math.Min(purchase.Points, buyer.Points));
        if (items.Count == 0 || sum.Total != agreed)
            return null;
        var now = data.Now;
        var order = db.ShopOrders.Add(new ShopOrder
        {
            ClientId = clientId,
            BuyerId = buyerId,
            OrderNumber = await FreeNumberAsync(db, buyerId, cancel),
            FormKey = purchase.FormKey,
            Scheme = purchase.Scheme,
            IsExpress = purchase.IsExpress,
            Payment = purchase.Payment,
            Address = purchase.Address,
            Coupon = purchase.Coupon,
            Goods = sum.Goods,
            Discount = sum.Discount,
            Points = sum.Points,
            Delivery = sum.Delivery,
            CreatedAt = now,
            ExpiresAt = now + ShopOrder.PaidWithin,
            Items = items,
        }).Entity;
        buyer.Points -= sum.Points / ShopPrices.KopecksOfPoint;
        db.CartLines.RemoveRange(db.CartLines.Where(l => l.ClientId == clientId && l.BuyerId == buyerId));
        if (purchase.Payment != "later")
            await PaidAsync(db, order, now, cancel);
        return order.OrderNumber;
    }, cancel);

    /// <summary>Pays an order that was to be paid later. One that is paid stays so.</summary>
    public Task<string?> PayAsync(string orderNumber, string payment, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var order = await db.ShopOrders.SingleOrDefaultAsync(o => o.OrderNumber == orderNumber, cancel);
        if (order is null)
            return UnpaidFault.NotFound;
        if (order.PaidAt is not null)
            return null;
        var now = data.Now;
        if (order.CancelledAt is not null || now >= order.ExpiresAt)
            return UnpaidFault.Cancelled;
        order.Payment = payment;
        await PaidAsync(db, order, now, cancel);
        return null;
    }, cancel);

    /// <summary>The buyer no longer wants what he has not paid.</summary>
    public Task<string?> CancelAsync(string orderNumber, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var order = await db.ShopOrders.SingleOrDefaultAsync(o => o.OrderNumber == orderNumber, cancel);
        if (order is null)
            return UnpaidFault.NotFound;
        if (order.PaidAt is not null)
            return UnpaidFault.Paid;
        if (order.CancelledAt is null)
            order.Cancel(await db.Buyers.SingleAsync(b => b.Id == order.BuyerId, cancel), data.Now);
        return null;
    }, cancel);

    /// <summary>The seller reminds the buyer of paying, once.</summary>
    public Task<string?> RemindAsync(long clientId, string orderNumber, string text, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var order = await db.ShopOrders.SingleOrDefaultAsync(o => o.ClientId == clientId && o.OrderNumber == orderNumber, cancel);
        var now = data.Now;
        if (order is null)
            return UnpaidFault.NotFound;
        if (order.PaidAt is not null)
            return UnpaidFault.Paid;
        if (order.CancelledAt is not null || now >= order.ExpiresAt)
            return UnpaidFault.Cancelled;
        if (order.RemindedAt is not null)
            return UnpaidFault.Reminded;
        (order.RemindedAt, order.Reminder) = (now, text);
        return null;
    }, cancel);

    /// <summary>Cancels what was not paid in time.</summary>
    public Task ExpireAsync(CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var now = data.Now;
        foreach (var order in await Unpaid(db).Where(o => o.ExpiresAt <= now).ToListAsync(cancel))
            order.Cancel(await db.Buyers.SingleAsync(b => b.Id == order.BuyerId, cancel), order.ExpiresAt);
    }, cancel);

    /// <summary>Orders that wait for their payment.</summary>
    public static IQueryable<ShopOrder> Unpaid(SandboxDb db) => db.ShopOrders.Where(o => o.PaidAt == null && o.CancelledAt == null);

    private async Task PaidAsync(SandboxDb db, ShopOrder order, DateTime now, CancellationToken cancel)
    {
        order.PaidAt = now;
        await postings.OpenAsync(db, new Posting
        {
            ClientId = order.ClientId,
            OrderId = await db.Postings.MaxAsync(p => p.OrderId, cancel) + 1,
            OrderNumber = order.OrderNumber,
            PostingNumber = order.OrderNumber + "-1",
            BuyerId = order.BuyerId,
            Scheme = order.Scheme,
            IsExpress = order.IsExpress,
            Status = "awaiting_packaging",
            Substatus = "posting_created",
            InProcessAt = now,
            ShipBy = PostingSeed.NextEvening(now),
            DeliveryFrom = now.AddDays(order.IsExpress ? 1 : 3),
            DeliveryTo = now.AddDays(order.IsExpress ? 3 : 7),
            ChangedAt = now,
            TrackingNumber = "",
            Address = order.Address,
            Items = [.. order.Items.Select(i => i.With(i.Quantity))],
        }, cancel);
    }

    /// <summary>As Ozon's: the buyer's own number, then which of his orders it is.</summary>
    private static async Task<string> FreeNumberAsync(SandboxDb db, long buyerId, CancellationToken cancel)
    {
        var buyers = (100_000_000 + (buyerId * 7919 % 300_000_000)).ToString("0000000000", CultureInfo.InvariantCulture);
        var ordinal = await db.ShopOrders.CountAsync(o => o.BuyerId == buyerId, cancel);
        string number;
        do
            number = $"{buyers}-{++ordinal:0000}";
        while (await db.Postings.AnyAsync(p => p.OrderNumber == number, cancel));
        return number;
    }
}

/// <summary>Cancels the orders that nobody has paid in time.</summary>
internal sealed class UnpaidClock : DueWork
{
    private readonly ShopBook _book;

    public UnpaidClock(SandboxData data, ShopBook book, SandboxClock clock, ILogger<UnpaidClock> log)
        : base(data, clock, log)
    {
        _book = book;
        data.PostingsChanged += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) => ShopBook.Unpaid(db).MinAsync(o => (DateTime?)o.ExpiresAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _book.ExpireAsync(cancel);
}
