using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Inbox;

/// <summary>Until when Ozon takes a message of the seller (/v1/chat/send/message). FBO and product questions: 48 h after the buyer's last
/// message. FBS and rFBS: from payment until 72 h after delivery, later as FBO. The later of the two limits counts.</summary>
/// <param name="ClosesAt">Null while there is no limit: an order of the seller's own warehouse is paid and not delivered yet.</param>
/// <param name="Rule">The rule that decided; null without a limit.</param>
/// <param name="Steps">How the limit came about.</param>
public sealed record ReplyWindow(DateTime? ClosesAt, RuleValue? Rule, IReadOnlyList<ReckoningStep> Steps)
{
    private static readonly ReplyWindow Unlimited = new(null, null, []);

    /// <summary>The window as it stands at an instant, by the rules in force then.</summary>
    /// <param name="lastBuyerAt">The buyer's last message; null when he never wrote.</param>
    public static ReplyWindow At(DateTime? lastBuyerAt, IReadOnlyCollection<PostingFact> postings, StoreRules rules, DateTime instant)
    {
        ReplyWindow? latest = null;
        if (lastBuyerAt is { } wroteAt)
        {
            latest = Add(ReckoningStepKind.BuyerWroteLast, wroteAt, rules.At(RuleKeys.ReplyWindow, instant));
        }

        foreach (var posting in postings.Where(p => MayWriteUnasked(p, instant)))
        {
            if (posting is { DeliveredAt: null, CancelledAt: null }) return Unlimited;
            latest = Later(latest, LimitOf(posting, rules.At(RuleKeys.WindowAfterDelivery, instant)));
        }

        return latest ?? Unlimited;
    }

    private static bool MayWriteUnasked(PostingFact posting, DateTime instant) =>
        posting.Scheme is Scheme.Fbs or Scheme.Rfbs && (posting.PaidAt ?? posting.DeliveredAt) <= instant;

    // Ozon's text says nothing of cancelled orders; the cautious reading is that the right to write unasked ends with the order.
    private static ReplyWindow LimitOf(PostingFact posting, RuleValue afterDelivery) => posting.DeliveredAt is { } deliveredAt
        ? Add(ReckoningStepKind.Delivered, deliveredAt, afterDelivery)
        : new ReplyWindow(posting.CancelledAt, afterDelivery, [new(ReckoningStepKind.OrderCancelled, posting.CancelledAt)]);

    private static ReplyWindow Add(ReckoningStepKind from, DateTime at, RuleValue rule)
    {
        var closesAt = at + rule.ToSpan();
        return new ReplyWindow(closesAt, rule, [new(from, at), new(ReckoningStepKind.RuleAdded, closesAt, rule)]);
    }

    private static ReplyWindow Later(ReplyWindow? one, ReplyWindow other)
    {
        if (one is null) return other;
        var (later, earlier) = one.ClosesAt >= other.ClosesAt ? (one, other) : (other, one);
        return later with
        {
            Steps = [.. earlier.Steps.Where(s => s.Kind != ReckoningStepKind.LaterCounts), .. later.Steps.Where(s => s.Kind != ReckoningStepKind.LaterCounts),
                new(ReckoningStepKind.LaterCounts, later.ClosesAt)],
        };
    }
}
