using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Orders;

/// <summary>The clock of a buyer's wish to cancel: at its end Ozon grants it without the shop.</summary>
internal static class CancellationClock
{
    /// <summary>The clock as the facts demand it; null when Ozon told no end.</summary>
    public static Clock? Of(CancellationRequest request, DateTime now)
    {
        if (request.AutoApproveAt is not { } dueAt) return null;
        var startedAt = request.AskedAt < dueAt ? request.AskedAt : dueAt.AddHours(-1);

        // Granted at the very end is granted by Ozon.
        DateTime? metAt = request.State is CancellationState.Approved or CancellationState.Rejected && request.DecidedAt < dueAt ? request.DecidedAt : null;
        var (state, missedAt) = (request.State, metAt) switch
        {
            (_, not null) => (DeadlineState.Met, null),
            (CancellationState.Open, _) => (DeadlineState.Running, dueAt <= now ? dueAt : (DateTime?)null),
            (CancellationState.Gone, _) => (DeadlineState.Cancelled, null),
            _ => (DeadlineState.Missed, (DateTime?)dueAt),
        };
        var rule = RuleValue.CancellationBy(request.StoreId, startedAt, dueAt);
        return new Clock(DeadlineKind.CancellationDecision, startedAt, dueAt, metAt, missedAt, state, new ClockReckoning(DeadlineKind.CancellationDecision, [], rule, dueAt));
    }
}
