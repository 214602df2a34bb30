using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>What is wanted of a buyer's request.</summary>
/// <param name="RequestId">Our id.</param>
/// <param name="ReturnId">Ozon's id.</param>
/// <param name="Currency">Of the amounts in the wish.</param>
internal sealed record WantedOfReturn(long RequestId, long ReturnId, string Currency, ReturnWish Wish);

/// <summary>Does at Ozon what is wanted of a buyer's request, and finds out afterwards whether it was done.</summary>
internal sealed class ReturnCall(OzonApi ozon, ReturnSync sync, Databases databases)
{
    /// <summary>What a deed wants.</summary>
    public static Task<WantedOfReturn> WantedAsync(SellerCenterDb db, long deedId, CancellationToken cancellation) => (
        from deed in db.ReturnDeeds
        join request in db.ReturnRequests on deed.ReturnRequestId equals request.Id
        where deed.Id == deedId
        select new WantedOfReturn(request.Id, request.ReturnId, request.Currency, deed.Wish)).SingleAsync(cancellation);

    /// <summary>What a command wants of which it is not known what became of it; null for other commands.</summary>
    public static async Task<WantedOfReturn?> UnclearAsync(SellerCenterDb db, long commandId, CancellationToken cancellation)
    {
        var deed = await db.OutboundCommands.Where(c => c.Id == commandId && c.Kind == CommandKind.ReturnDeed && c.State == CommandState.Unclear)
            .Select(c => (long?)c.TargetId).SingleOrDefaultAsync(cancellation);
        return deed is { } id ? await WantedAsync(db, id, cancellation) : null;
    }

    /// <summary>The one request of an attempt. Before it the buyer's request is read: what Ozon does not offer any more is not sent.</summary>
    /// <returns>Why it was not done, <see cref="OzonErrorKind.Conflict"/> when somebody else was faster; and the posting that was made, if one was.</returns>
    public async Task<(OzonError? Error, string Made)> SendAsync(OzonAccount account, int storeId, WantedOfReturn wanted, CancellationToken dying)
    {
        if (wanted.Wish is ExchangeWish exchange)
        {
            var answer = await ozon.CreateExchangeAsync(account, new ExchangeCreateRequest { ReturnId = wanted.ReturnId, Reference = exchange.Reference }, dying);
            return (answer.Error, answer.Value?.Result?.PostingNumber ?? "");
        }

        var wish = (ActWish)wanted.Wish;
        var read = await ozon.RfbsReturnAsync(account, new RfbsReturnRequest { ReturnId = wanted.ReturnId }, dying);

        // A reading that failed has done nothing at Ozon, whatever it failed of.
        if (!read.IsOk) return (read.Error.MayHaveActed ? read.Error with { Kind = OzonErrorKind.Unreachable } : read.Error, "");
        if (read.Value.Returns?.AvailableActions.Any(a => a.Id == wish.Action.Id) != true || read.Value.Returns.State?.State != wish.StateBefore)
        {
            await MarkAsync(storeId, wanted.RequestId, dying);
            return (new OzonError(OzonErrorKind.Conflict, read.Value.Returns?.State?.StateName ?? ""), "");
        }

        var action = new RfbsReturnAction
        {
            ReturnId = wanted.ReturnId,
            Id = wish.Action.Id,
            Comment = wish.Comment.Length > 0 ? wish.Comment : null,
            RejectionReasonId = wish.Rejection?.Id,
            CompensationAmount = wish.Amount / 100m,
            ReturnForBackWay = wish.Postage > 0 ? wish.Postage / 100m : null,
        };
        return ((await ozon.ActOnReturnAsync(account, action, dying)).Error, "");
    }

    /// <summary>Asks Ozon how the request stands now, takes that over, and tells whether the wish has come true.</summary>
    public async Task<(OzonError? Error, ReturnProof Proof, string Made)> ReadBackAsync(OpenStore store, WantedOfReturn wanted, CancellationToken dying)
    {
        if (wanted.Wish is ExchangeWish)
        {
            // Asked for again under the same name it tells what it made.
            var (error, made) = await SendAsync(store.Account, store.Id, wanted, dying);
            return error is null ? (null, ReturnProof.Done, made) : error.MayHaveActed || error.Kind is OzonErrorKind.Unreachable or OzonErrorKind.RateLimited
                ? (error, ReturnProof.NotDone, "")
                : (null, ReturnProof.Overtaken, "");
        }

        if (await sync.ReadAsync(store, wanted.RequestId, wanted.ReturnId, dying) is { } unread) return (unread, ReturnProof.NotDone, "");
        await using var db = await databases.ForStoreAsync(store.Id, dying);
        var request = await db.ReturnRequests.AsNoTracking().SingleAsync(r => r.Id == wanted.RequestId, dying);
        return (null, ReturnProofs.Of((ActWish)wanted.Wish, request.State, request.Actions), "");
    }

    private Task MarkAsync(int storeId, long requestId, CancellationToken dying) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, dying);
        await db.ReturnRequests.Where(r => r.Id == requestId).ExecuteUpdateAsync(set => set.SetProperty(r => r.NeedsSync, true).SetProperty(r => r.Version, r => r.Version + 1), dying);
    });
}
