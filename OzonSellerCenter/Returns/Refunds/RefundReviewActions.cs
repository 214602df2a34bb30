using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>The review of refunds by somebody who did not write them. An approval holds for what the reviewer saw: when it was changed meanwhile, it does
/// not count. Each is one transaction with its step, audit entry and event.</summary>
public sealed class RefundReviewActions(Databases databases, RefundBook book, RefundRelease release, FreshSignIn signIns, TimeProvider clock)
{
    /// <summary>Takes a refund out of the queue. Refused: as all here, <c>NotFound</c>, <c>ReviewersOnly</c> (an owner or support), <c>OwnRefund</c>
    /// (nobody reviews what he wrote), <c>NotInReview</c>; and <c>TakenByOther</c>.</summary>
    public Task<Outcome> TakeUpAsync(CurrentUser user, long refundId, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
    {
        if (refund.State == RefundState.InReview) return refund.Reviewer == user.Id ? Outcome.Done : Outcome.Refused("TakenByOther");
        if (!await book.FireAsync(db, refund, RefundEvent.TakeUp, "", cancellation)) return Outcome.Refused("NotInReview");
        refund.Reviewer = user.Id;
        return Outcome.Done;
    }, cancellation);

    /// <summary>Puts a refund back into the queue; one that somebody else has taken up too, when he has gone. Refused: as <see cref="TakeUpAsync"/>.</summary>
    public Task<Outcome> PutBackAsync(CurrentUser user, long refundId, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
        refund.State == RefundState.Submitted || await book.FireAsync(db, refund, RefundEvent.PutBack, "", cancellation) ? Outcome.Done : Outcome.Refused("NotInReview"), cancellation);

    /// <summary>Releases the money. Refused: as <see cref="TakeUpAsync"/>, <c>ChangedMeanwhile</c>, <c>SignInNotFresh</c> (asked for the password more than
    /// 10 minutes ago), and as <see cref="RefundRelease.GoAsync"/>.</summary>
    /// <param name="version">Of the refund as the reviewer saw it.</param>
    /// <param name="proof">That the person before the screen is the one who signed in.</param>
    public Task<Outcome> ApproveAsync(CurrentUser user, long refundId, long version, SignInProof? proof, string words, CancellationToken cancellation) => DecideAsync(user, refundId, version, async (db, refund) =>
    {
        if (!signIns.IsFresh(proof, user)) return Outcome.Refused("SignInNotFresh");
        if (!await book.FireAsync(db, refund, RefundEvent.Approve, words.Trim(), cancellation)) return Outcome.Refused("NotInReview");
        return await release.GoAsync(db, refund, clock.GetUtcNow().UtcDateTime, cancellation);
    }, cancellation);

    /// <summary>Says no. Refused: as <see cref="TakeUpAsync"/>, <c>ChangedMeanwhile</c>, <c>WordsMissing</c>.</summary>
    public Task<Outcome> RefuseAsync(CurrentUser user, long refundId, long version, string words, CancellationToken cancellation) =>
        SayAsync(user, refundId, version, RefundEvent.Refuse, words, cancellation);

    /// <summary>Asks the writer back. Refused: as <see cref="RefuseAsync"/>.</summary>
    public Task<Outcome> AskMoreAsync(CurrentUser user, long refundId, long version, string words, CancellationToken cancellation) =>
        SayAsync(user, refundId, version, RefundEvent.AskMore, words, cancellation);

    /// <summary>Whether a person has written of a refund, or handed it in, if only once.</summary>
    internal static Task<bool> HasWrittenAsync(SellerCenterDb db, long refundId, CurrentUser user, CancellationToken cancellation) =>
        db.RefundSteps.AnyAsync(s => s.RefundId == refundId && s.By == user.Id && (s.Event == RefundEvent.Submit || s.Event == RefundEvent.SubmitAlone || s.Event == RefundEvent.Write), cancellation);

    private Task<Outcome> SayAsync(CurrentUser user, long refundId, long version, RefundEvent what, string words, CancellationToken cancellation) => DecideAsync(user, refundId, version, async (db, refund) =>
    {
        if (string.IsNullOrWhiteSpace(words)) return Outcome.Refused("WordsMissing");
        if (words.Length > RefundCheck.MaxText) return Outcome.Refused("TextTooLong", RefundCheck.MaxText);
        return await book.FireAsync(db, refund, what, words.Trim(), cancellation) ? Outcome.Done : Outcome.Refused("NotInReview");
    }, cancellation);

    /// <summary>Who decides has taken it up, and by deciding takes it up if nobody has.</summary>
    private Task<Outcome> DecideAsync(CurrentUser user, long refundId, long version, Func<SellerCenterDb, Refund, Task<Outcome>> work, CancellationToken cancellation) => OnAsync(user, refundId, async (db, refund) =>
    {
        if (refund.Version != version) return Outcome.Refused("ChangedMeanwhile");
        if (refund.State == RefundState.InReview && refund.Reviewer != user.Id) return Outcome.Refused("TakenByOther");
        if (refund.State == RefundState.Submitted) await book.FireAsync(db, refund, RefundEvent.TakeUp, "", cancellation);
        refund.Reviewer = user.Id;
        return await work(db, refund);
    }, cancellation);

    private Task<Outcome> OnAsync(CurrentUser user, long refundId, Func<SellerCenterDb, Refund, Task<Outcome>> work, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Refunds.SingleOrDefaultAsync(r => r.Id == refundId, cancellation) is not { } refund) return Outcome.NotFound;
        if (db.RoleIn(refund.StoreId) is not (StoreRole.Owner or StoreRole.Support)) return Outcome.Refused("ReviewersOnly");

        // Not only who handed it in: whoever has written a word of it.
        var wrote = refund.CreatedBy == user.Id || refund.WrittenBy == user.Id
            || await HasWrittenAsync(db, refundId, user, cancellation);
        if (wrote) return Outcome.Refused("OwnRefund");
        var outcome = await work(db, refund);
        if (outcome.IsDone) await db.CommitAsync(cancellation);
        return outcome;
    });
}
