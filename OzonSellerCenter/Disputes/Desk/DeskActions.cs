using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>A decision of the desk.</summary>
/// <param name="Amount">To the buyer; with a withholding back to the shop. Minor units; counts with <see cref="DisputeOutcome.Split"/> only.</param>
/// <param name="Reasons">Sent to both sides.</param>
public sealed record Verdict(DisputeOutcome Outcome, long Amount, string Reasons);

/// <summary>The support desk's work on cases: by somebody who had no hand in them, and on appeal by somebody else again. A decision holds for what the
/// reviewer saw. Each deed is one transaction with its step, effects, audit entry and event.</summary>
public sealed class DeskActions(
    Databases databases, DisputeBook book, RefundBook refunds, RefundRelease release, BuyerNotes notes, FreshSignIn signIns, Rulebook rulebook, TimeProvider clock)
{
    /// <summary>The least that is decided of, and the least that is left of a split: one whole unit.</summary>
    public const long OneUnit = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes a case out of the queue. Refused: as all here, <c>NotFound</c>, <c>ReviewersOnly</c>, <c>OwnCase</c> (<see cref="CaseHands"/>),
    /// <c>FirstReviewer</c> (the second instance is somebody else's), <c>TakenByOther</c>, <c>NotInReview</c>.</summary>
    public Task<Outcome> TakeUpAsync(CurrentUser user, long id, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (dispute.State == DisputeState.InReview) return dispute.Reviewer == user.Id ? Outcome.Done : Outcome.Refused("TakenByOther");
        if (!await book.FireAsync(db, dispute, DisputeEvent.TakeUp, "", 0, cancellation)) return Outcome.Refused("NotInReview");
        dispute.Reviewer = user.Id;
        return Outcome.Done;
    }, cancellation);

    /// <summary>Puts a case back into the queue; one that somebody else has taken up too, when he has gone.</summary>
    public Task<Outcome> PutBackAsync(CurrentUser user, long id, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
        dispute.State == DisputeState.Submitted || await book.FireAsync(db, dispute, DisputeEvent.PutBack, "", 0, cancellation) ? Outcome.Done : Outcome.Refused("NotInReview"), cancellation);

    /// <summary>Asks the shop for more. Refused: as <see cref="TakeUpAsync"/>, <c>ChangedMeanwhile</c>, <c>WordsMissing</c>, <c>TextTooLong</c> (limit).</summary>
    /// <param name="version">Of the case as the reviewer saw it.</param>
    public Task<Outcome> AskSellerAsync(CurrentUser user, long id, long version, string words, CancellationToken cancellation) =>
        SayAsync(user, id, version, DisputeEvent.AskSeller, words, cancellation);

    /// <summary>Asks the buyer for more, in the chat too. Refused: as <see cref="AskSellerAsync"/>.</summary>
    public Task<Outcome> AskBuyerAsync(CurrentUser user, long id, long version, string words, CancellationToken cancellation) =>
        SayAsync(user, id, version, DisputeEvent.AskBuyer, words, cancellation);

    /// <summary>Lets the pack go to Ozon, with a real store. Refused: as <see cref="AskSellerAsync"/> (words may be missing).</summary>
    public Task<Outcome> ReleaseAsync(CurrentUser user, long id, long version, string words, CancellationToken cancellation) => DecideAsync(user, id, version, async (db, dispute) =>
        words.Length > Dispute.MaxWords ? Outcome.Refused("TextTooLong", Dispute.MaxWords)
        : await book.FireAsync(db, dispute, DisputeEvent.Release, words.Trim(), 0, cancellation) ? Outcome.Done : Outcome.Refused("NotInReview"), cancellation);

    /// <summary>Decides for the marketplace, in the sandbox. Refused: as <see cref="AskSellerAsync"/>, <c>OzonDecides</c> (a real store),
    /// <c>OutcomeMissing</c>, <c>ReasonsShort</c> (least), <c>SplitOutOfRange</c> (least, most), <c>AmountOverRest</c> (what is left),
    /// <c>BelowPaid</c> (what the first instance paid), <c>SignInNotFresh</c>, and as <see cref="RefundRelease.GoAsync"/>.</summary>
    /// <param name="proof">That the person before the screen is the one who signed in; money wants it.</param>
    public Task<Outcome> DecideAsync(CurrentUser user, long id, long version, Verdict verdict, SignInProof? proof, CancellationToken cancellation) => DecideAsync(user, id, version, async (db, dispute) =>
    {
        if (!await IsMarketplaceAsync(db, dispute.StoreId, cancellation)) return Outcome.Refused("OzonDecides");
        var rules = await rulebook.ForAsync(dispute.StoreId, cancellation);
        if (Check(dispute, verdict, (int)rules.At(RuleKeys.DisputeWords, Now).Value) is { IsDone: false } wrong) return wrong;
        var amount = AmountOf(dispute, verdict);
        if (amount > 0 && !signIns.IsFresh(proof, user)) return Outcome.Refused("SignInNotFresh");
        (dispute.Outcome, dispute.Awarded, dispute.Reasons) = (verdict.Outcome, amount, verdict.Reasons.Trim());
        if (!await book.FireAsync(db, dispute, DisputeEvent.Decide, verdict.Reasons.Trim(), amount, cancellation)) return Outcome.Refused("NotInReview");
        if (PaysBuyer(dispute) && await PayAsync(db, dispute, amount, cancellation) is { IsDone: false } refused) return refused;
        await TellAsync(db, dispute, DisputeEvent.Decide, BuyerStep.CaseDecided, DisputeTemplates.Decided(dispute), cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>What a verdict gives: to the buyer, with a withholding to the shop.</summary>
    public static long AmountOf(Dispute dispute, Verdict verdict) => (verdict.Outcome, dispute.Kind) switch
    {
        (DisputeOutcome.Split, _) => verdict.Amount,
        (DisputeOutcome.Buyer, not DisputeKind.Withholding) or (DisputeOutcome.Seller, DisputeKind.Withholding) => dispute.ClaimAmount,
        _ => 0,
    };

    /// <summary>The store's marketplace is the bundled sandbox: the desk decides for it.</summary>
    public static Task<bool> IsMarketplaceAsync(SellerCenterDb db, int storeId, CancellationToken cancellation) =>
        db.SyncStates.AnyAsync(s => s.StoreId == storeId && s.Kind == StoreExtension.Kind && s.Error == null && s.FreshAt != null, cancellation);

    /// <summary>Whether a person had a hand in a case, so that he cannot review it.</summary>
    internal static async Task<bool> HadAHandAsync(SellerCenterDb db, Dispute dispute, CurrentUser user, CancellationToken cancellation) =>
        (await CaseHands.OfAsync(db, [HandledCase.Of(dispute)], cancellation))[dispute.Id].Contains(user.Id);

    /// <summary>Money for goods that went out by decisions of this case.</summary>
    public static Task<long> PaidAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        var keys = Enumerable.Range(1, dispute.Instance).Select(i => KeyOf(dispute.Id, i)).ToArray();
        return db.Refunds.Where(r => r.StoreId == dispute.StoreId && keys.Contains(r.Key) && Refund.Holding.Contains(r.State)).SumAsync(r => r.Amount, cancellation);
    }

    private static bool PaysBuyer(Dispute dispute) => dispute.Awarded > 0 && HasBuyer(dispute);

    /// <summary>A buyer stands on the other side; he can be asked, and paid.</summary>
    internal static bool HasBuyer(Dispute dispute) => dispute.Kind is DisputeKind.Complaint or DisputeKind.ReturnContested;

    private static string KeyOf(long id, int instance) => string.Create(CultureInfo.InvariantCulture, $"dispute-{id}-{instance}");

    /// <summary>Whether a verdict is one that can be given, whatever money there is.</summary>
    /// <param name="least">Shortest reasons, in characters.</param>
    internal static Outcome Check(Dispute dispute, Verdict verdict, int least)
    {
        if (verdict.Outcome is not (DisputeOutcome.Seller or DisputeOutcome.Buyer or DisputeOutcome.Split)) return Outcome.Refused("OutcomeMissing");
        if (verdict.Reasons.Trim().Length < least) return Outcome.Refused("ReasonsShort", least);
        if (verdict.Reasons.Length > Dispute.MaxWords) return Outcome.Refused("TextTooLong", Dispute.MaxWords);
        var most = dispute.ClaimAmount - OneUnit;
        return verdict.Outcome == DisputeOutcome.Split && (verdict.Amount < OneUnit || verdict.Amount > most)
            ? Outcome.Refused("SplitOutOfRange", new Money(OneUnit, dispute.Currency), new Money(Math.Max(0, most), dispute.Currency))
            : Outcome.Done;
    }

    /// <summary>One refund per case and instance: its key is unique, and it leaves through the outbox like every other.</summary>
    private async Task<Outcome> PayAsync(SellerCenterDb db, Dispute dispute, long amount, CancellationToken cancellation)
    {
        // The case first: of two who decide it at once the later is told so, and not that the money is gone.
        await db.SaveChangesAsync(cancellation);
        var paid = await PaidAsync(db, dispute, cancellation);
        if (amount < paid) return Outcome.Refused("BelowPaid", new Money(paid, dispute.Currency));
        if (amount == paid) return Outcome.Done;
        if (await RefundBasis.ReadAsync(db, dispute.StoreId, dispute.PostingNumber, null, cancellation) is not { } basis) return Outcome.Refused("NoPosting");
        if (!await RefundBook.HoldAsync(db, basis, amount - paid, cancellation)) return Outcome.Refused("AmountOverRest", new Money(basis.Left, basis.Currency));
        var refund = new Refund
        {
            StoreId = dispute.StoreId,
            Key = KeyOf(dispute.Id, dispute.Instance),
            PostingNumber = dispute.PostingNumber,
            OrderNumber = dispute.OrderNumber,
            Way = RefundWay.Payment,
            Scope = amount - paid == basis.Paid ? RefundScope.Whole : RefundScope.Part,
            Amount = amount - paid,
            Currency = dispute.Currency,
            Reason = ReasonOf(dispute.Topic),
            Explanation = dispute.Reasons[..Math.Min(dispute.Reasons.Length, RefundCheck.MaxText)],
            CreatedBy = db.User?.Id,
            WrittenBy = db.User?.Id,
            CreatedAt = Now,
        };
        db.Refunds.Add(refund);
        await db.SaveChangesAsync(cancellation);
        await refunds.FireAsync(db, refund, RefundEvent.SubmitAlone, dispute.Number, cancellation);
        return await release.GoAsync(db, refund, Now, cancellation);
    }

    /// <summary>Tells the marketplace, when the case is known to it, and the buyer in the chat.</summary>
    private async Task TellAsync(SellerCenterDb db, Dispute dispute, DisputeEvent what, BuyerStep step, string text, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var stepId = await db.DisputeSteps.Where(s => s.DisputeId == dispute.Id && s.Event == what).MaxAsync(s => s.Id, cancellation);
        if (dispute.OzonId is not null)
        {
            db.OutboundCommands.Add(new OutboundCommand
            {
                StoreId = dispute.StoreId,
                Key = string.Create(CultureInfo.InvariantCulture, $"dispute:{stepId}"),
                Kind = CommandKind.DisputeDecision,
                Subject = DisputeClock.SubjectOf(dispute.Id),
                TargetId = stepId,
                CreatedAt = Now,
                CreatedBy = db.User?.Id,
                NotBeforeAt = Now,
            });
        }

        if (dispute.PostingNumber.Length > 0 && HasBuyer(dispute))
            await notes.ReachAsync(db, dispute.StoreId, dispute.PostingNumber, string.Create(CultureInfo.InvariantCulture, $"dispute:{stepId}"), step, text, cancellation);
    }

    private Task<Outcome> SayAsync(CurrentUser user, long id, long version, DisputeEvent what, string words, CancellationToken cancellation) => DecideAsync(user, id, version, async (db, dispute) =>
    {
        if (string.IsNullOrWhiteSpace(words)) return Outcome.Refused("WordsMissing");
        var most = what == DisputeEvent.AskBuyer ? BuyerNote.MaxText : Dispute.MaxWords;
        if (words.Length > most) return Outcome.Refused("TextTooLong", most);
        if (!await book.FireAsync(db, dispute, what, words.Trim(), 0, cancellation)) return Outcome.Refused("NotInReview");
        if (what == DisputeEvent.AskBuyer) await TellAsync(db, dispute, what, BuyerStep.CaseQuestion, words.Trim(), cancellation);
        return Outcome.Done;
    }, cancellation);

    /// <summary>Who decides has taken it up, and by deciding takes it up if nobody has.</summary>
    private Task<Outcome> DecideAsync(CurrentUser user, long id, long version, Func<SellerCenterDb, Dispute, Task<Outcome>> work, CancellationToken cancellation) => OnAsync(user, id, async (db, dispute) =>
    {
        if (dispute.Version != version) return Outcome.Refused("ChangedMeanwhile");
        if (dispute.State == DisputeState.InReview && dispute.Reviewer != user.Id) return Outcome.Refused("TakenByOther");
        if (dispute.State == DisputeState.Submitted) await book.FireAsync(db, dispute, DisputeEvent.TakeUp, "", 0, cancellation);
        dispute.Reviewer = user.Id;
        return await work(db, dispute);
    }, cancellation);

    private Task<Outcome> OnAsync(CurrentUser user, long id, Func<SellerCenterDb, Dispute, Task<Outcome>> work, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Disputes.SingleOrDefaultAsync(d => d.Id == id, cancellation) is not { } dispute) return Outcome.NotFound;
        if (db.RoleIn(dispute.StoreId) is not (StoreRole.Owner or StoreRole.Support)) return Outcome.Refused("ReviewersOnly");
        if (await HadAHandAsync(db, dispute, user, cancellation)) return Outcome.Refused("OwnCase");
        if (dispute.FirstReviewer == user.Id) return Outcome.Refused("FirstReviewer");
        var outcome = await work(db, dispute);
        if (outcome.IsDone) await db.CommitAsync(cancellation);
        return outcome;
    });

    private static RefundReason ReasonOf(DisputeTopic topic) => topic switch
    {
        DisputeTopic.NotAsDescribed => RefundReason.NotAsDescribed,
        DisputeTopic.Quality => RefundReason.Defect,
        DisputeTopic.Delivery => RefundReason.NotDelivered,
        _ => RefundReason.Other,
    };
}
