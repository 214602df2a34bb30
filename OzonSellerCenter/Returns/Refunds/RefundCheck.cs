using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Whether a refund makes sense for its posting as it is known here. Ozon has the last word.</summary>
public static class RefundCheck
{
    /// <summary>Longest account and longest words for the buyer.</summary>
    public const int MaxText = 1000;

    /// <summary>All of it. Refusals: those of <see cref="Amounts"/>, and <c>ReasonMissing</c>, <c>ExplanationShort</c> (least), <c>TextTooLong</c> (limit),
    /// <c>CancelReasonMissing</c>.</summary>
    public static Outcome Of(RefundBasis basis, RefundDraft draft, StoreRules rules, DateTime now)
    {
        if (Amounts(basis, draft, rules, now) is { IsDone: false } wrong) return wrong;
        var least = (int)rules.At(RuleKeys.RefundWords, now).Value;
        return draft.Reason == RefundReason.None ? Outcome.Refused("ReasonMissing")
            : draft.Explanation.Trim().Length < least ? Outcome.Refused("ExplanationShort", least)
            : draft.Explanation.Length > MaxText || draft.Comment.Length > MaxText ? Outcome.Refused("TextTooLong", MaxText)
            : draft.Way is RefundWay.CancelItems or RefundWay.CancelPosting && draft.CancelReasonId is not > 0 ? Outcome.Refused("CancelReasonMissing")
            : Outcome.Done;
    }

    /// <summary>The money of it. Refusals: <c>WayNotOffered</c> (Ozon does not offer it, or not any more), <c>AmountNegative</c>, <c>AmountZero</c>,
    /// <c>AmountOverRest</c> (what is left), <c>AmountFixed</c> (what it has to be), <c>OfferOutOfRange</c> (least, most), <c>ItemsMissing</c>,
    /// <c>ItemsWrong</c>, <c>PostageNotTaken</c>, <c>PostageTooHigh</c> (limit). Money in the refusals is in minor units.</summary>
    public static Outcome Amounts(RefundBasis basis, RefundDraft draft, StoreRules rules, DateTime now)
    {
        if (WayOf(basis, draft) is not { } way) return Outcome.Refused("WayNotOffered");
        if (draft.Amount < 0 || draft.Postage < 0) return Outcome.Refused("AmountNegative");
        if (draft.Postage > 0 && !way.TakesPostage) return Outcome.Refused("PostageNotTaken");
        var most = Math.Max(0, MostPostage(basis.Currency, rules, now) - basis.MovedPostage);
        if (draft.Postage > most) return Outcome.Refused("PostageTooHigh", new Money(most, basis.Currency));
        if (draft.Amount + draft.Postage == 0) return Outcome.Refused("AmountZero");
        if (draft.Amount > basis.Left) return Outcome.Refused("AmountOverRest", new Money(basis.Left, basis.Currency));
        if (way.IsFixed && draft.Amount != way.Most) return Outcome.Refused("AmountFixed", new Money(way.Most, basis.Currency));
        if (draft.Amount < way.Least || (draft.Amount > way.Most && way.Way == RefundWay.Answer)) return Outcome.Refused("OfferOutOfRange", new Money(way.Least, basis.Currency), new Money(way.Most, basis.Currency));
        return draft.Scope == RefundScope.Items || way.Way == RefundWay.CancelItems ? Items(basis, draft, way) : Outcome.Done;
    }

    /// <summary>The offered way that a draft means; null when it is not offered.</summary>
    public static OfferedWay? WayOf(RefundBasis basis, RefundDraft draft) =>
        basis.Ways.FirstOrDefault(w => w.Way == draft.Way && (w.Way != RefundWay.Answer || w.Action?.Id == draft.Action?.Id));

    /// <summary>Whether somebody else has to approve it. The limit is named in rubles: money of another currency always needs somebody. It counts for all
    /// refunds of the posting together: cut into small ones, a large one would pass.</summary>
    public static bool NeedsReview(RefundBasis basis, long sum, StoreRules rules, DateTime now) =>
        basis.Currency != "RUB" || basis.Moved + sum > rules.At(RuleKeys.RefundLimit, now).Value * 100;

    /// <summary>The most postage that the house repays, in minor units; the rule is named in rubles.</summary>
    public static long MostPostage(string currency, StoreRules rules, DateTime now) =>
        currency == "RUB" ? (long)(rules.At(RuleKeys.RefundPostageMost, now).Value * 100) : long.MaxValue;

    private static Outcome Items(RefundBasis basis, RefundDraft draft, OfferedWay way)
    {
        if (draft.Items.Count == 0 || draft.Items.Any(i => i.Quantity <= 0)) return Outcome.Refused("ItemsMissing");
        var held = basis.Posting?.Items.GroupBy(i => i.Sku).ToDictionary(g => g.Key, g => (Quantity: g.Sum(i => i.Quantity), g.First().Price)) ?? [];
        var isSane = draft.Items.DistinctBy(i => i.Sku).Count() == draft.Items.Count
            && draft.Items.All(i => held.TryGetValue(i.Sku, out var item) && i.Quantity <= item.Quantity && i.Amount >= 0 && i.Amount <= item.Price * i.Quantity)
            && draft.Items.Sum(i => i.Amount) == draft.Amount;
        if (!isSane) return Outcome.Refused("ItemsWrong");

        // Ozon pays back what the pieces cost, no less.
        return way.Way == RefundWay.CancelItems && draft.Items.Any(i => i.Amount != held[i.Sku].Price * i.Quantity) ? Outcome.Refused("ItemsWrong") : Outcome.Done;
    }
}
