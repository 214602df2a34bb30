using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns;

/// <summary>The clocks of a buyer's request: one for each time it was the shop's turn to decide.</summary>
public sealed class ReturnClock(Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
{
    private const string Prefix = "return:";

    /// <summary>The subject under which the deadlines of a request stand, and its commands.</summary>
    public static string SubjectOf(long requestId) => $"{Prefix}{requestId}";

    /// <summary>The request a subject means; null for subjects of other features.</summary>
    public static long? RequestOf(string subject) =>
        subject.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(subject.AsSpan(Prefix.Length), out var id) ? id : null;

    /// <summary>Makes the turns and the deadline rows of a request equal to what is known of it, in the caller's unit of work.</summary>
    /// <param name="db">A context that sees the store.</param>
    /// <param name="request">Tracked, and saved once.</param>
    public async Task RecomputeAsync(SellerCenterDb db, ReturnRequest request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rules = await rulebook.ForAsync(request.StoreId, cancellation);
        ReturnOutlook.Follow(request, rules, now);
        var clocks = request.Turns.Select(t => Of(t, rules, now)).ToList();
        if (clocks.Count == 0) return;
        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(request.StoreId, cancellation));
        await DeadlineReconciliation.ReconcileAsync(db, request.StoreId, SubjectOf(request.Id), TitleOf(request), clocks, plan, cancellation);
    }

    /// <summary>The clock as the facts demand it. A turn that ended at its end was ended by Ozon.</summary>
    internal static Clock Of(DecisionTurn turn, StoreRules rules, DateTime now)
    {
        DateTime? metAt = turn.EndedAt < turn.DueAt ? turn.EndedAt : null;
        var (state, missedAt) = (metAt, turn.EndedAt) switch
        {
            (not null, _) => (DeadlineState.Met, null),
            (_, null) => (DeadlineState.Running, turn.DueAt <= now ? turn.DueAt : (DateTime?)null),
            _ => (DeadlineState.Missed, (DateTime?)turn.DueAt),
        };
        var rule = rules.At(turn.RuleKey, turn.StartedAt);
        return new Clock(DeadlineKind.ReturnDecision, turn.StartedAt, turn.DueAt, metAt, missedAt, state, new ClockReckoning(DeadlineKind.ReturnDecision, [], rule, turn.DueAt));
    }

    private static string TitleOf(ReturnRequest request)
    {
        var title = $"{request.Number} · {request.ProductName}";
        return title.Length <= Deadline.MaxTitle ? title : title[..Deadline.MaxTitle];
    }
}
