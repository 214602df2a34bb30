using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes;

/// <summary>What the shop says in a case.</summary>
/// <param name="Account">The written account of events.</param>
/// <param name="Answers">The answers it was made of.</param>
/// <param name="Offer">What the shop would give to end it, minor units.</param>
public sealed record AccountDraft(DisputeTopic Topic, string Account, IReadOnlyList<AccountAnswer> Answers, long Offer);

/// <summary>What the shop's people do with a case. Each deed is one transaction with its step, audit entry and event.</summary>
public sealed class DisputeActions(Databases databases, DisputeBook book, BuyerNotes notes, Rulebook rulebook, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Keeps the account as it was typed so far. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotWritable</c>, <c>ChangedMeanwhile</c>,
    /// <c>TextTooLong</c> (limit), <c>OfferWrong</c> (most).</summary>
    /// <param name="version">Of the case as it was shown.</param>
    /// <returns>With the version it has now: whoever goes on typing writes over his own words only.</returns>
    public async Task<(Outcome Outcome, long Version)> SaveAsync(CurrentUser user, long id, AccountDraft draft, long version, CancellationToken cancellation)
    {
        Dispute? kept = null;
        var outcome = await OnAsync(user, id, (db, dispute) =>
        {
            kept = dispute;
            if (!dispute.IsWritable) return Done("NotWritable");
            if (dispute.Version != version) return Done("ChangedMeanwhile");
            if (draft.Account.Length > Dispute.MaxWords || draft.Answers.Any(a => a.Text.Length > Dispute.MaxWords)) return Task.FromResult(Outcome.Refused("TextTooLong", Dispute.MaxWords));
            if (draft.Offer < 0 || draft.Offer > dispute.ClaimAmount) return Task.FromResult(Outcome.Refused("OfferWrong", new Money(dispute.ClaimAmount, dispute.Currency)));
            if (!Enum.IsDefined(draft.Topic)) return Done("KindWrong");
            (dispute.Topic, dispute.Account, dispute.Answers, dispute.Offer) = (draft.Topic, draft.Account, [.. draft.Answers.Where(a => a.Text.Length > 0)], draft.Offer);
            if (dispute.WrittenBy != user.Id)
            {
                // Once per writer: by it is known who cannot review.
                dispute.WrittenBy = user.Id;
                book.Note(db, dispute, DisputeEvent.Write, "");
            }
            else
            {
                DisputeBook.Announce(db, dispute);
            }

            return Task.FromResult(Outcome.Done);
        }, cancellation);
        return (outcome, outcome.IsDone ? kept!.Version : version);
    }

    /// <summary>Hands the account in. Refused: as <see cref="SaveAsync"/>, and <c>AccountShort</c> (least).</summary>
    public Task<Outcome> SubmitAsync(CurrentUser user, long id, long version, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        // A second click finds it done.
        if (!dispute.IsWritable) return dispute.SubmittedAt is not null && dispute.WrittenBy == user.Id ? Outcome.Done : Outcome.Refused("NotWritable");
        if (dispute.Version != version) return Outcome.Refused("ChangedMeanwhile");
        var least = (int)(await rulebook.ForAsync(dispute.StoreId, cancellation)).At(RuleKeys.DisputeWords, Now).Value;
        if (dispute.Account.Trim().Length < least) return Outcome.Refused("AccountShort", least);
        dispute.WrittenBy = user.Id;
        return await book.FireAsync(db, dispute, DisputeEvent.Submit, "", dispute.Offer, cancellation) ? Outcome.Done : Outcome.Refused("NotWritable");
    }, cancellation);

    /// <summary>Says who of the shop looks after it; null for nobody. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>PersonWrong</c>.</summary>
    public Task<Outcome> AssignAsync(CurrentUser user, long id, string? personId, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (personId is not null && !await db.Memberships.AnyAsync(m => m.StoreId == dispute.StoreId && m.UserId == personId && m.User.DisabledAt == null && m.Role != StoreRole.Support, cancellation))
            return Outcome.Refused("PersonWrong");
        dispute.Owner = personId;
        db.Audit(dispute.StoreId, "dispute.Assign", dispute.Number, personId);
        DisputeBook.Announce(db, dispute);
        return Outcome.Done;
    }, cancellation);

    /// <summary>Tells the buyer in the chat what speaks against his claim. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>Over</c>,
    /// <c>WordsMissing</c>, <c>TextTooLong</c> (limit), <c>NoPosting</c>.</summary>
    /// <param name="key">Made when the form was shown: the same is told once.</param>
    public Task<Outcome> ShowProofAsync(CurrentUser user, long id, Guid key, string text, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (!dispute.IsOpen) return Outcome.Refused("Over");
        if (string.IsNullOrWhiteSpace(text)) return Outcome.Refused("WordsMissing");
        if (text.Length > BuyerNote.MaxText) return Outcome.Refused("TextTooLong", BuyerNote.MaxText);
        if (dispute.PostingNumber.Length == 0) return Outcome.Refused("NoPosting");
        var subject = $"proof:{key:N}";
        if (await db.BuyerNotes.AnyAsync(n => n.StoreId == dispute.StoreId && n.Subject == subject, cancellation)) return Outcome.Done;
        await notes.PlanAsync(db, dispute.StoreId, dispute.PostingNumber, subject, BuyerStep.CaseProof, text, cancellation);
        await notes.ReachAsync(db, dispute.StoreId, dispute.PostingNumber, subject, BuyerStep.CaseProof, text, cancellation);
        book.Note(db, dispute, DisputeEvent.ShowProof, text.Trim());
        return Outcome.Done;
    }, cancellation);

    /// <summary>Both sides agreed, or who complained took it back. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>Over</c>,
    /// <c>WordsMissing</c>, <c>OfferWrong</c> (most). Money that was agreed on is sent as a refund, not by this.</summary>
    /// <param name="settled">Agreed; else taken back.</param>
    /// <param name="amount">What was agreed on, minor units.</param>
    public Task<Outcome> EndAsync(CurrentUser user, long id, bool settled, string words, long amount, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (string.IsNullOrWhiteSpace(words)) return Outcome.Refused("WordsMissing");
        if (words.Length > Dispute.MaxWords) return Outcome.Refused("TextTooLong", Dispute.MaxWords);
        if (amount < 0 || amount > dispute.ClaimAmount) return Outcome.Refused("OfferWrong", new Money(dispute.ClaimAmount, dispute.Currency));
        if (!DisputeMachine.Can(dispute, settled ? DisputeEvent.Settle : DisputeEvent.Withdraw)) return Outcome.Refused("Over");
        if (settled) dispute.Awarded = amount;
        await book.FireAsync(db, dispute, settled ? DisputeEvent.Settle : DisputeEvent.Withdraw, words.Trim(), settled ? amount : 0, cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>The pack has been handed to Ozon's support. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotReleased</c>,
    /// <c>TicketMissing</c>, <c>TicketTooLong</c> (limit).</summary>
    /// <param name="ticket">Number or address of the support chat it was handed over in.</param>
    public Task<Outcome> HandOverAsync(CurrentUser user, long id, string ticket, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (string.IsNullOrWhiteSpace(ticket)) return Outcome.Refused("TicketMissing");
        if (ticket.Length > 200) return Outcome.Refused("TicketTooLong", 200);
        if (dispute.State != DisputeState.Released) return Outcome.Refused("NotReleased");
        dispute.OzonTicket = ticket.Trim();
        await book.FireAsync(db, dispute, DisputeEvent.HandOver, ticket.Trim(), 0, cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>Takes down what Ozon decided, as it was told outside of the API. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>,
    /// <c>OutcomeMissing</c>, <c>WordsMissing</c>, <c>TextTooLong</c> (limit), <c>OfferWrong</c> (most), <c>Over</c>.</summary>
    public Task<Outcome> OzonDecidedAsync(CurrentUser user, long id, DisputeOutcome result, long amount, string words, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (result is not (DisputeOutcome.Seller or DisputeOutcome.Buyer or DisputeOutcome.Split)) return Outcome.Refused("OutcomeMissing");
        if (string.IsNullOrWhiteSpace(words)) return Outcome.Refused("WordsMissing");
        if (words.Length > Dispute.MaxWords) return Outcome.Refused("TextTooLong", Dispute.MaxWords);
        if (amount < 0 || amount > dispute.ClaimAmount) return Outcome.Refused("OfferWrong", new Money(dispute.ClaimAmount, dispute.Currency));
        if (!DisputeMachine.Can(dispute, DisputeEvent.OzonDecide)) return Outcome.Refused("Over");
        (dispute.Outcome, dispute.Awarded, dispute.Reasons) = (result, amount, words.Trim());
        await book.FireAsync(db, dispute, DisputeEvent.OzonDecide, words.Trim(), amount, cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>The shop appeals a decision, with new evidence. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>WordsMissing</c>,
    /// <c>TextTooLong</c> (limit), <c>NoAppeal</c> (not decided, decided twice, or the time is over).</summary>
    public Task<Outcome> AppealAsync(CurrentUser user, long id, string words, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (string.IsNullOrWhiteSpace(words)) return Outcome.Refused("WordsMissing");
        if (words.Length > Dispute.MaxWords) return Outcome.Refused("TextTooLong", Dispute.MaxWords);
        if (!CanAppeal(dispute, Now)) return Outcome.Refused("NoAppeal");
        dispute.AppealedBySeller = true;
        await book.FireAsync(db, dispute, DisputeEvent.Appeal, words.Trim(), 0, cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>Takes down that somebody who is late was pushed, such as Ozon's support. The message itself goes through the inbox. Refused:
    /// <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>Over</c>, <c>WordsMissing</c>.</summary>
    public Task<Outcome> EscalateAsync(CurrentUser user, long id, string words, CancellationToken cancellation) => OnAsync(user, id, (db, dispute) =>
    {
        if (!dispute.IsOpen) return Done("Over");
        if (string.IsNullOrWhiteSpace(words)) return Done("WordsMissing");
        if (words.Length > Dispute.MaxWords) return Task.FromResult(Outcome.Refused("TextTooLong", Dispute.MaxWords));
        dispute.EscalatedAt = Now;
        book.Note(db, dispute, DisputeEvent.Escalate, words.Trim());
        return Task.FromResult(Outcome.Done);
    }, cancellation);

    /// <summary>A decision of the first instance can be appealed while its time runs.</summary>
    public static bool CanAppeal(Dispute dispute, DateTime now) => dispute is { State: DisputeState.Decided, Instance: 1 } && (dispute.NextBy is null || dispute.NextBy > now);

    private static Task<Outcome> Done(string refusal) => Task.FromResult(Outcome.Refused(refusal));

    private Task<Outcome> OnAsync(CurrentUser user, long id, Func<SellerCenterDb, Dispute, Task<Outcome>> work, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Disputes.SingleOrDefaultAsync(d => d.Id == id, cancellation) is not { } dispute) return Outcome.NotFound;
        if (db.RoleIn(dispute.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        var outcome = await work(db, dispute);
        if (outcome.IsDone) await db.CommitAsync(cancellation);
        return outcome;
    });
}
