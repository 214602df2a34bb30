using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders.Unpaid;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Reminds buyers of orders they have not paid, and finds out afterwards whether it was done.</summary>
internal sealed class UnpaidReminding(OzonApi ozon, UnpaidClock clocks, Signals signals)
{
    /// <summary>The one request of an attempt.</summary>
    /// <returns>Why it was not done; null when the buyer is reminded.</returns>
    public async Task<OzonError?> SendAsync(OzonAccount account, string orderNumber, string text, CancellationToken dying)
    {
        var answer = await ozon.RemindOfPaymentAsync(account, new PaymentReminderRequest { OrderNumber = orderNumber, Text = text }, dying);

        // There is one for each order: where it was sent before, it is there.
        return answer.Error is { Message: OzonExtensionFault.Reminded } ? null : answer.Error;
    }

    /// <summary>The order that a command, of which it is not known what became of it, reminds of; null for other commands.</summary>
    public static Task<string?> UnclearAsync(SellerCenterDb db, long commandId, CancellationToken dying) => (
        from command in db.OutboundCommands
        join order in db.UnpaidOrders on command.TargetId equals order.Id
        where command.Id == commandId && command.Kind == CommandKind.RemindUnpaid && command.State == CommandState.Unclear
        select order.OrderNumber).SingleOrDefaultAsync(dying);

    /// <summary>Whether the list shows that the buyer was reminded.</summary>
    public async Task<(OzonError? Error, bool IsReminded)> ReadBackAsync(OzonAccount account, string orderNumber, CancellationToken dying)
    {
        await foreach (var page in ozon.UnpaidOrderPagesAsync(account, new UnpaidOrderListRequest(), dying))
        {
            if (!page.IsOk) return (page.Error, false);
            if (page.Value.Result.FirstOrDefault(o => o.OrderNumber == orderNumber) is { } order) return (null, order.RemindedAt is not null);
        }

        return (null, false);
    }

    /// <summary>Takes over to the order what became of its command, in the caller's unit of work.</summary>
    public async Task FollowAsync(SellerCenterDb db, OutboundCommand command, CancellationToken dying)
    {
        var order = await db.UnpaidOrders.SingleAsync(o => o.Id == command.TargetId, dying);
        db.Announce(order.StoreId, EventKind.Unpaid, order.OrderNumber);
        if (command.State == CommandState.Done)
        {
            order.RemindedAt ??= command.DoneAt;
            await clocks.RecomputeAsync(db, order, dying);
        }

        // Refused, it may have been paid or cancelled meanwhile.
        if (command.State == CommandState.Failed) signals.Unpaid.Set();
    }
}
