using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Moves refunds along their ways, each move with its step, money set aside, clock, audit entry and event, in the caller's transaction.</summary>
public sealed class RefundBook(Rulebook rulebook, AlertWishes wishes, BuyerNotes notes, TimeProvider clock)
{
    private const string Prefix = "refund:";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The subject under which the clock of a refund's review stands.</summary>
    public static string SubjectOf(long refundId) => $"{Prefix}{refundId}";

    /// <summary>The refund a subject means; null for subjects of other features.</summary>
    public static long? RefundOf(string subject) =>
        subject.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(subject.AsSpan(Prefix.Length), out var id) ? id : null;

    /// <summary>Lets something happen to a refund. Money that was set aside is given free when it came to nothing.</summary>
    /// <param name="refund">Tracked, and saved once.</param>
    /// <param name="words">What was said, or the resource key of the cause.</param>
    /// <returns>False when it cannot happen to it now; nothing is changed then.</returns>
    public async Task<bool> FireAsync(SellerCenterDb db, Refund refund, RefundEvent what, string words, CancellationToken cancellation)
    {
        var machine = RefundMachine.Of(refund);
        if (!machine.CanFire(what)) return false;
        var (before, held) = (refund.State, refund.Holds);
        machine.Fire(what);
        Note(refund, what, words);
        if (held && !refund.Holds) await ReleaseHoldAsync(db, refund.StoreId, refund.PostingNumber, refund.Amount, cancellation);
        db.RefundSteps.Add(new RefundStep
        {
            StoreId = refund.StoreId,
            RefundId = refund.Id,
            At = Now,
            By = db.User?.Id,
            Event = what,
            From = before,
            To = refund.State,
            Words = words,
            Sum = refund.Sum,
        });
        if (refund is { IsOver: true, State: not RefundState.Paid }) await LookAgainAsync(db, refund, cancellation);
        await notes.FollowAsync(db, refund, cancellation);
        await ReckonAsync(db, refund, cancellation);
        db.Audit(refund.StoreId, $"refund.{what}", refund.PostingNumber, string.Create(CultureInfo.InvariantCulture, $"refund {refund.Id}, {before} → {refund.State}, {refund.Sum} {refund.Currency}"));
        Announce(db, refund);
        return true;
    }

    /// <summary>Tells the screens of a refund, its posting and its request to look again.</summary>
    public static void Announce(SellerCenterDb db, Refund refund)
    {
        db.Announce(refund.StoreId, EventKind.Refund, refund.Id.ToString(CultureInfo.InvariantCulture));
        db.Announce(refund.StoreId, EventKind.Posting, refund.PostingNumber);
        if (refund.ReturnRequestId is { } request) db.Announce(refund.StoreId, EventKind.Return, request.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Sets money aside, if there is so much left: one statement, so that of two refunds that want the same rest one is refused.</summary>
    public static async Task<bool> HoldAsync(SellerCenterDb db, RefundBasis basis, long amount, CancellationToken cancellation)
    {
        await OpenLedgerAsync(db, basis, cancellation);

        // Also of nothing, as of postage alone: the row makes refunds of a posting wait for each other.
        return await db.RefundLedgers
            .Where(l => l.StoreId == basis.StoreId && l.PostingNumber == basis.PostingNumber && (amount <= 0 || l.Held + amount <= l.Paid))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Held, l => l.Held + amount), cancellation) == 1;
    }

    /// <summary>Takes down money that went back without us: it is gone whatever was set aside.</summary>
    public static async Task TakeDownAsync(SellerCenterDb db, RefundBasis basis, long amount, CancellationToken cancellation)
    {
        await OpenLedgerAsync(db, basis, cancellation);
        await db.RefundLedgers.Where(l => l.StoreId == basis.StoreId && l.PostingNumber == basis.PostingNumber)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Held, l => l.Held + amount), cancellation);
    }

    private static Task<int> OpenLedgerAsync(SellerCenterDb db, RefundBasis basis, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""INSERT INTO "RefundLedgers" ("StoreId", "PostingNumber", "Currency", "Paid", "Held") VALUES ({basis.StoreId}, {basis.PostingNumber}, {basis.Currency}, {basis.Paid}, 0) ON CONFLICT DO NOTHING""",
        cancellation);

    private static Task ReleaseHoldAsync(SellerCenterDb db, int storeId, string postingNumber, long amount, CancellationToken cancellation) => amount == 0
        ? Task.CompletedTask
        : db.RefundLedgers.Where(l => l.StoreId == storeId && l.PostingNumber == postingNumber)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Held, l => l.Held - amount), cancellation);

    /// <summary>While a refund was under way, money of its request was taken to be its own: whether there was other is seen now.</summary>
    private static async Task LookAgainAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        if (refund.ReturnRequestId is not { } id) return;
        var request = await db.ReturnRequests.SingleOrDefaultAsync(r => r.Id == id && r.Source == ReturnSource.Rfbs, cancellation);
        if (request is not null) request.NeedsSync = true;
    }

    private void Note(Refund refund, RefundEvent what, string words)
    {
        var now = Now;
        switch (what)
        {
            case RefundEvent.Submit or RefundEvent.SubmitAlone:
                (refund.SubmittedAt, refund.Reviewer) = (now, null);
                break;
            case RefundEvent.PutBack:
                refund.Reviewer = null;
                break;
            case RefundEvent.Approve or RefundEvent.Refuse or RefundEvent.AskMore:
                (refund.ReviewedAt, refund.ReviewWords) = (now, words);
                break;
            case RefundEvent.Arrive:
                refund.SentAt = now;
                break;
            case RefundEvent.Fail or RefundEvent.Overtake or RefundEvent.Decline:
                refund.Failure = words;
                break;
        }

        if (refund.IsOver) refund.EndedAt = now;
    }

    /// <summary>The clock of the review runs while somebody else has to act, and stops while the writer is asked.</summary>
    private async Task ReckonAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        var now = Now;
        var rules = await rulebook.ForAsync(refund.StoreId, cancellation);
        if (refund.State == RefundState.Approved && refund.SentAt is null) refund.ExpectedAt = now + rules.SpanAt(RuleKeys.RefundMoney, now);
        var (subject, waits) = (SubjectOf(refund.Id), refund.State is RefundState.Submitted or RefundState.InReview);
        if (refund.SubmittedAt is not { } startedAt || (!waits && !await db.Deadlines.AnyAsync(d => d.StoreId == refund.StoreId && d.Subject == subject, cancellation))) return;
        var rule = rules.At(RuleKeys.RefundReview, startedAt);
        var dueAt = startedAt + rule.ToSpan();
        DateTime? metAt = refund.ReviewedAt >= startedAt ? refund.ReviewedAt : null;
        var (state, missedAt) = (waits, metAt) switch
        {
            (true, _) => (DeadlineState.Running, dueAt <= now ? dueAt : (DateTime?)null),
            (_, null) => (DeadlineState.Cancelled, null),
            (_, { } at) when at <= dueAt => (DeadlineState.Met, null),
            _ => (DeadlineState.Missed, (DateTime?)dueAt),
        };
        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(refund.StoreId, cancellation));
        var one = new Clock(DeadlineKind.RefundReview, startedAt, dueAt, waits ? null : metAt, missedAt, state, new ClockReckoning(DeadlineKind.RefundReview, [], rule, dueAt));
        var title = $"{refund.PostingNumber} · {new Money(refund.Sum, refund.Currency).Show(CultureInfo.InvariantCulture)}";
        await DeadlineReconciliation.ReconcileAsync(db, refund.StoreId, subject, title, [one], plan, cancellation);
    }
}
