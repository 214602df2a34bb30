using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;

namespace OzonSellerCenter.Background;

/// <summary>Brings cases on when somebody let his time go by: the desk decides without the shop's account, without the buyer's answer, and nobody can appeal any
/// more. What Ozon, the carrier or the desk itself owes does not end by itself.</summary>
internal sealed class DisputeTerms(Databases databases, DisputeBook book, TimeProvider clock, ILogger<DisputeTerms> log)
{
    private const int Batch = 100;
    private static readonly DisputeState[] Ending = [DisputeState.Gathering, DisputeState.SellerAsked, DisputeState.BuyerAsked, DisputeState.Decided];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task PassAsync(int storeId, CancellationToken cancellation)
    {
        for (var last = 0L; await DueAsync(storeId, last, cancellation) is { Count: > 0 } due; last = due[^1])
        {
            foreach (var id in due)
            {
                try
                {
                    await Databases.RetryAsync(() => PassAsync(storeId, id, cancellation));
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    // The others go on.
                    log.LogError(fault, "The term of case {DisputeId} of store {StoreId} could not be ended", id, storeId);
                }
            }
        }
    }

    private async Task<List<long>> DueAsync(int storeId, long after, CancellationToken cancellation)
    {
        var now = Now;
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.Disputes
            .Where(d => d.StoreId == storeId && d.Id > after && Ending.Contains(d.State) && (d.NextBy <= now || (d.State == DisputeState.Decided && d.Instance > 1)))
            .OrderBy(d => d.Id).Select(d => d.Id).Take(Batch).ToListAsync(cancellation);
    }

    private async Task PassAsync(int storeId, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var dispute = await db.Disputes.SingleAsync(d => d.Id == id, cancellation);
        if (EndOf(dispute) is not { } what || !await book.FireAsync(db, dispute, what, "", 0, cancellation)) return;
        await db.CommitAsync(cancellation);
    }

    private DisputeEvent? EndOf(Dispute dispute)
    {
        var now = Now;
        bool IsOver(params DeadlineKind[] kinds) => dispute.Turns.Any(t => t.EndedAt is null && t.DueAt <= now && kinds.Contains((DeadlineKind)t.Kind));

        return dispute.State switch
        {
            DisputeState.Gathering when IsOver(DeadlineKind.DisputeContest) => DisputeEvent.Lapse,
            DisputeState.Gathering or DisputeState.SellerAsked when StepsIn(dispute) && IsOver(DeadlineKind.DisputeAnswer, DeadlineKind.DisputeVideo) => DisputeEvent.StepIn,
            DisputeState.BuyerAsked when IsOver(DeadlineKind.DisputeBuyerAnswer) => DisputeEvent.BuyerAnswer,

            // There is no third instance.
            DisputeState.Decided when dispute.Instance > 1 || IsOver(DeadlineKind.DisputeAppeal) => DisputeEvent.Close,
            _ => null,
        };
    }

    /// <summary>The platform steps in for a buyer who waits; where the shop is the one who wants something, its silence ends nothing.</summary>
    private static bool StepsIn(Dispute dispute) => dispute.OzonId is not null || dispute.Kind is DisputeKind.Complaint or DisputeKind.ReturnContested;
}
