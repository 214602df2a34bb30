using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns;

/// <summary>What a person decides on a request, without money. Money goes as a refund (<see cref="RefundActions"/>).</summary>
/// <param name="ActionId">Of an action that Ozon offers.</param>
/// <param name="Comment">Required with rejections; the buyer reads it.</param>
/// <param name="RejectionId">Required with rejections.</param>
/// <param name="TellBuyer">What the buyer is told in the chat; null when nothing.</param>
public sealed record ReturnDecision(long ActionId, string Comment = "", long? RejectionId = null, string? TellBuyer = null);

/// <summary>What people of the shop do with buyers' requests. Each is one transaction: the row in the request's history, its outbox command, the audit
/// entry and the event.</summary>
public sealed class ReturnActions(Databases databases, BuyerNotes notes, TimeProvider clock)
{
    /// <summary>Longest comment of a decision.</summary>
    public const int MaxComment = 1000;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Key of the outbox command that carries out the decision with this key.</summary>
    internal static string CommandKeyOf(Guid key) => $"return:{key:N}";

    /// <summary>Takes a decision. The same key is taken once. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotOfferedNow</c> (Ozon does not offer
    /// it, or not any more), <c>AlreadyAsked</c> (another is under way), <c>RefundUnderWay</c>, <c>NeedsRefund</c> (it moves money),
    /// <c>RejectionMissing</c>, <c>CommentMissing</c>, <c>TextTooLong</c> (limit).</summary>
    /// <param name="key">Made when the form was shown.</param>
    public Task<Outcome> DecideAsync(CurrentUser user, long requestId, ReturnDecision decision, Guid key, CancellationToken cancellation) => OnAsync(user, requestId, CommandKeyOf(key), async (db, request) =>
    {
        if (request.Actions.FirstOrDefault(a => a.Id == decision.ActionId) is not { } action) return (Outcome.Refused("NotOfferedNow"), null, TimeSpan.Zero);
        var act = ReturnActs.Of(action);
        if (ReturnActs.Pays(act)) return (Outcome.Refused("NeedsRefund"), null, TimeSpan.Zero);
        var rejection = request.Rejections.FirstOrDefault(r => r.Id == decision.RejectionId);
        if (ReturnActs.Rejects(act) && rejection is null) return (Outcome.Refused("RejectionMissing"), null, TimeSpan.Zero);

        // Ozon demands words with every rejection, whatever its reason says (ozon/api.md §4.4).
        if (ReturnActs.Rejects(act) && string.IsNullOrWhiteSpace(decision.Comment)) return (Outcome.Refused("CommentMissing"), null, TimeSpan.Zero);
        if (decision.Comment.Length > MaxComment || decision.TellBuyer?.Length > BuyerNote.MaxText) return (Outcome.Refused("TextTooLong", MaxComment), null, TimeSpan.Zero);
        var wish = new ActWish(action)
        {
            Comment = decision.Comment.Trim(),
            Rejection = ReturnActs.Rejects(act) ? rejection : null,
            StateBefore = request.State,
            OffersBefore = request.Offers,
        };
        return (Outcome.Done, new Wanted(wish, StepOf(act), decision.TellBuyer), RefundRelease.TimeToTakeBack);
    }, cancellation);

    /// <summary>Another piece instead of money. Refused: as <see cref="DecideAsync"/>, and <c>ExchangeNotOffered</c> (Ozon has no method for it),
    /// <c>NotReceivedYet</c>.</summary>
    public Task<Outcome> ExchangeAsync(CurrentUser user, long requestId, string? tellBuyer, Guid key, CancellationToken cancellation) => OnAsync(user, requestId, CommandKeyOf(key), async (db, request) =>
    {
        var isOffered = await db.SyncStates.AnyAsync(s => s.StoreId == request.StoreId && s.Kind == StoreExtension.Kind && s.Error == null && s.FreshAt != null, cancellation);
        if (!isOffered) return (Outcome.Refused("ExchangeNotOffered"), null, TimeSpan.Zero);
        if (request.Stage != ReturnStage.Checkout || !request.Actions.Any(a => ReturnActs.Of(a) == ReturnAct.Refund)) return (Outcome.Refused("NotReceivedYet"), null, TimeSpan.Zero);
        return (Outcome.Done, new Wanted(new ExchangeWish(key.ToString("N")), BuyerStep.Exchange, tellBuyer), TimeSpan.Zero);
    }, cancellation);

