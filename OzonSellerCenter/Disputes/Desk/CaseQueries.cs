using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>A step of a case as the desk shows it.</summary>
/// <param name="Who">Name of the person; null when the buyer, Ozon or the program did it.</param>
public sealed record CaseStep(long Id, DateTime At, string? Who, DisputeEvent Event, DisputeState To, int Instance, string Words, DisputeOutcome Outcome, long Amount);

/// <summary>The money of the posting a case is about; minor units.</summary>
/// <param name="Held">Refunded, in flight, or unknown.</param>
/// <param name="PaidByCase">Of it by decisions of this case.</param>
/// <param name="Refunds">Newest first.</param>
public sealed record CaseMoney(long Paid, long Held, long PaidByCase, string Currency, IReadOnlyList<RefundLine> Refunds)
{
    public long Left => Math.Max(0, Paid - Held);
}

/// <summary>The return that is contested, in Ozon's words.</summary>
public sealed record CaseReturn(long Id, string Number, string StateName, string Reason, string Comment);

/// <summary>The posting a case is about.</summary>
public sealed record CasePosting(string PostingNumber, string Status, DateTime? DeliveredAt);

/// <summary>A running clock of a case.</summary>
public sealed record CaseClock(DeadlineKind Kind, DateTime StartedAt, DateTime DueAt, RuleOwner Owner);

/// <summary>The rules in force now for what the reviewer may do next.</summary>
/// <param name="LeastWords">Shortest reasons, in characters.</param>
/// <param name="AppealFor">How long a decision can be appealed.</param>
/// <param name="SellerFor">How long the shop has to answer.</param>
/// <param name="BuyerFor">How long the buyer has to answer.</param>
public sealed record CaseTerms(int LeastWords, TimeSpan AppealFor, TimeSpan SellerFor, TimeSpan BuyerFor);

/// <summary>A case with all that it is decided by.</summary>
/// <param name="Steps">Oldest first.</param>
/// <param name="Names">Of people, by their keys.</param>
/// <param name="Evidence">Oldest first, what was withdrawn too.</param>
/// <param name="IsMarketplace">The desk decides for the marketplace; else Ozon decides, and the pack is let go to it.</param>
/// <param name="Rules">That apply, as they held when the case was opened.</param>
/// <param name="Bar">Why the person may not decide: <c>OwnCase</c>, <c>FirstReviewer</c>; null when he may.</param>
/// <param name="Reviewers">Names of those who may.</param>
/// <param name="OfBuyer">The buyer's other cases in the stores in sight.</param>
public sealed record OpenCase(
    Dispute Dispute, string StoreName, string TimeZone, IReadOnlyList<CaseStep> Steps, IReadOnlyDictionary<string, string> Names, IReadOnlyList<EvidenceItem> Evidence, CaseMoney? Money,
    CaseReturn? Return, CasePosting? Posting, bool IsMarketplace, IReadOnlyList<CaseClock> Clocks, CaseTerms Terms, IReadOnlyList<RuleValue> Rules, string? Bar, IReadOnlyList<string> Reviewers,
    Precedents Precedents, IReadOnlyList<OutcomeCount> OfBuyer)
{
    public string NameOf(string? userId) => userId is null ? "" : Names.GetValueOrDefault(userId, "");
}

