using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Reads what the form of a refund needs.</summary>
public sealed class RefundFormQueries(Databases databases, Rulebook rulebook)
{
    /// <summary>Refunds of a posting that are named at most.</summary>
    private const int MaxEarlier = 20;

    /// <summary>The form for a posting; null when the person may not see it, or the request or draft is not one of it.</summary>
    /// <param name="requestId">Our id of the request that is answered; null for a refund of the shop's own initiative.</param>
    /// <param name="draftId">The refund to go on with; null for the person's own draft, if he has one.</param>
    public async Task<RefundForm?> OpenAsync(CurrentUser user, string postingNumber, long? requestId, long? draftId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var draft = draftId is null ? null : await db.Refunds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == draftId && r.PostingNumber == postingNumber, cancellation);
        if (draftId is not null && draft is null) return null;
        requestId = draft?.ReturnRequestId ?? requestId;
        if ((draft?.StoreId ?? await RefundActions.StoreOfAsync(db, postingNumber, requestId, cancellation)) is not { } storeId) return null;
        if (await RefundBasis.ReadAsync(db, storeId, postingNumber, requestId, cancellation) is not { } basis) return null;
        draft ??= await OwnDraftAsync(db, user, storeId, postingNumber, requestId, cancellation);
        var id = draft?.Id ?? 0;
        var store = await db.Stores.Where(s => s.Id == storeId).Select(s => new { s.Name, s.TimeZone }).SingleAsync(cancellation);
        return new RefundForm(
            store.Name, store.TimeZone, db.RoleIn(storeId) is StoreRole.Owner or StoreRole.Agent,
            draft is null ? basis : basis.Without(draft),
            draft,
            requestId is null ? null : await db.Refunds.Where(r => r.ReturnRequestId == requestId && r.Id != id && RefundRelease.Open.Contains(r.State)).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancellation),
            await rulebook.ForAsync(storeId, cancellation),
            await LinesAsync(db.Refunds.Where(r => r.StoreId == storeId && r.PostingNumber == postingNumber && r.Id != id), MaxEarlier, cancellation),
            draft is null ? [] : await TellingsAsync(db, draft, cancellation),
            requestId is null ? [] : await db.ReturnPhotos.Where(p => p.ReturnRequestId == requestId && p.Sha256 != null).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellation));
    }

    /// <summary>The newest of some refunds, in short.</summary>
    internal static async Task<IReadOnlyList<RefundLine>> LinesAsync(IQueryable<Refund> refunds, int most, CancellationToken cancellation) =>
        await refunds.OrderByDescending(r => r.Id).Take(most).Select(r => new RefundLine(r.Id, r.State, r.Way, r.Amount + r.Postage, r.Currency, r.CreatedAt)).ToListAsync(cancellation);

    /// <summary>What the buyer is, was, or will be told by a refund.</summary>
    internal static async Task<IReadOnlyList<Telling>> TellingsAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        var subject = RefundBook.SubjectOf(refund.Id);
        var notes = await db.BuyerNotes.AsNoTracking().Where(n => n.StoreId == refund.StoreId && n.Subject == subject).ToListAsync(cancellation);
        var facts = await BuyerNotes.FactsAsync(db, refund, cancellation);

        // Of a refund that is over only what was told stands.
        var steps = refund.IsOver ? [] : BuyerNotes.StepsOf(refund);
        return [.. steps.Union(notes.Select(n => n.Step)).Order().Select(step =>
        {
            var (note, usual) = (notes.Find(n => n.Step == step), BuyerTemplates.Of(step, facts));
            return new Telling(step, note is { Text.Length: > 0 } ? note.Text : usual, usual, note?.State, note?.Reason);
        })];
    }

    private static Task<Refund?> OwnDraftAsync(SellerCenterDb db, CurrentUser user, int storeId, string postingNumber, long? requestId, CancellationToken cancellation) =>
        db.Refunds.AsNoTracking()
            .Where(r => r.StoreId == storeId && r.PostingNumber == postingNumber && r.ReturnRequestId == requestId
                && ((r.State == RefundState.Draft && r.CreatedBy == user.Id) || (r.State == RefundState.MoreWanted && requestId != null)))
            .OrderByDescending(r => r.State).ThenByDescending(r => r.Id)
            .FirstOrDefaultAsync(cancellation);
}
