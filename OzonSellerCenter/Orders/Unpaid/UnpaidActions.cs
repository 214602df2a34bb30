using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Unpaid;

/// <summary>What people of the shop do about unpaid orders. Each deed is one transaction with its outbox row, audit entry and event.</summary>
public sealed class UnpaidActions(Databases databases, TimeProvider clock)
{
    private static readonly CommandState[] CameToNothing = [CommandState.Failed, CommandState.Cancelled];

    /// <summary>Reminds the buyer with the shop's words, once. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NoLongerUnpaid</c>,
    /// <c>PaymentTimeOver</c>, <c>RemindedAlready</c>, <c>ReminderTooLong</c> (limit).</summary>
    public Task<Outcome> RemindAsync(CurrentUser user, long orderId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.UnpaidOrders.SingleOrDefaultAsync(o => o.Id == orderId, cancellation) is not { } order) return Outcome.NotFound;
        if (db.RoleIn(order.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        if (order.State != UnpaidState.Open) return Outcome.Refused("NoLongerUnpaid");
        if (order.ExpiresAt <= now) return Outcome.Refused("PaymentTimeOver");
        var isWanted = await db.OutboundCommands.AnyAsync(
            c => c.StoreId == order.StoreId && c.Kind == CommandKind.RemindUnpaid && c.TargetId == orderId && !CameToNothing.Contains(c.State), cancellation);
        if (isWanted || order.RemindedAt is not null) return Outcome.Refused("RemindedAlready");
        var store = await db.Stores.AsNoTracking().SingleAsync(s => s.Id == order.StoreId, cancellation);
        var text = PaymentReminder.Fill(store.PaymentReminder ?? PaymentReminder.Usual, order, ShopTime.In(store.TimeZone));
        if (PaymentReminder.LengthOf(text) > PaymentReminder.MaxText) return Outcome.Refused("ReminderTooLong", PaymentReminder.MaxText);
        order.Want(text);
        db.OutboundCommands.Add(new OutboundCommand
        {
            StoreId = order.StoreId,
            Key = string.Create(CultureInfo.InvariantCulture, $"unpaid:{order.Id}:{order.Wanted}"),
            Kind = CommandKind.RemindUnpaid,
            Subject = UnpaidClock.SubjectOf(order.OrderNumber),
            TargetId = order.Id,
            CreatedAt = now,
            CreatedBy = user.Id,
            NotBeforeAt = now,
        });
        db.Audit(order.StoreId, "unpaid.remind", order.OrderNumber);
        db.Announce(order.StoreId, EventKind.Unpaid, order.OrderNumber);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>Sets the shop's words. Refused: <c>NotFound</c>, <c>OwnersOnly</c>, and as <see cref="PaymentReminder.WhatIsWrong"/>.</summary>
    public Task<Outcome> SetTemplateAsync(CurrentUser user, int storeId, string template, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role) return Outcome.NotFound;
        if (role != StoreRole.Owner) return Outcome.Refused("OwnersOnly");
        var text = template.Trim().ReplaceLineEndings("\n");
        if (PaymentReminder.WhatIsWrong(text) is { } wrong) return Outcome.Refused(wrong.Key, wrong.Args);
        var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
        store.PaymentReminder = text == PaymentReminder.Usual ? null : text;
        db.Audit(storeId, "store.payment-reminder", store.ClientId);
        db.Announce(storeId, EventKind.Store, "");
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });
}
