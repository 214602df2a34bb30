using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>What the shop's people do with refunds. Each deed is one transaction with its step, outbox row, audit entry and event; done twice, it is
/// done once.</summary>
public sealed class RefundActions(Databases databases, Rulebook rulebook, RefundBook book, RefundRelease release, BuyerNotes notes, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Begins a refund, or finds the draft that was begun with the same key, or one of this person that is open for the same request.
    /// Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>RefundUnderWay</c> (one for the request is under way).</summary>
    /// <param name="key">Made when the form was shown.</param>
    /// <returns>The refund's id; 0 when refused.</returns>
    public Task<(Outcome Outcome, long Id)> StartAsync(
        CurrentUser user, string postingNumber, long? requestId, Guid key, CancellationToken cancellation) => Databases.RetryAsync<(Outcome, long)>(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var name = key.ToString("N");
        if (await db.Refunds.Where(r => r.Key == name).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancellation) is { } there) return (Outcome.Done, there);
        if (await StoreOfAsync(db, postingNumber, requestId, cancellation) is not { } storeId) return (Outcome.NotFound, 0);
        if (db.RoleIn(storeId) is not (StoreRole.Owner or StoreRole.Agent)) return (Outcome.Refused("SupportReadsOnly"), 0);
        if (await RefundBasis.ReadAsync(db, storeId, postingNumber, requestId, cancellation) is not { } basis) return (Outcome.NotFound, 0);
        if (requestId is not null && await db.Refunds.AnyAsync(r => r.ReturnRequestId == requestId && RefundRelease.Open.Contains(r.State), cancellation)) return (Outcome.Refused("RefundUnderWay"), 0);
        var draft = await db.Refunds.Where(r => r.State == RefundState.Draft && r.CreatedBy == user.Id && r.StoreId == storeId && r.PostingNumber == postingNumber && r.ReturnRequestId == requestId)
            .OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellation);
        if (draft is not null) return (Outcome.Done, draft.Id);
        var refund = new Refund
        {
            StoreId = storeId,
            Key = name,
            PostingNumber = postingNumber,
            OrderNumber = basis.OrderNumber,
            ReturnRequestId = requestId,
            CancellationId = basis.Cancellation?.CancellationId,
            Currency = basis.Currency,
            CreatedBy = user.Id,
            WrittenBy = user.Id,
            CreatedAt = Now,
        };
        db.Refunds.Add(refund);
        db.Audit(storeId, "refund.start", postingNumber);
        await db.SaveChangesAsync(cancellation);
        RefundBook.Announce(db, refund);
        await db.CommitAsync(cancellation);
        return (Outcome.Done, refund.Id);
    });

    /// <summary>Keeps what was typed so far, right or wrong. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotDraftAnyMore</c>,
    /// <c>ChangedMeanwhile</c> (in another tab, or by a colleague), <c>TextTooLong</c> (limit), <c>AmountNegative</c>; of a refund that holds money
    /// <c>AmountZero</c> and <c>AmountOverRest</c> too.</summary>
    /// <param name="version">Of the refund as it was shown.</param>
    /// <returns>With the version it has now: whoever goes on typing writes over his own words only.</returns>
    public async Task<(Outcome Outcome, long Version)> SaveAsync(CurrentUser user, long refundId, RefundDraft draft, long version, CancellationToken cancellation)
    {
        Refund? kept = null;
        var outcome = await OnAsync(user, refundId, (db, refund) => KeepAsync(db, kept = refund, draft, version, cancellation), cancellation);
        return (outcome, outcome.IsDone ? kept!.Version : version);
    }

    /// <summary>Hands a refund in: for review, or, within the person's own limit, right to Ozon. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>,
    /// <c>ChangedMeanwhile</c>, <c>NotDraftAnyMore</c>, <c>RefundUnderWay</c>, and as <see cref="RefundCheck.Of"/> and <see cref="RefundRelease"/>.</summary>
    /// <param name="version">Of the refund as it was shown at the last step.</param>
    public Task<Outcome> SubmitAsync(CurrentUser user, long refundId, long version, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
    {
        if (refund.State is not (RefundState.Draft or RefundState.MoreWanted))
            return refund.SubmittedAt is not null && refund.WrittenBy == user.Id ? Outcome.Done : Outcome.Refused("NotDraftAnyMore");
        if (refund.Version != version) return Outcome.Refused("ChangedMeanwhile");
        if (await RefundBasis.ReadAsync(db, refund.StoreId, refund.PostingNumber, refund.ReturnRequestId, cancellation) is not { } basis) return Outcome.NotFound;
        if (refund.ReturnRequestId is not null && await db.Refunds.AnyAsync(r => r.ReturnRequestId == refund.ReturnRequestId && r.Id != refundId && RefundRelease.Open.Contains(r.State), cancellation))
            return Outcome.Refused("RefundUnderWay");
        var rules = await rulebook.ForAsync(refund.StoreId, cancellation);
        if (!refund.Holds && !await RefundBook.HoldAsync(db, basis, refund.Amount, cancellation)) return Outcome.Refused("AmountOverRest", new Money(basis.Left, basis.Currency));

        // Read once more: another refund of the posting may have been handed in while this one waited for its turn.
        var (moved, postage) = await RefundBasis.MovedAsync(db, refund.StoreId, refund.PostingNumber, cancellation);
        basis = (basis with { Moved = moved, MovedPostage = postage }).Without(refund);
        if (RefundCheck.Of(basis, RefundDraft.Of(refund), rules, Now) is { IsDone: false } wrong) return wrong;
        if (refund.Way == RefundWay.GrantCancellation) refund.CancellationId = basis.Cancellation!.CancellationId;
        refund.WrittenBy = user.Id;
        var alone = refund.State == RefundState.Draft && !RefundCheck.NeedsReview(basis, refund.Sum, rules, Now);
        if (!await book.FireAsync(db, refund, alone ? RefundEvent.SubmitAlone : RefundEvent.Submit, "", cancellation)) return Outcome.Refused("NotDraftAnyMore");
        return alone ? await release.GoAsync(db, refund, Now + RefundRelease.TimeToTakeBack, cancellation) : Outcome.Done;
    }, cancellation);

    /// <summary>Takes a refund back that has not left yet. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>AlreadyLeft</c>.</summary>
    public Task<Outcome> WithdrawAsync(CurrentUser user, long refundId, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
    {
        if (refund.State == RefundState.Withdrawn) return Outcome.Done;
        if (!RefundMachine.Can(refund, RefundEvent.Withdraw)) return Outcome.Refused("AlreadyLeft");
        if (refund.State == RefundState.Approved && !await release.StopAsync(db, refund, cancellation)) return Outcome.Refused("AlreadyLeft");
        await book.FireAsync(db, refund, RefundEvent.Withdraw, "", cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>An owner says what became of a refund of which Ozon does not show it. Refused: <c>NotFound</c>, <c>OwnersOnly</c>, <c>WordsMissing</c>,
    /// <c>NotUnclear</c>.</summary>
    /// <param name="arrived">The money is with Ozon; else it never was.</param>
    /// <param name="words">From where he knows.</param>
    public Task<Outcome> SettleAsync(CurrentUser user, long refundId, bool arrived, string words, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
    {
        if (db.RoleIn(refund.StoreId) != StoreRole.Owner) return Outcome.Refused("OwnersOnly");
        if (string.IsNullOrWhiteSpace(words)) return Outcome.Refused("WordsMissing");
        var isStuck = refund.State == RefundState.Unclear
            && await db.OutboundCommands.AnyAsync(c => c.Id == refund.CommandId && c.State == CommandState.Failed, cancellation);
        if (!isStuck) return Outcome.Refused("NotUnclear");
        await book.FireAsync(db, refund, arrived ? RefundEvent.Arrive : RefundEvent.Fail, arrived ? words.Trim() : "SettledByHand", cancellation);
        if (!arrived) refund.FailureDetail = words.Trim();
        return Outcome.Done;
    }, cancellation);

    /// <summary>Sets what the buyer is told at a step of a refund: these words, the usual ones (when they are given), or nothing (null). Refused:
    /// <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>TellingMissing</c> (words of nothing), <c>TextTooLong</c> (limit), <c>TellingLeft</c> (it is on its
    /// way already, or of a refund that is over).</summary>
    public Task<Outcome> TellAsync(CurrentUser user, long refundId, BuyerStep step, string? text, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
    {
        if (text is not null && string.IsNullOrWhiteSpace(text)) return Outcome.Refused("TellingMissing");
        if (text?.Length > BuyerNote.MaxText) return Outcome.Refused("TextTooLong", BuyerNote.MaxText);
        var subject = RefundBook.SubjectOf(refundId);
        var note = await db.BuyerNotes.SingleOrDefaultAsync(n => n.StoreId == refund.StoreId && n.Subject == subject && n.Step == step, cancellation);
        if (refund.IsOver || !BuyerNotes.StepsOf(refund).Contains(step) || note?.State is BuyerNoteState.Waiting or BuyerNoteState.Told) return Outcome.Refused("TellingLeft");

        // The usual words are made when the step is reached: of the sum and the day as they are then.
        if (text is not null && text.Trim() == BuyerTemplates.Of(step, await BuyerNotes.FactsAsync(db, refund, cancellation)))
        {
            if (note is not null) db.Remove(note);
        }
        else
        {
            await notes.PlanAsync(db, refund.StoreId, refund.PostingNumber, subject, step, text, cancellation);
        }

        db.Announce(refund.StoreId, EventKind.Refund, refund.Id.ToString(CultureInfo.InvariantCulture));
        return Outcome.Done;
    }, cancellation);

    /// <summary>The store in sight that has the posting, or the request of it; null for none.</summary>
    internal static async Task<int?> StoreOfAsync(SellerCenterDb db, string postingNumber, long? requestId, CancellationToken cancellation)
    {
        var stores = db.StoresInSight;
        if (requestId is not null)
            return await db.ReturnRequests.Where(r => stores.Contains(r.StoreId) && r.Id == requestId && r.PostingNumber == postingNumber).Select(r => (int?)r.StoreId).FirstOrDefaultAsync(cancellation);
        return await db.Postings.Where(p => stores.Contains(p.StoreId) && p.PostingNumber == postingNumber).OrderBy(p => p.StoreId).Select(p => (int?)p.StoreId).FirstOrDefaultAsync(cancellation);
    }

    private async Task<Outcome> KeepAsync(SellerCenterDb db, Refund refund, RefundDraft draft, long version, CancellationToken cancellation)
    {
        if (refund.State is not (RefundState.Draft or RefundState.MoreWanted)) return Outcome.Refused("NotDraftAnyMore");
        if (refund.Version != version) return Outcome.Refused("ChangedMeanwhile");
        if (draft.Explanation.Length > RefundCheck.MaxText || draft.Comment.Length > RefundCheck.MaxText) return Outcome.Refused("TextTooLong", RefundCheck.MaxText);
        if (draft.Amount < 0 || draft.Postage < 0) return Outcome.Refused("AmountNegative");

        // A draft that holds money, sent back by the reviewer, holds as much as stands in it.
        if (refund.Holds && draft.Amount + draft.Postage == 0) return Outcome.Refused("AmountZero");
        if (refund.Holds && draft.Amount != refund.Amount && await SetAsideAsync(db, refund, draft.Amount - refund.Amount, cancellation) is { IsDone: false } refused) return refused;
        draft.Write(refund);
        if (refund.WrittenBy != db.User!.Id)
        {
            refund.WrittenBy = db.User.Id;
            db.RefundSteps.Add(new RefundStep
            {
                StoreId = refund.StoreId,
                RefundId = refund.Id,
                At = Now,
                By = refund.WrittenBy,
                Event = RefundEvent.Write,
                From = refund.State,
                To = refund.State,
                Sum = refund.Sum,
            });
        }

        // What is being typed is of no interest to the pages of the order and the request.
        db.Announce(refund.StoreId, EventKind.Refund, refund.Id.ToString(CultureInfo.InvariantCulture));
        return Outcome.Done;
    }

    private async Task<Outcome> SetAsideAsync(SellerCenterDb db, Refund refund, long more, CancellationToken cancellation)
    {
        if (await RefundBasis.ReadAsync(db, refund.StoreId, refund.PostingNumber, refund.ReturnRequestId, cancellation) is not { } basis) return Outcome.NotFound;
        return await RefundBook.HoldAsync(db, basis, more, cancellation) ? Outcome.Done : Outcome.Refused("AmountOverRest", new Money(basis.Left + refund.Amount, basis.Currency));
    }

    private Task<Outcome> OnAsync(CurrentUser user, long refundId, Func<SellerCenterDb, Refund, Task<Outcome>> work, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Refunds.SingleOrDefaultAsync(r => r.Id == refundId, cancellation) is not { } refund) return Outcome.NotFound;
        if (db.RoleIn(refund.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        var outcome = await work(db, refund);
        if (outcome.IsDone) await db.CommitAsync(cancellation);
        return outcome;
    });
}
