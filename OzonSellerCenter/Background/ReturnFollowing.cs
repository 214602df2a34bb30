using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;

namespace OzonSellerCenter.Background;

/// <summary>Takes over to requests and refunds what became of a command, in the transaction that takes it down.</summary>
internal sealed class ReturnFollowing(RefundFollow refunds, BuyerNotes notes, Signals signals)
{
    private static readonly CommandState[] Over = [CommandState.Done, CommandState.Failed, CommandState.Cancelled];

    /// <summary>What the command made: the posting of another piece.</summary>
    public static async Task TakeMadeAsync(SellerCenterDb db, OutboundCommand command, string made, CancellationToken dying)
    {
        var deed = await db.ReturnDeeds.SingleAsync(d => d.Id == command.TargetId, dying);
        deed.ExchangePosting = made;
    }

    public async Task FollowAsync(SellerCenterDb db, OutboundCommand command, CancellationToken dying)
    {
        if (command.Kind == CommandKind.ReturnDeed && Over.Contains(command.State)) await EndAsync(db, command, dying);
        await refunds.CommandAsync(db, command, command.Error == OutboxRecord.Overtaken && command.Kind == CommandKind.ReturnDeed, dying);
        if (command.Kind != CommandKind.ReturnDeed) return;
        if (ReturnClock.RequestOf(command.Subject) is { } request) db.Announce(command.StoreId, EventKind.Return, $"{request}");
        signals.Returns.Set();
        if (command.State == CommandState.Done) signals.ReturnLists.Set();
    }

    /// <summary>The request is free for another decision; how it stands now is read anew.</summary>
    private async Task EndAsync(SellerCenterDb db, OutboundCommand command, CancellationToken dying)
    {
        var deed = await db.ReturnDeeds.AsNoTracking().SingleAsync(d => d.Id == command.TargetId, dying);
        var request = await db.ReturnRequests.SingleAsync(r => r.Id == deed.ReturnRequestId, dying);
        if (request.OpenDeedId == deed.Id) request.OpenDeedId = null;
        request.NeedsSync |= request.Source == ReturnSource.Rfbs;
        if (command.State != CommandState.Done || deed.RefundId is not null) return;
        var (step, words) = deed.Wish switch
        {
            ActWish act => (ReturnActions.StepOf(ReturnActs.Of(act.Action)), act.Comment),
            _ => (BuyerStep.Exchange, ""),
        };
        if (step is not { } reached) return;
        var usual = BuyerTemplates.Of(reached, new BuyerFacts(request.Number, request.ProductName, Words: words));
        await notes.ReachAsync(db, request.StoreId, request.PostingNumber, BuyerNotes.SubjectOfDeed(deed.Id), reached, usual, dying);
    }
}
