using Microsoft.Extensions.Localization;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>A decision as it is typed.</summary>
/// <param name="Amount">With a split, as it stands in the field.</param>
public sealed record DecisionDraft(DisputeOutcome Outcome, string Amount, string Reasons)
{
    public static readonly DecisionDraft Empty = new(DisputeOutcome.None, "", "");

    /// <summary>What a split gives, in minor units. Refused: as <see cref="AmountText.Read"/>, and <c>SplitOutOfRange</c>.</summary>
    public Outcome ReadSplit(Dispute dispute, out long minor)
    {
        var read = AmountText.Read(Amount, dispute.Currency, out minor);
        return read.IsDone ? DeskActions.Check(dispute, new Verdict(DisputeOutcome.Split, minor, ""), 0) : read;
    }

    /// <summary>The verdict. Refused: as <see cref="ReadSplit"/>, and <c>OutcomeMissing</c>, <c>AmountOverRest</c> (what is left), <c>ReasonsShort</c>,
    /// <c>TextTooLong</c>.</summary>
    /// <param name="least">Shortest reasons, in characters.</param>
    public Outcome Read(OpenCase one, int least, out Verdict verdict)
    {
        var (dispute, minor) = (one.Dispute, 0L);
        var split = Outcome == DisputeOutcome.Split ? ReadSplit(dispute, out minor) : Shared.Outcome.Done;
        verdict = new Verdict(Outcome, minor, Reasons);
        if (!split.IsDone) return split;
        if (DeskActions.HasBuyer(dispute) && one.Money is { } money && DeskActions.AmountOf(dispute, verdict) - money.PaidByCase > money.Left)
            return Shared.Outcome.Refused("AmountOverRest", new Money(money.Left, money.Currency));
        return DeskActions.Check(dispute, verdict, least);
    }

    /// <summary>What follows when it is confirmed, sentence by sentence.</summary>
    public static IEnumerable<string> Effects(IStringLocalizer<DeskTexts> texts, OpenCase one, Verdict verdict, ShopTime shop, DateTime now)
    {
        var (dispute, money) = (one.Dispute, one.Money);
        var (amount, paid) = (DeskActions.AmountOf(dispute, verdict), money?.PaidByCase ?? 0);
        if (dispute.Kind == DisputeKind.Withholding)
        {
            yield return amount > 0 ? texts["Effect_BackToShop", Sum(amount)] : texts["Effect_ChargeStays"];
        }
        else if (!DeskActions.HasBuyer(dispute))
        {
            yield return texts["Effect_Taken"];
        }
        else if (amount > paid)
        {
            yield return texts["Effect_Pays", Sum(amount - paid)];
            if (paid > 0) yield return texts["Effect_Difference", Sum(paid)];
            if (money is not null) yield return texts[money.Held + amount - paid >= money.Paid ? "Effect_OrderWhole" : "Effect_OrderPart"];
        }
        else
        {
            yield return paid > 0 ? texts["Effect_PaidStays", Sum(paid)] : texts["Effect_NoMoney"];
        }

        yield return texts[DeskActions.HasBuyer(dispute) ? "Effect_Told" : "Effect_ShopTold"];
        yield return dispute.Instance == 1 ? texts["Effect_Appeal", shop.DayAndTime(now + one.Terms.AppealFor, now)] : texts["Effect_Final"];

        string Sum(long minor) => new Money(minor, dispute.Currency).ToString();
    }
}
