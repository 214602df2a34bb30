using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Orders.Unpaid;

/// <summary>The clock of an unpaid order: the buyer is to be reminded before it is cancelled by itself.</summary>
public sealed class UnpaidClock(Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
{
    private const string Prefix = "unpaid:";

    /// <summary>The subject under which the deadline of an order stands, and its commands.</summary>
    public static string SubjectOf(string orderNumber) => Prefix + orderNumber;

    /// <summary>Makes the deadline row of an order equal to what is known of it, in the caller's unit of work.</summary>
    /// <param name="db">A context that sees the store.</param>
    public async Task RecomputeAsync(SellerCenterDb db, UnpaidOrder order, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rules = await rulebook.ForAsync(order.StoreId, cancellation);
        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(order.StoreId, cancellation));
        await DeadlineReconciliation.ReconcileAsync(db, order.StoreId, SubjectOf(order.OrderNumber), TitleOf(order), [Of(order, now)], plan, cancellation);
    }

    /// <summary>The clock as the facts demand it.</summary>
    internal static Clock Of(UnpaidOrder order, DateTime now)
    {
        DateTime? metAt = order.RemindedAt < order.ExpiresAt ? order.RemindedAt : null;
        var (state, missedAt) = (metAt, order.State) switch
        {
            (not null, _) => (DeadlineState.Met, null),
            (_, UnpaidState.Open) => (DeadlineState.Running, order.ExpiresAt <= now ? order.ExpiresAt : (DateTime?)null),
            (_, UnpaidState.Expired) => (DeadlineState.Missed, order.ExpiresAt),
            _ => (DeadlineState.Cancelled, null),
        };
        var rule = RuleValue.UnpaidUntil(order.StoreId, order.CreatedAt, order.ExpiresAt);
        return new Clock(DeadlineKind.UnpaidOrder, order.CreatedAt, order.ExpiresAt, metAt, missedAt, state, new ClockReckoning(DeadlineKind.UnpaidOrder, [], rule, order.ExpiresAt));
    }

    private static string TitleOf(UnpaidOrder order)
    {
        var title = order.BuyerName.Length > 0 ? $"{order.BuyerName} · {order.OrderNumber}" : order.OrderNumber;
        return title.Length <= Deadline.MaxTitle ? title : title[..Deadline.MaxTitle];
    }
}
