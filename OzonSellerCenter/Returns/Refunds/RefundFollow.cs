using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Brings refunds on when Ozon tells something: what became of a command, how a request stands, where the money is. In the caller's transaction;
/// doing it again changes nothing.</summary>
public sealed class RefundFollow(RefundBook book, TimeProvider clock)
{
    /// <summary>Reasons of a command that nobody can tell the end of: its money stays set aside.</summary>
    private const string NotVerified = "NotVerified";

    /// <summary>Resource keys of why a refund came to nothing, beside the outbox's own.</summary>
    public const string OvertakenAtOzon = "OvertakenAtOzon";
    public const string BuyerDeclined = "BuyerDeclined";
    public const string BuyerWithdrew = "BuyerWithdrew";
    public const string PaymentFailed = "PaymentFailed";

    /// <summary>The outbox has come further with a command; if it carries out a refund, the refund follows.</summary>
    /// <param name="isOvertaken">Ozon does not offer it any more.</param>
    public async Task CommandAsync(SellerCenterDb db, OutboundCommand command, bool isOvertaken, CancellationToken cancellation)
    {
        if (await db.Refunds.SingleOrDefaultAsync(r => r.CommandId == command.Id, cancellation) is not { } refund) return;
        switch (command.State)
        {
            case CommandState.Unclear:
                await book.FireAsync(db, refund, RefundEvent.Lose, "", cancellation);
                break;
            case CommandState.Done:
                await book.FireAsync(db, refund, RefundEvent.Arrive, "", cancellation);
                break;
            case CommandState.Failed when command.Error == NotVerified:
                refund.Failure = NotVerified;
                break;
            case CommandState.Failed when isOvertaken:
                await book.FireAsync(db, refund, RefundEvent.Overtake, OvertakenAtOzon, cancellation);
                break;
            case CommandState.Failed:
                if (await book.FireAsync(db, refund, RefundEvent.Fail, command.Error ?? "", cancellation)) refund.FailureDetail = command.ErrorDetail;
                break;
        }

        RefundBook.Announce(db, refund);
    }

    /// <summary>A request was read: its refunds end with it, and money that went back without us is taken down.</summary>
    /// <param name="request">Tracked, with its state as Ozon tells it now.</param>
    /// <param name="isMoneyTold">Where the money is was told with it; one request read alone does not tell that.</param>
    public async Task RequestAsync(SellerCenterDb db, ReturnRequest request, bool isMoneyTold, CancellationToken cancellation)
    {
        var refunds = await db.Refunds.Where(r => r.ReturnRequestId == request.Id).ToListAsync(cancellation);
        foreach (var refund in refunds.Where(r => r is { IsOver: false, State: not RefundState.Draft })) await FollowAsync(db, refund, request, isMoneyTold, cancellation);
        var isPaid = ReturnStages.IsPaid(request.State);
        if (!isPaid || refunds.Exists(r => r.State is RefundState.Paid or RefundState.Sent or RefundState.Unclear or RefundState.Approved)) return;
        await FindAsync(db, request, cancellation);
    }

    /// <summary>Ozon tells where the money of a refund is that answers no request.</summary>
    /// <param name="state">IN_PROCESS, PAID or FAILED.</param>
    public async Task PaymentAsync(SellerCenterDb db, Refund refund, string state, DateTime? expectedAt, CancellationToken cancellation)
    {
        if (state == "PAID") await book.FireAsync(db, refund, RefundEvent.Pay, "", cancellation);
        else if (state == "FAILED") await book.FireAsync(db, refund, RefundEvent.Fail, PaymentFailed, cancellation);
        else refund.ExpectedAt = expectedAt ?? refund.ExpectedAt;
    }

    private async Task FollowAsync(SellerCenterDb db, Refund refund, ReturnRequest request, bool isMoneyTold, CancellationToken cancellation)
    {
        var act = refund.Action is { } action ? ReturnActs.Of(action) : ReturnAct.Unknown;
        switch (refund.State)
        {
            case RefundState.Submitted or RefundState.InReview or RefundState.MoreWanted when request.OpenDeedId is null && request.Actions.All(a => a.Id != refund.Action?.Id):
                await book.FireAsync(db, refund, RefundEvent.Overtake, request.State.Contains("Cancel", StringComparison.Ordinal) ? BuyerWithdrew : OvertakenAtOzon, cancellation);
                break;

            // Given up by the outbox, and now it shows after all.
            case RefundState.Unclear when refund.Failure == NotVerified && IsTaken(act, request.State):
                refund.Failure = null;
                await book.FireAsync(db, refund, RefundEvent.Arrive, "", cancellation);
                break;
            case RefundState.Sent when act == ReturnAct.Compensate ? ReturnStages.IsPaidInPart(request.State) : ReturnStages.IsPaid(request.State):
                if (isMoneyTold && !ReturnStages.IsOnItsWay(request.MoneyState)) await book.FireAsync(db, refund, RefundEvent.Pay, "", cancellation);
                break;
            case RefundState.Sent when request.State.Contains("Cancel", StringComparison.Ordinal):
                await book.FireAsync(db, refund, RefundEvent.Overtake, BuyerWithdrew, cancellation);
                break;
            case RefundState.Sent when act == ReturnAct.Compensate && !request.State.Contains("Compensation", StringComparison.Ordinal) && request.State != "OnSellerApproval":
            case RefundState.Sent when act == ReturnAct.Compensate && request.State == "OnSellerClarificationAfterPartialCompensation":
                await book.FireAsync(db, refund, RefundEvent.Decline, BuyerDeclined, cancellation);
                break;
        }
    }

    private static bool IsTaken(ReturnAct act, string state) =>
        act == ReturnAct.Compensate ? state.Contains("Compensation", StringComparison.Ordinal) : state.Contains("Money", StringComparison.Ordinal);

    /// <summary>In Ozon's cabinet, or by Ozon itself. Of a part Ozon does not tell how much: the whole is taken down, so that too little is left rather
    /// than too much.</summary>
    private async Task FindAsync(SellerCenterDb db, ReturnRequest request, CancellationToken cancellation)
    {
        if (request.Worth == 0 || await RefundBasis.ReadAsync(db, request.StoreId, request.PostingNumber, request.Id, cancellation) is not { } basis) return;
        var refund = new Refund
        {
            StoreId = request.StoreId,
            Key = $"found:{request.Id}",
            PostingNumber = request.PostingNumber,
            OrderNumber = request.OrderNumber,
            ReturnRequestId = request.Id,
            Currency = request.Currency,
            Way = RefundWay.Answer,
            Scope = ReturnStages.IsPaidInPart(request.State) ? RefundScope.Part : RefundScope.Whole,
            Amount = request.Worth,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.Refunds.Add(refund);
        await db.SaveChangesAsync(cancellation);
        await RefundBook.TakeDownAsync(db, basis, refund.Amount, cancellation);
        await book.FireAsync(db, refund, RefundEvent.Find, request.State, cancellation);
    }
}
