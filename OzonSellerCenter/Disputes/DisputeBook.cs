using System.Globalization;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes;

/// <summary>Moves cases along their ways, each move with its step, clocks, audit entry and event, in the caller's transaction.</summary>
public sealed class DisputeBook(DisputeClock clocks, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes a new case in. It is saved, so that it has its number.</summary>
    /// <param name="words">What the step tells, such as who opened it and why.</param>
    public async Task OpenAsync(SellerCenterDb db, Dispute dispute, string words, CancellationToken cancellation)
    {
        dispute.StateSince = dispute.OpenedAt;
        db.Disputes.Add(dispute);
        await db.SaveChangesAsync(cancellation);
        Step(db, dispute, DisputeEvent.Open, dispute.State, words, dispute.ClaimAmount);
        await clocks.RecomputeAsync(db, dispute, done: true, cancellation);
        db.Audit(dispute.StoreId, "dispute.Open", dispute.Number, string.Create(CultureInfo.InvariantCulture, $"{dispute.Kind}, {dispute.Topic}, {dispute.PostingNumber}, {dispute.ClaimAmount} {dispute.Currency}"));
        Announce(db, dispute);
    }

    /// <summary>Lets something happen to a case.</summary>
    /// <param name="dispute">Tracked, and saved once.</param>
    /// <param name="words">What was said.</param>
    /// <param name="amount">What was awarded or offered, minor units.</param>
    /// <returns>False when it cannot happen to it now; nothing is changed then.</returns>
    public async Task<bool> FireAsync(SellerCenterDb db, Dispute dispute, DisputeEvent what, string words, long amount, CancellationToken cancellation)
    {
        var machine = DisputeMachine.Of(dispute);
        if (!machine.CanFire(what)) return false;
        var before = dispute.State;
        machine.Fire(what);
        Take(dispute, what);
        Step(db, dispute, what, before, words, amount);
        await clocks.RecomputeAsync(db, dispute, IsDone(what), cancellation);
        db.Audit(dispute.StoreId, $"dispute.{what}", dispute.Number, string.Create(CultureInfo.InvariantCulture, $"{before} → {dispute.State}, {dispute.Outcome}, {amount} {dispute.Currency}"));
        Announce(db, dispute);
        return true;
    }

    /// <summary>Takes down what moves a case nowhere: that it was written on, pushed, or answered to.</summary>
    public void Note(SellerCenterDb db, Dispute dispute, DisputeEvent what, string words, long amount = 0)
    {
        Step(db, dispute, what, dispute.State, words, amount);
        db.Audit(dispute.StoreId, $"dispute.{what}", dispute.Number);
        Announce(db, dispute);
    }

    /// <summary>Tells the screens of a case, its posting and its return to look again.</summary>
    public static void Announce(SellerCenterDb db, Dispute dispute)
    {
        db.Announce(dispute.StoreId, EventKind.Dispute, dispute.Id.ToString(CultureInfo.InvariantCulture));
        if (dispute.PostingNumber.Length > 0) db.Announce(dispute.StoreId, EventKind.Posting, dispute.PostingNumber);
        if (dispute.ReturnRequestId is { } request) db.Announce(dispute.StoreId, EventKind.Return, request.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether what ran until then was done, or fell away because the case went another way.</summary>
    private static bool IsDone(DisputeEvent what) => what is not (DisputeEvent.Withdraw or DisputeEvent.Settle or DisputeEvent.OzonDecide or DisputeEvent.StepIn);

    private void Take(Dispute dispute, DisputeEvent what)
    {
        var now = Now;
        dispute.StateSince = now;
        switch (what)
        {
            case DisputeEvent.Submit or DisputeEvent.StepIn or DisputeEvent.BuyerAnswer:
                (dispute.SubmittedAt, dispute.Reviewer) = (now, null);
                break;
            case DisputeEvent.PutBack:
                dispute.Reviewer = null;
                break;
            case DisputeEvent.Decide or DisputeEvent.OzonDecide:
                dispute.DecidedAt = now;
                break;
            case DisputeEvent.Appeal:
                (dispute.FirstReviewer, dispute.Reviewer, dispute.SubmittedAt, dispute.Instance) = (dispute.Reviewer, null, null, dispute.Instance + 1);
                break;
            case DisputeEvent.Withdraw:
                dispute.Outcome = DisputeOutcome.Withdrawn;
                break;
            case DisputeEvent.Settle:
                dispute.Outcome = DisputeOutcome.Settled;
                break;
            case DisputeEvent.Lapse:
                dispute.Outcome = DisputeOutcome.Lapsed;
                break;
        }

        if (dispute.State == DisputeState.Closed) dispute.ClosedAt = now;
    }

    private void Step(SellerCenterDb db, Dispute dispute, DisputeEvent what, DisputeState from, string words, long amount) => db.DisputeSteps.Add(new DisputeStep
    {
        StoreId = dispute.StoreId,
        DisputeId = dispute.Id,
        At = Now,
        By = db.User?.Id,
        Event = what,
        From = from,
        To = dispute.State,
        Instance = dispute.Instance,
        Words = words,
        Outcome = what is DisputeEvent.Decide or DisputeEvent.OzonDecide ? dispute.Outcome : DisputeOutcome.None,
        Amount = amount,
    });
}
