using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Page;

/// <summary>Keeps how far an exchange by hand is.</summary>
public sealed class ExchangeActions(Databases databases)
{
    /// <summary>Ticks steps off, or not. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>.</summary>
    public Task<Outcome> TickAsync(CurrentUser user, long requestId, ExchangeSteps step, bool isDone, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.ReturnRequests.SingleOrDefaultAsync(r => r.Id == requestId, cancellation) is not { } request) return Outcome.NotFound;
        if (db.RoleIn(request.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        request.ExchangeDone = isDone ? request.ExchangeDone | step : request.ExchangeDone & ~step;
        db.Audit(request.StoreId, "return.exchange-step", request.Number, $"{step} {(isDone ? "done" : "open")}");
        ReturnActions.Announce(db, request);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });
}
