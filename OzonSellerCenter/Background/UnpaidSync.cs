using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Unpaid;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Keeps unpaid orders like the store's Ozon has them, where it tells of any (<see cref="ExtensionOffer"/>).</summary>
internal sealed class UnpaidSync(
    OzonApi ozon, Databases databases, UnpaidClock clocks, StoreGate gate, ExtensionOffer extension, Signals signals, TimeProvider clock)
{
    /// <summary>A key may be told in other words that there is no such method for it.</summary>
    private static readonly OzonErrorKind[] NotOffered =
        [OzonErrorKind.MissingRole, OzonErrorKind.Forbidden, OzonErrorKind.NotFound, OzonErrorKind.MethodGone, OzonErrorKind.SubscriptionRequired];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store || !await extension.MayAskAsync(storeId, cancellation)) return;
        var listed = new HashSet<string>();
        await foreach (var page in ozon.UnpaidOrderPagesAsync(store.Account, new UnpaidOrderListRequest(), cancellation))
        {
            if (!page.IsOk)
            {
                if (NotOffered.Contains(page.Error.Kind)) await extension.NoteAsync(storeId, page.Error with { Kind = OzonErrorKind.MethodGone }, cancellation);
                else await gate.NoteAsync(storeId, page.Error, cancellation);
                return;
            }

            var told = page.Value.Result.Where(o => o is { OrderNumber.Length: > 0 and <= 40, CreatedAt: not null, ExpiresAt: not null }).ToList();
            listed.UnionWith(told.Select(o => o.OrderNumber));
            foreach (var order in await NewsAsync(storeId, told, cancellation)) await Databases.RetryAsync(() => TakeAsync(storeId, order, cancellation));
        }

        await extension.NoteAsync(storeId, null, cancellation);
        await Databases.RetryAsync(() => EndAsync(storeId, listed, cancellation));
    }

    /// <summary>Those that are not here as they are told: what is the same at every look must not keep others from writing.</summary>
    private async Task<List<OzonUnpaidOrder>> NewsAsync(int storeId, List<OzonUnpaidOrder> told, CancellationToken cancellation)
    {
        var numbers = told.ConvertAll(o => o.OrderNumber);
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var known = await db.UnpaidOrders.AsNoTracking().Where(o => o.StoreId == storeId && numbers.Contains(o.OrderNumber)).ToDictionaryAsync(o => o.OrderNumber, cancellation);
        return told.FindAll(o => !known.TryGetValue(o.OrderNumber, out var order) || order.State != UnpaidState.Open || order.ExpiresAt != o.ExpiresAt
            || order.Total != (o.Total?.MinorUnits ?? 0) || (o.RemindedAt is not null && order.RemindedAt is null));
    }

    private async Task TakeAsync(int storeId, OzonUnpaidOrder told, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var order = await db.UnpaidOrders.SingleOrDefaultAsync(o => o.StoreId == storeId && o.OrderNumber == told.OrderNumber, cancellation);
        if (order is null) db.UnpaidOrders.Add(order = new UnpaidOrder { StoreId = storeId, OrderNumber = told.OrderNumber });
        order.BuyerName = told.BuyerName;
        order.Total = told.Total?.MinorUnits ?? 0;
        order.Currency = told.Total is { Currency.Length: 3 } total ? total.Currency : "RUB";
        order.Items = [.. told.Items.Select(i => new UnpaidItem(i.Sku, i.OfferId, i.Name, i.Quantity, i.Price?.MinorUnits ?? 0))];
        order.CreatedAt = told.CreatedAt!.Value;
        order.ExpiresAt = told.ExpiresAt!.Value;

        // A list read while the reminder was on its way does not know of it yet.
        order.RemindedAt ??= told.RemindedAt;
        (order.State, order.EndedAt) = (UnpaidState.Open, null);
        await clocks.RecomputeAsync(db, order, cancellation);
        db.Announce(storeId, EventKind.Unpaid, order.OrderNumber);
        await db.CommitAsync(cancellation);
    }

    /// <summary>What is not in the list any more was paid, was cancelled, or its time is over.</summary>
    private async Task EndAsync(int storeId, HashSet<string> listed, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = await db.UnpaidOrders.Where(o => o.StoreId == storeId && o.State == UnpaidState.Open).ToListAsync(cancellation);
        var ended = open.FindAll(o => !listed.Contains(o.OrderNumber));
        if (ended.Count == 0) return;
        var numbers = ended.ConvertAll(o => o.OrderNumber);
        var paid = await db.Postings.Where(p => p.StoreId == storeId && numbers.Contains(p.OrderNumber)).Select(p => p.OrderNumber).Distinct().ToListAsync(cancellation);
        foreach (var order in ended)
        {
            order.State = paid.Contains(order.OrderNumber) ? UnpaidState.Paid : order.ExpiresAt <= Now ? UnpaidState.Expired : UnpaidState.Gone;
            order.EndedAt = Now;
            await clocks.RecomputeAsync(db, order, cancellation);
            db.Announce(storeId, EventKind.Unpaid, order.OrderNumber);
        }

        await db.CommitAsync(cancellation);

        // What was paid is a posting now.
        signals.PostingLists.Set();
    }
}