/// <summary>Reads one case for the desk.</summary>
public sealed class CaseQueries(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    private const int MaxRefunds = 20;

    /// <summary>Null when the person may not review in its store, as for a case that does not exist.</summary>
    public async Task<OpenCase?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellation) is not { } dispute) return null;
        if (db.RoleIn(dispute.StoreId) is not (StoreRole.Owner or StoreRole.Support)) return null;
        var store = await db.Stores.Where(s => s.Id == dispute.StoreId).Select(s => new { s.Name, s.TimeZone }).SingleAsync(cancellation);
        var steps = await db.DisputeSteps.AsNoTracking().Where(s => s.DisputeId == id).OrderBy(s => s.Id).ToListAsync(cancellation);
        var evidence = await db.EvidenceItems.AsNoTracking().Where(i => i.DisputeId == id).OrderBy(i => i.Id).ToListAsync(cancellation);
        var hands = (await CaseHands.OfAsync(db, [HandledCase.Of(dispute)], cancellation))[id].ToHashSet();
        var people = steps.Select(s => s.By).Concat(evidence.SelectMany(i => new[] { i.AddedBy, i.WithdrawnBy }))
            .Concat([dispute.WrittenBy, dispute.Owner, dispute.Reviewer, dispute.FirstReviewer, dispute.OpenedBy]).OfType<string>().Distinct().ToArray();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var rules = await rulebook.ForAsync(dispute.StoreId, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var reviewers = await db.Memberships.Where(m => m.StoreId == dispute.StoreId && m.Role != StoreRole.Agent && m.User.DisabledAt == null && m.UserId != dispute.FirstReviewer)
            .OrderBy(m => m.User.DisplayName).Select(m => new { m.UserId, m.User.DisplayName }).ToListAsync(cancellation);
        return new OpenCase(
            dispute, store.Name, store.TimeZone,
            steps.ConvertAll(s => new CaseStep(s.Id, s.At, s.By is null ? null : names.GetValueOrDefault(s.By, ""), s.Event, s.To, s.Instance, s.Words, s.Outcome, s.Amount)),
            names, evidence, await MoneyAsync(db, dispute, cancellation), await ReturnAsync(db, dispute, cancellation),
            await db.Postings.Where(p => p.StoreId == dispute.StoreId && p.PostingNumber == dispute.PostingNumber).Select(p => new CasePosting(p.PostingNumber, p.Status, p.DeliveredAt)).FirstOrDefaultAsync(cancellation),
            await DeskActions.IsMarketplaceAsync(db, dispute.StoreId, cancellation),
            [.. dispute.Turns.Where(t => t.EndedAt is null).OrderBy(t => t.DueAt).Select(t => new CaseClock((DeadlineKind)t.Kind, t.StartedAt, t.DueAt, rules.At(t.RuleKey, t.StartedAt).Owner))],
            TermsOf(dispute, rules, now),
            [.. RulesOf(dispute, await GroupAsync(db, dispute, cancellation)).Select(key => rules.At(key, dispute.OpenedAt))],
            hands.Contains(user.Id) ? "OwnCase" : dispute.FirstReviewer == user.Id ? "FirstReviewer" : null,
            [.. reviewers.Where(r => !hands.Contains(r.UserId)).Select(r => r.DisplayName)],
            await Precedents.OfAsync(db, dispute, cancellation), await OfBuyerAsync(db, dispute, cancellation));
    }

    /// <summary>Keys of the rules a case of this kind is led by; with goods that may be given back, for how long they may.</summary>
    internal static IEnumerable<string> RulesOf(Dispute dispute, ReturnGroup? group)
    {
        IEnumerable<string> keys = dispute.Kind switch
        {
            DisputeKind.ReturnContested => [RuleKeys.DisputeOpen, RuleKeys.DisputeOzonDecision, RuleKeys.DisputeBuyerAnswer],
            DisputeKind.Withholding => [RuleKeys.DisputeContest, RuleKeys.DisputeVideo, RuleKeys.DisputeReview],
            DisputeKind.Carrier => [RuleKeys.DisputeCarrier, RuleKeys.DisputeReview],
            _ => [RuleKeys.DisputeReview, RuleKeys.DisputeBuyerAnswer],
        };
        keys = keys.Append(RuleKeys.DisputeAnswer).Append(RuleKeys.DisputeAppeal);
        if (group is not { } known || dispute.Kind is not (DisputeKind.Complaint or DisputeKind.ReturnContested)) return keys;
        return dispute.Topic switch
        {
            DisputeTopic.NotAsDescribed or DisputeTopic.Quality => keys.Append(RuleKeys.ReturnPeriod(known, isProper: false)),
            DisputeTopic.Other => keys.Append(RuleKeys.ReturnPeriod(known, isProper: true)),
            _ => keys,
        };
    }

    private static CaseTerms TermsOf(Dispute dispute, StoreRules rules, DateTime now) => new(
        (int)rules.At(RuleKeys.DisputeWords, now).Value, rules.SpanAt(RuleKeys.DisputeAppeal, now),
        rules.SpanAt(dispute.Kind == DisputeKind.Withholding ? RuleKeys.DisputeVideo : RuleKeys.DisputeAnswer, now), rules.SpanAt(RuleKeys.DisputeBuyerAnswer, now));

    private static async Task<ReturnGroup?> GroupAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation) =>
        (await db.ProductFacts.AsNoTracking().SingleOrDefaultAsync(f => f.StoreId == dispute.StoreId && f.Sku == dispute.Sku, cancellation))?.EffectiveGroup;

    private static async Task<CaseMoney?> MoneyAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        if (dispute.PostingNumber.Length == 0 || await RefundBasis.ReadAsync(db, dispute.StoreId, dispute.PostingNumber, null, cancellation) is not { } basis) return null;
        return new CaseMoney(
            basis.Paid, basis.Held, await DeskActions.PaidAsync(db, dispute, cancellation), basis.Currency,
            await RefundFormQueries.LinesAsync(db.Refunds.Where(r => r.StoreId == dispute.StoreId && r.PostingNumber == dispute.PostingNumber), MaxRefunds, cancellation));
    }

    private static Task<CaseReturn?> ReturnAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation) =>
        db.ReturnRequests.Where(r => r.Id == dispute.ReturnRequestId).Select(r => (CaseReturn?)new CaseReturn(r.Id, r.Number, r.StateName, r.Reason, r.Comment)).FirstOrDefaultAsync(cancellation);

    private static async Task<IReadOnlyList<OutcomeCount>> OfBuyerAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        if (dispute.BuyerId is not { Length: > 0 } buyer) return [];
        var counts = await db.Disputes.Where(d => d.BuyerId == buyer && d.Id != dispute.Id && d.Kind != DisputeKind.Withholding && d.Kind != DisputeKind.Carrier)
            .GroupBy(d => d.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return [.. counts.Select(c => new OutcomeCount(c.Key, c.Count)).OrderByDescending(c => c.Count).ThenBy(c => c.Outcome)];
    }
}
