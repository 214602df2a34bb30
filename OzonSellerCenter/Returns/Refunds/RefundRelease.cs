using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Hands an approved refund to the outbox, in the caller's transaction: one refund, one command.</summary>
public sealed class RefundRelease(TimeProvider clock)
{
    /// <summary>Money does not come back: what a person released alone leaves after this time only.</summary>
    public static readonly TimeSpan TimeToTakeBack = TimeSpan.FromSeconds(10);

    /// <summary>States in which a refund is under way.</summary>
    internal static readonly RefundState[] Open =
        [RefundState.Submitted, RefundState.InReview, RefundState.MoreWanted, RefundState.Approved, RefundState.Unclear, RefundState.Sent];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Key of the command that carries out a refund; it is unique, so that there is never a second one.</summary>
    public static string CommandKeyOf(long refundId) => string.Create(CultureInfo.InvariantCulture, $"refund:{refundId}");

    /// <summary>Writes the deed and its command. Refused: <c>WayNotOffered</c>, <c>AlreadyAsked</c> (something else is under way with the request), and as
    /// <see cref="WishCheck.Of"/>; the caller then commits nothing.</summary>
    public async Task<Outcome> GoAsync(SellerCenterDb db, Refund refund, DateTime notBefore, CancellationToken cancellation)
    {
        var (refusal, kind, subject, target) = refund.Way == RefundWay.Answer ? await AnswerAsync(db, refund, cancellation) : await OfPostingAsync(db, refund, cancellation);
        if (!refusal.IsDone) return refusal;
        var command = new OutboundCommand
        {
            StoreId = refund.StoreId,
            Key = CommandKeyOf(refund.Id),
            Kind = kind,
            Subject = subject,
            TargetId = target,
            CreatedAt = Now,
            CreatedBy = db.User?.Id,
            NotBeforeAt = notBefore,
        };
        db.OutboundCommands.Add(command);
        await db.SaveChangesAsync(cancellation);
        refund.CommandId = command.Id;
        return Outcome.Done;
    }

    /// <summary>Takes the command back, if it has not left.</summary>
    public async Task<bool> StopAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        // What was tried once, and is to be tried again, may have reached Ozon after all.
        var taken = await db.OutboundCommands.Where(c => c.Id == refund.CommandId && c.State == CommandState.Waiting && c.UnclearAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CommandState.Cancelled).SetProperty(c => c.Version, c => c.Version + 1), cancellation);
        if (taken == 0) return false;
        if (refund.ReturnRequestId is { } requestId && await db.ReturnRequests.SingleOrDefaultAsync(r => r.Id == requestId, cancellation) is { } request) request.OpenDeedId = null;
        return true;
    }

    private async Task<(Outcome Refusal, CommandKind Kind, string Subject, long Target)> AnswerAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        var request = await db.ReturnRequests.SingleAsync(r => r.Id == refund.ReturnRequestId, cancellation);
        if (request.OpenDeedId is not null) return (Outcome.Refused("AlreadyAsked"), default, "", 0);
        if (request.Actions.FirstOrDefault(a => a.Id == refund.Action?.Id) is not { } action) return (Outcome.Refused("WayNotOffered"), default, "", 0);
        var deed = new ReturnDeed
        {
            StoreId = refund.StoreId,
            ReturnRequestId = request.Id,
            RefundId = refund.Id,
            At = Now,
            By = db.User?.Id,
            Wish = new ActWish(action)
            {
                Comment = refund.Comment,
                Amount = ReturnActs.Of(action) == ReturnAct.Compensate ? refund.Amount : null,
                Postage = refund.Postage,
                StateBefore = request.State,
                OffersBefore = request.Offers,
            },
        };
        db.ReturnDeeds.Add(deed);
        await db.SaveChangesAsync(cancellation);
        request.OpenDeedId = deed.Id;
        return (Outcome.Done, CommandKind.ReturnDeed, ReturnClock.SubjectOf(request.Id), deed.Id);
    }

    private async Task<(Outcome Refusal, CommandKind Kind, string Subject, long Target)> OfPostingAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        var posting = await db.Postings.Include(p => p.Items).SingleAsync(p => p.StoreId == refund.StoreId && p.PostingNumber == refund.PostingNumber, cancellation);
        var wish = WishOf(refund, posting);
        if (WishCheck.Of(posting, wish, Now) is { IsDone: false } wrong) return (wrong, default, "", 0);
        var deed = new PostingDeed { StoreId = refund.StoreId, PostingId = posting.Id, PostingNumber = posting.PostingNumber, Wish = wish, At = Now, By = db.User?.Id };
        db.PostingDeeds.Add(deed);
        await db.SaveChangesAsync(cancellation);
        return (Outcome.Done, CommandKind.PostingDeed, ShipmentClock.SubjectOf(posting.PostingNumber), deed.Id);
    }

    private static PostingWish WishOf(Refund refund, Posting posting)
    {
        var pieces = refund.Items.Select(i => new Pieces(i.Sku, i.Quantity)).ToList();
        switch (refund.Way)
        {
            case RefundWay.CancelPosting:
                return new CancelWish(refund.CancelReasonId ?? 0, refund.CancelReason, refund.Explanation[..Math.Min(refund.Explanation.Length, ShippingActions.MaxMessage)]);
            case RefundWay.CancelItems:
                var cancel = new CancelItemsWish(refund.CancelReasonId ?? 0, refund.CancelReason, refund.Explanation[..Math.Min(refund.Explanation.Length, ShippingActions.MaxMessage)], pieces);
                return cancel with { Left = WishCheck.LeftAfter(posting, cancel) };
            case RefundWay.GrantCancellation:
                return new ApproveCancellationWish(refund.CancellationId ?? 0, refund.Comment[..Math.Min(refund.Comment.Length, ShippingActions.MaxMessage)]);
            default:
                return new RefundWish(refund.Key, refund.Amount, refund.Postage, refund.Currency, pieces, refund.Reason.ToString(), refund.Explanation);
        }
    }
}
