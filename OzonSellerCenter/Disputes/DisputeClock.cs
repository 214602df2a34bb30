using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Disputes;

/// <summary>Who owes the next step of a case, and until when (ozon/rules.md §3): reckoned from the case alone.</summary>
public sealed class DisputeClock(Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
{
    private const string Prefix = "dispute:";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The subject under which the deadlines of a case stand.</summary>
    public static string SubjectOf(long disputeId) => $"{Prefix}{disputeId}";

    /// <summary>The case a subject means; null for subjects of other features.</summary>
    public static long? DisputeOf(string subject) =>
        subject.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(subject.AsSpan(Prefix.Length), out var id) ? id : null;

    /// <summary>Makes the stretches and the deadline rows of a case equal to where it stands, in the caller's unit of work. Doing it again changes
    /// nothing.</summary>
    /// <param name="dispute">Tracked, and saved once.</param>
    /// <param name="done">What ended now was done; else it fell away.</param>
    public async Task RecomputeAsync(SellerCenterDb db, Dispute dispute, bool done, CancellationToken cancellation)
    {
        var now = Now;
        var rules = await rulebook.ForAsync(dispute.StoreId, cancellation);
        Follow(dispute, rules, now, done);
        if (dispute.Turns.Count == 0) return;
        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(dispute.StoreId, cancellation));
        await DeadlineReconciliation.ReconcileAsync(
            db, dispute.StoreId, SubjectOf(dispute.Id), TitleOf(dispute), [.. dispute.Turns.Select(t => Of(t, rules, now))], plan, cancellation);
    }

    /// <summary>Takes down who owes what by the case's state; a changed rule moves the ends of what runs.</summary>
    public static void Follow(Dispute dispute, StoreRules rules, DateTime now, bool done)
    {
        var wanted = Wanted(dispute).Select(w => (w.Kind, w.RuleKey, StartedAt: ReturnOutlook.AsKept(w.StartedAt))).ToList();
        var turns = dispute.Turns.Where(t => t.EndedAt is not null).ToList();
        foreach (var turn in dispute.Turns.Where(t => t.EndedAt is null && !wanted.Contains(((DeadlineKind)t.Kind, t.RuleKey, t.StartedAt))))
            turns.Add(turn with { EndedAt = ReturnOutlook.AsKept(now), FellAway = !done });
        foreach (var (kind, ruleKey, startedAt) in wanted)
            turns.Add(new DisputeTurn((int)kind, startedAt, startedAt + rules.SpanAt(ruleKey, startedAt), ruleKey));
        dispute.Turns = [.. turns.OrderBy(t => t.StartedAt).ThenBy(t => t.Kind)];
        dispute.NextBy = dispute.Turns.Where(t => t.EndedAt is null).Min(t => (DateTime?)t.DueAt);
    }

    /// <summary>What runs in the state the case is in now, each from when the case came into it.</summary>
    private static IEnumerable<(DeadlineKind Kind, string RuleKey, DateTime StartedAt)> Wanted(Dispute dispute)
    {
        var since = dispute.StateSince;
        switch (dispute.State)
        {
            case DisputeState.Gathering when dispute is { Kind: DisputeKind.Withholding, Instance: 1 }:
                yield return (DeadlineKind.DisputeContest, RuleKeys.DisputeContest, dispute.OpenedAt);
                break;
            case DisputeState.Gathering:
                yield return (DeadlineKind.DisputeAnswer, RuleKeys.DisputeAnswer, since);
                break;
            case DisputeState.SellerAsked when dispute.Kind == DisputeKind.Withholding:
                yield return (DeadlineKind.DisputeVideo, RuleKeys.DisputeVideo, since);
                break;
            case DisputeState.SellerAsked:
                yield return (DeadlineKind.DisputeAnswer, RuleKeys.DisputeAnswer, since);
                break;
            case DisputeState.Submitted or DisputeState.InReview when dispute is { Kind: not DisputeKind.ReturnContested } or { Instance: > 1 }:
                yield return (DeadlineKind.DisputeDecision, RuleKeys.DisputeReview, dispute.SubmittedAt ?? since);
                break;
            case DisputeState.BuyerAsked:
                yield return (DeadlineKind.DisputeBuyerAnswer, RuleKeys.DisputeBuyerAnswer, since);
                break;
            case DisputeState.Released:
                yield return (DeadlineKind.DisputeHandOver, RuleKeys.DisputeHandOver, since);
                break;
            case DisputeState.AtOzon:
                // A return that is handed over late leaves Ozon no more time for that.
                var from = dispute is { Kind: DisputeKind.ReturnContested, Instance: 1 } ? dispute.OpenedAt : since;
                yield return (DeadlineKind.DisputeAtOzon, dispute.Kind == DisputeKind.Carrier ? RuleKeys.DisputeCarrier : RuleKeys.DisputeOzonDecision, from);
                break;
            case DisputeState.Decided:
                yield return (DeadlineKind.DisputeAppeal, RuleKeys.DisputeAppeal, dispute.DecidedAt ?? since);
                break;
        }

        // Ozon's three days run from the moment the buyer contested, whoever has the case.
        if (dispute is { Kind: DisputeKind.ReturnContested, Instance: 1, State: not (DisputeState.Decided or DisputeState.Closed or DisputeState.AtOzon) })
            yield return (DeadlineKind.DisputeDecision, RuleKeys.DisputeOzonDecision, dispute.OpenedAt);
    }

    private static Clock Of(DisputeTurn turn, StoreRules rules, DateTime now)
    {
        var kind = (DeadlineKind)turn.Kind;
        var late = turn.DueAt <= (turn.EndedAt ?? now) ? turn.DueAt : (DateTime?)null;

        // An appeal that nobody makes, and a buyer who does not answer, are nobody's fault of ours.
        var mayPass = kind is DeadlineKind.DisputeAppeal or DeadlineKind.DisputeBuyerAnswer;
        var (state, metAt, missedAt) = turn switch
        {
            { EndedAt: null } => (DeadlineState.Running, (DateTime?)null, late),
            { FellAway: true } => (DeadlineState.Cancelled, null, null),
            _ when mayPass || late is null => (DeadlineState.Met, turn.EndedAt, (DateTime?)null),
            _ => (DeadlineState.Missed, turn.EndedAt, late),
        };
        return new Clock(kind, turn.StartedAt, turn.DueAt, metAt, missedAt, state, new ClockReckoning(kind, [], rules.At(turn.RuleKey, turn.StartedAt), turn.DueAt));
    }

    private static string TitleOf(Dispute dispute)
    {
        var title = $"{dispute.Number} · {(dispute.PostingNumber.Length > 0 ? dispute.PostingNumber : dispute.ProductName)}";
        return title.Length <= Deadline.MaxTitle ? title : title[..Deadline.MaxTitle];
    }
}