    /// <summary>Takes a decision back that has not left yet. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>AlreadyLeft</c>; that of a refund is taken
    /// back with the refund.</summary>
    public Task<Outcome> TakeBackAsync(CurrentUser user, long deedId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.ReturnDeeds.AsNoTracking().SingleOrDefaultAsync(d => d.Id == deedId && d.RefundId == null, cancellation) is not { } deed) return Outcome.NotFound;
        if (db.RoleIn(deed.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        var taken = await db.OutboundCommands
            .Where(c => c.StoreId == deed.StoreId && c.Kind == CommandKind.ReturnDeed && c.TargetId == deedId && c.State == CommandState.Waiting && c.UnclearAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CommandState.Cancelled).SetProperty(c => c.Version, c => c.Version + 1), cancellation);
        if (taken == 0) return Outcome.Refused("AlreadyLeft");
        var request = await db.ReturnRequests.SingleAsync(r => r.Id == deed.ReturnRequestId, cancellation);
        request.OpenDeedId = null;
        db.Audit(deed.StoreId, "return.take-back", request.Number, string.Create(CultureInfo.InvariantCulture, $"deed {deedId}"));
        Announce(db, request);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>Tells the screens of a request and its posting to look again.</summary>
    public static void Announce(SellerCenterDb db, ReturnRequest request)
    {
        db.Announce(request.StoreId, EventKind.Return, request.Id.ToString(CultureInfo.InvariantCulture));
        if (request.PostingNumber.Length > 0) db.Announce(request.StoreId, EventKind.Posting, request.PostingNumber);
    }

    /// <summary>What the buyer is told once an act is done; null when nothing.</summary>
    public static BuyerStep? StepOf(ReturnAct act) => act switch
    {
        ReturnAct.TakeBack => BuyerStep.TakeBack,
        ReturnAct.Received => BuyerStep.Received,
        ReturnAct.Reject or ReturnAct.RejectAfterCheck => BuyerStep.Rejected,
        _ => null,
    };

    private Task<Outcome> OnAsync(
        CurrentUser user, long requestId, string commandKey, Func<SellerCenterDb, ReturnRequest, Task<(Outcome Refusal, Wanted? Wanted, TimeSpan Wait)>> decide, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.OutboundCommands.AnyAsync(c => c.Key == commandKey, cancellation)) return Outcome.Done;
        if (await db.ReturnRequests.SingleOrDefaultAsync(r => r.Id == requestId, cancellation) is not { } request) return Outcome.NotFound;
        if (db.RoleIn(request.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        if (request.OpenDeedId is not null) return Outcome.Refused("AlreadyAsked");
        if (await db.Refunds.AnyAsync(r => r.ReturnRequestId == requestId && RefundRelease.Open.Contains(r.State), cancellation)) return Outcome.Refused("RefundUnderWay");
        var (refusal, wanted, wait) = await decide(db, request);
        if (wanted is null) return refusal;
        var deed = new ReturnDeed { StoreId = request.StoreId, ReturnRequestId = requestId, Wish = wanted.Wish, At = Now, By = user.Id };
        db.ReturnDeeds.Add(deed);
        await db.SaveChangesAsync(cancellation);
        request.OpenDeedId = deed.Id;
        if (wanted.Step is { } step) await notes.PlanAsync(db, request.StoreId, request.PostingNumber, BuyerNotes.SubjectOfDeed(deed.Id), step, wanted.TellBuyer, cancellation);
        db.OutboundCommands.Add(new OutboundCommand
        {
            StoreId = request.StoreId,
            Key = commandKey,
            Kind = CommandKind.ReturnDeed,
            Subject = ReturnClock.SubjectOf(requestId),
            TargetId = deed.Id,
            CreatedAt = deed.At,
            CreatedBy = user.Id,
            NotBeforeAt = deed.At + wait,
        });
        db.Audit(request.StoreId, "return." + wanted.Wish.GetType().Name, request.Number, string.Create(CultureInfo.InvariantCulture, $"deed {deed.Id}"));
        Announce(db, request);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    private sealed record Wanted(ReturnWish Wish, BuyerStep? Step, string? TellBuyer);
}
