using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Inbox;

/// <summary>What the facts of a conversation say about time. Made by <see cref="Of"/> alone: same facts, rules and instant, same result.</summary>
/// <param name="WaitingSince">The buyer's oldest message that waits for us; null when nobody does or we may not answer any more.</param>
/// <param name="LastBuyerAt">The buyer's last message.</param>
/// <param name="Window">Until when Ozon takes a message.</param>
/// <param name="Clocks">Running and ended clocks, by start and kind.</param>
/// <param name="NoAnswerNeededAt">When a colleague said that the buyer's last words need no answer; null when they do, or got one.</param>
public sealed record ConversationReckoning(
    DateTime? WaitingSince, DateTime? LastBuyerAt, ReplyWindow Window, IReadOnlyList<Clock> Clocks, DateTime? NoAnswerNeededAt = null)
{
    /// <summary>Reckons. A run is what the buyer wrote without an answer in between; it ends with our answer, with the window, or when a colleague
    /// says that it needs none. The last ends our waiting and our own clock; Ozon's cannot know of it and are met only by an answer.</summary>
    /// <param name="now">Decides what has passed; never a time zone, never the wall clock.</param>
    public static ConversationReckoning Of(ConversationFacts facts, StoreRules rules, DateTime now)
    {
        var lastBuyerAt = facts.Messages.Where(m => m.IsFromBuyer).Select(m => (DateTime?)m.SentAt).Max();
        if (facts.Kind != ConversationKind.Buyer) return new(null, lastBuyerAt, new ReplyWindow(null, null, []), []);

        var runs = Runs(facts, rules);
        var clocks = runs.SelectMany(run => ClocksOf(run, facts, rules, now)).OrderBy(c => c.StartedAt).ThenBy(c => c.Kind).ToList();
        var last = runs.LastOrDefault();
        var waits = last is { EndedAt: null, WaivedAt: null } && clocks.Exists(c => c.State == DeadlineState.Running);
        var window = ReplyWindow.At(lastBuyerAt, facts.Postings, rules, now);
        return new(waits ? last!.FirstAt : null, lastBuyerAt, window, clocks, last is { AnsweredAt: null } ? last.WaivedAt : null);
    }

    /// <summary>The running clock that ends first; the sort key of the inbox.</summary>
    public Clock? NextDue => Clocks.Where(c => c.State == DeadlineState.Running).OrderBy(c => c.DueAt).ThenBy(c => c.Kind).FirstOrDefault();

    private static List<Run> Runs(ConversationFacts facts, StoreRules rules)
    {
        var runs = new List<Run>();
        Run? open = null;

        foreach (var (_, message, waiver) in Moments(facts))
        {
            if (waiver is not null)
            {
                if (open is not null) runs.Add(open with { WaivedAt = waiver.At });
                open = null;
            }
            else if (message!.IsAnswer)
            {
                // It answers also what a colleague thought to need no answer.
                for (var i = 0; i < runs.Count; i++) if (runs[i] is { WaivedAt: not null, AnsweredAt: null }) runs[i] = runs[i] with { AnsweredAt = message.SentAt };
                if (open is not null) runs.Add(open with { AnsweredAt = message.SentAt, EndedAt = message.SentAt });
                open = null;
            }
            else if (open is null)
            {
                if (runs is [.., { WaivedAt: not null, EndedAt: null } waived]) runs[^1] = waived with { EndedAt = message.SentAt };
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

    // At the same instant the buyer is taken to have spoken first, so that such an answer answers; a waiver means what was seen up to then.
    private static IEnumerable<(DateTime At, MessageFact? Message, WaiverFact? Waiver)> Moments(ConversationFacts facts) =>
        facts.Messages.Where(m => m.IsFromBuyer || m.IsAnswer).Select(m => (At: m.SentAt, Message: (MessageFact?)m, Waiver: (WaiverFact?)null))
            .Concat((facts.Waivers ?? []).Select(w => (At: w.SeenAt, Message: (MessageFact?)null, Waiver: (WaiverFact?)w)))
            .OrderBy(m => m.At).ThenBy(m => m.Waiver is not null ? 2 : m.Message!.IsAnswer ? 1 : 0).ThenBy(m => m.Waiver?.At);

    private static IEnumerable<Clock> ClocksOf(Run run, ConversationFacts facts, StoreRules rules, DateTime now)
    {
        // What is over keeps the rules it was over under; what runs goes by today's.
        var instant = (run.WaivedAt is null ? run.EndedAt : run.AnsweredAt) ?? now;
        var window = ReplyWindow.At(run.LastAt, facts.Postings, rules, instant);
        var end = new RunEnd(
            run.AnsweredAt,
            run.WaivedAt,
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
            { WaivedAt: { } waivedAt } when kind == DeadlineKind.FirstAnswer && !(end.AnsweredAt <= waivedAt) => (DeadlineState.Waived, null),
            { AnsweredAt: { } answeredAt } => answeredAt <= dueAt ? (DeadlineState.Met, null) : (DeadlineState.Missed, (DateTime?)dueAt),
            { IsClosed: true } => (DeadlineState.Cancelled, null),
            { WaivedAt: not null } when kind == DeadlineKind.ReplyWindow => (end.HasLapsed ? DeadlineState.Cancelled : DeadlineState.Waived, null),
            { WaivedAt: not null } => dueAt <= now ? (DeadlineState.Missed, dueAt) : (DeadlineState.Waived, null),
            { HasLapsed: true } => (DeadlineState.Missed, dueAt),
            _ => (DeadlineState.Running, dueAt <= now ? dueAt : null),
        };
        var reckoning = new ClockReckoning(kind, [.. steps, .. LastSteps(rule, state, missedAt, end)], rule, dueAt);
        return new Clock(kind, startedAt, dueAt, state == DeadlineState.Waived ? null : end.AnsweredAt, missedAt, state, reckoning);
    }

    private static IEnumerable<ReckoningStep> LastSteps(RuleValue rule, DeadlineState state, DateTime? missedAt, RunEnd end)
    {
        if (state is DeadlineState.Waived or DeadlineState.Cancelled && end.WaivedAt is not null) yield return new(ReckoningStepKind.NoAnswerNeeded, end.WaivedAt);
        else if (state == DeadlineState.Cancelled) yield return new(ReckoningStepKind.FellAway, null);
        else if (end.AnsweredAt is not null) yield return new(ReckoningStepKind.Answered, end.AnsweredAt);
        else if (missedAt is not null) yield return new(ReckoningStepKind.NotAnswered, missedAt);
        if (state == DeadlineState.Waived && rule.Owner == RuleOwner.Ozon) yield return new(ReckoningStepKind.OzonRunsOn, null);
    }

    /// <summary>What the buyer wrote without an answer in between.</summary>
    /// <param name="AnsweredAt">The answer; to a waived run it may come while a later one is open.</param>
    /// <param name="EndedAt">The answer, or the message with which the buyer wrote again after the window had closed or after a waiver; null while it
    /// is the last.</param>
    /// <param name="WaivedAt">When a colleague said that it needs no answer.</param>
    private sealed record Run(DateTime FirstAt, DateTime LastAt, DateTime? AnsweredAt = null, DateTime? EndedAt = null, DateTime? WaivedAt = null);

    private sealed record RunEnd(DateTime? AnsweredAt, DateTime? WaivedAt, bool HasLapsed, bool IsClosed);
}
