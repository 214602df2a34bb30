using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>A step of a refund's way as the page shows it.</summary>
/// <param name="Who">Name of the person; null when the program did it.</param>
public sealed record ShownStep(long Id, DateTime At, string? Who, RefundEvent Event, RefundState To, string Words, long Sum);

/// <summary>A refund as its page shows it.</summary>
/// <param name="Request">The buyer's request it answers.</param>
/// <param name="Steps">Oldest first.</param>
/// <param name="NotBefore">Until then it can be taken back; null when it has left, or nothing is to be sent.</param>
/// <param name="IsStuck">Ozon does not show what became of it, and nobody asks any more: an owner has to say.</param>
/// <param name="Error">Why the command waits or failed: a part of a key of the texts.</param>
/// <param name="Held">Of what was paid for the posting: refunded, in flight, or unknown; minor units.</param>
public sealed record OpenRefund(
    Refund Refund, string StoreName, string TimeZone, StoreRole Role, ReturnRequest? Request, IReadOnlyList<ShownStep> Steps, IReadOnlyList<Telling> Tellings,
    IReadOnlyDictionary<string, string> Names, DateTime? NotBefore, bool IsStuck, string? Error, DateTime? ReviewBy, long Paid, long Held)
{
    /// <summary>The person may write, hand in, take back.</summary>
    public bool MayAct => Role is StoreRole.Owner or StoreRole.Agent;

    public string? NameOf(string? userId) => userId is null ? null : Names.GetValueOrDefault(userId, "");
}

/// <summary>Reads one refund. That of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class RefundPageQueries(Databases databases)
{
    public async Task<OpenRefund?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Refunds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } refund) return null;
        var store = await db.Stores.Where(s => s.Id == refund.StoreId).Select(s => new { s.Name, s.TimeZone }).SingleAsync(cancellation);
        var steps = await db.RefundSteps.AsNoTracking().Where(s => s.RefundId == id).OrderBy(s => s.Id).ToListAsync(cancellation);
        var people = steps.Select(s => s.By).Append(refund.CreatedBy).Append(refund.WrittenBy).Append(refund.Reviewer).OfType<string>().Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var command = refund.CommandId is null ? null : await db.OutboundCommands.AsNoTracking().SingleOrDefaultAsync(c => c.Id == refund.CommandId, cancellation);
        var subject = RefundBook.SubjectOf(id);
        var ledger = await db.RefundLedgers.AsNoTracking().SingleOrDefaultAsync(l => l.StoreId == refund.StoreId && l.PostingNumber == refund.PostingNumber, cancellation);
        var basis = ledger is null ? await RefundBasis.ReadAsync(db, refund.StoreId, refund.PostingNumber, refund.ReturnRequestId, cancellation) : null;
        return new OpenRefund(
            refund, store.Name, store.TimeZone, db.RoleIn(refund.StoreId) ?? StoreRole.Support,
            refund.ReturnRequestId is null ? null : await db.ReturnRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == refund.ReturnRequestId, cancellation),
            steps.ConvertAll(s => new ShownStep(s.Id, s.At, s.By is null ? null : names.GetValueOrDefault(s.By, ""), s.Event, s.To, s.Words, s.Sum)),
            await RefundFormQueries.TellingsAsync(db, refund, cancellation),
            names,
            refund.State == RefundState.Approved && command is { State: CommandState.Waiting, UnclearAt: null } ? command.NotBeforeAt : null,
            refund.State == RefundState.Unclear && command is { State: CommandState.Failed },
            command?.Error,
            await db.Deadlines.Where(d => d.StoreId == refund.StoreId && d.Subject == subject && d.State == DeadlineState.Running).Select(d => (DateTime?)d.DueAt).FirstOrDefaultAsync(cancellation),
            ledger?.Paid ?? basis?.Paid ?? 0, ledger?.Held ?? 0);
    }
}
