using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Inbox;

/// <summary>What the facts of a conversation say about time. Made by <see cref="Of"/> alone: same facts, rules and instant, same result.</summary>
/// <param name="WaitingSince">The buyer's oldest message that waits for us; null when nobody does or we may not answer any more.</param>
/// <param name="LastBuyerAt">The buyer's last message.</param>
/// <param name="Window">Until when Ozon takes a message.</param>
/// <param name="Clocks">Running and ended clocks, by start and kind.</param>
public sealed record ConversationReckoning(DateTime? WaitingSince, DateTime? LastBuyerAt, ReplyWindow Window, IReadOnlyList<Clock> Clocks)
{
    /// <summary>Reckons. A run is what the buyer wrote without an answer in between; it ends with our answer, or with the window.</summary>
    /// <param name="now">Decides what has passed; never a time zone, never the wall clock.</param>
    public static ConversationReckoning Of(ConversationFacts facts, StoreRules rules, DateTime now)
    {
        var lastBuyerAt = facts.Messages.Where(m => m.IsFromBuyer).Select(m => (DateTime?)m.SentAt).Max();
        if (facts.Kind != ConversationKind.Buyer) return new(null, lastBuyerAt, new ReplyWindow(null, null, []), []);

        var runs = Runs(facts, rules);
        var clocks = runs.SelectMany(run => ClocksOf(run, facts, rules, now)).OrderBy(c => c.StartedAt).ThenBy(c => c.Kind).ToList();
        var waits = runs.Count > 0 && runs[^1].EndedAt is null && clocks.Exists(c => c.State == DeadlineState.Running);
        var window = ReplyWindow.At(lastBuyerAt, facts.Postings, rules, now);
        return new(waits ? runs[^1].FirstAt : null, lastBuyerAt, window, clocks);
    }

    /// <summary>The running clock that ends first; the sort key of the inbox.</summary>
    public Clock? NextDue => Clocks.Where(c => c.State == DeadlineState.Running).OrderBy(c => c.DueAt).ThenBy(c => c.Kind).FirstOrDefault();

    private static List<Run> Runs(ConversationFacts facts, StoreRules rules)
    {
        var runs = new List<Run>();
        Run? open = null;

        // At the same instant the buyer is taken to have spoken first, so that such an answer answers.
        foreach (var message in facts.Messages.Where(m => m.IsFromBuyer || m.IsAnswer).OrderBy(m => m.SentAt).ThenBy(m => m.IsAnswer))
        {
            if (message.IsAnswer)
            {
                if (open is not null) runs.Add(open with { AnsweredAt = message.SentAt, EndedAt = message.SentAt });
                open = null;
            }
            else if (open is null)
            {
                open = new Run(message.SentAt, message.SentAt);
            }
            else if (ReplyWindow.At(open.LastAt, facts.Postings, rules, message.SentAt).ClosesAt < message.SentAt)
            {
                // The window had closed unanswered; with the new message it opens again and so do the clocks.
                runs.Add(open with { EndedAt = message.SentAt });
                open = new Run(message.SentAt, message.SentAt);
            }
            else
            {
                open = open with { LastAt = message.SentAt };
            }
        }

        if (open is not null) runs.Add(open);
        return runs;
    }

    private static IEnumerable<Clock> ClocksOf(Run run, ConversationFacts facts, StoreRules rules, DateTime now)
    {
        // What is over keeps the rules it was over under; what runs goes by today's.
        var instant = run.EndedAt ?? now;
        var window = ReplyWindow.At(run.LastAt, facts.Postings, rules, instant);
        var end = new RunEnd(
            run.AnsweredAt,
            HasLapsed: run.AnsweredAt is null && (run.EndedAt is not null || window.ClosesAt <= now),
            IsClosed: run.EndedAt is null && facts.IsClosed);

        yield return FromFirst(DeadlineKind.FirstAnswer, RuleKeys.FirstAnswer);
        yield return FromFirst(DeadlineKind.AnswerIn24Hours, RuleKeys.AnswerIn24Hours);
        if (window is { ClosesAt: { } closesAt, Rule: { } rule })
        {
            yield return Make(DeadlineKind.ReplyWindow, run.LastAt, closesAt, rule, window.Steps, end, now);
        }

        Clock FromFirst(DeadlineKind kind, string key)
        {
            var value = rules.At(key, instant);

            // Ozon counts every hour; a target of the house counts the hours in which the house works.
            var time = value.Owner == RuleOwner.House ? rules.HouseTimeAt(instant) : HouseTime.Always;
            var dueAt = time.Add(run.FirstAt, value.ToSpan());
            var pauses = time.Standstills(run.FirstAt, dueAt).Select(ReckoningStep.Of);
            return Make(kind, run.FirstAt, dueAt, value,
                [new(ReckoningStepKind.BuyerWrote, run.FirstAt), .. pauses, new(ReckoningStepKind.RuleAdded, dueAt, value)], end, now);
        }
    }

    private static Clock Make(
        DeadlineKind kind, DateTime startedAt, DateTime dueAt, RuleValue rule, IReadOnlyList<ReckoningStep> steps, RunEnd end, DateTime now)
    {
        var (state, missedAt) = end switch
        {
            { AnsweredAt: { } answeredAt } => answeredAt <= dueAt ? (DeadlineState.Met, null) : (DeadlineState.Missed, (DateTime?)dueAt),
            { IsClosed: true } => (DeadlineState.Cancelled, null),
            { HasLapsed: true } => (DeadlineState.Missed, dueAt),
            _ => (DeadlineState.Running, dueAt <= now ? dueAt : null),
        };
        ReckoningStep? last = state switch
        {
            DeadlineState.Cancelled => new(ReckoningStepKind.FellAway, null),
            _ when end.AnsweredAt is not null => new(ReckoningStepKind.Answered, end.AnsweredAt),
            _ when missedAt is not null => new(ReckoningStepKind.NotAnswered, missedAt),
            _ => null,
        };
        var reckoning = new ClockReckoning(kind, last is null ? steps : [.. steps, last], rule, dueAt);
        return new Clock(kind, startedAt, dueAt, end.AnsweredAt, missedAt, state, reckoning);
    }

    /// <summary>What the buyer wrote without an answer in between.</summary>
    /// <param name="EndedAt">The answer, or the message with which the buyer wrote again after the window had closed; null while it is the last.</param>
    private sealed record Run(DateTime FirstAt, DateTime LastAt, DateTime? AnsweredAt = null, DateTime? EndedAt = null);

    private sealed record RunEnd(DateTime? AnsweredAt, bool HasLapsed, bool IsClosed);
}
