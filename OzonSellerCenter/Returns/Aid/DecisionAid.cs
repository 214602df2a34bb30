namespace OzonSellerCenter.Returns.Aid;

/// <summary>From which requests the figures are.</summary>
public enum AidBasis
{
    Nothing,
    Product,
    Reason,
    Store,
}

/// <summary>What has come of requests that are over.</summary>
/// <param name="Cases">How many they are.</param>
/// <param name="Offers">Offers of a part of the price that were answered.</param>
/// <param name="Declined">Of them those that the buyer did not take.</param>
/// <param name="Rejections">Rejections that the shop made.</param>
/// <param name="Disputed">Of them those that were disputed.</param>
/// <param name="Inspected">Pieces of goods that came back and were looked at.</param>
/// <param name="ValueShare">What those were worth after that, of what they had cost, in thousandths.</param>
public sealed record AidHistory(AidBasis Basis, int Cases, int Offers, int Declined, int Rejections, int Disputed, int Inspected, int ValueShare)
{
    /// <summary>With fewer cases the figures are a guess.</summary>
    public const int Enough = 5;

    public static AidHistory None { get; } = new(AidBasis.Nothing, 0, 0, 0, 0, 0, 0, 0);

    public bool IsGuess => Cases < Enough;
}

/// <summary>How likely it is that the buyer does not leave it at that.</summary>
public enum AidRisk
{
    Low,
    Middle,
    High,
}

/// <summary>What an offered action is expected to cost. Amounts in minor units of the request's currency.</summary>
/// <param name="PaysNow">What goes to the buyer at once; of an offer the amount looked at.</param>
/// <param name="ComesBack">What the goods that come back are worth.</param>
/// <param name="Loss">Expected net loss, with what follows when the buyer does not leave it at that.</param>
/// <param name="Share">Share of the buyers who do not leave it at that, in thousandths.</param>
public sealed record AidLine(OfferedAction Action, ReturnAct Act, long PaysNow, long ComesBack, long Loss, int Share)
{
    public AidRisk Risk => Share switch { < 150 => AidRisk.Low, < 500 => AidRisk.Middle, _ => AidRisk.High };
}

/// <summary>Which treatment is the cheaper: whole numbers only, and never a promise.</summary>
public static class DecisionAid
{
    /// <summary>Taken for shares of which nothing is known, in thousandths: goods of a return lose half their worth.</summary>
    private const int UsualValue = 500;
    private const int UsualDeclined = 350;
    private const int UsualDisputed = 500;

    private const int Whole = 1000;

    /// <summary>The offered actions in Ozon's order. What is not known is taken to pay everything.</summary>
    /// <param name="offer">The partial compensation looked at, in minor units.</param>
    public static IReadOnlyList<AidLine> Of(ReturnRequest request, AidHistory history, long offer) => [.. request.Actions.Select(a => Line(a, request.Worth, history, offer))];

    /// <summary>The offer that is looked at until somebody types another: a fifth of the price, in whole units.</summary>
    public static long UsualOffer(ReturnRequest request) => Math.Max(Refunds.RefundBasis.OneUnit, request.Worth / 500 * 100);

    /// <summary>What is expected to be paid out in the end when so much is offered: those who decline get everything.</summary>
    /// <param name="declined">Share of those who decline, in thousandths.</param>
    public static long ExpectedPayout(long worth, long offer, int declined) => Clamp(offer, worth) + Part(worth - Clamp(offer, worth), Math.Clamp(declined, 0, Whole));

    private static AidLine Line(OfferedAction action, long worth, AidHistory history, long offer)
    {
        var value = Part(worth, history.Inspected > 0 ? history.ValueShare : UsualValue);
        var act = ReturnActs.Of(action);
        return act switch
        {
            ReturnAct.Reject or ReturnAct.RejectAfterCheck => Rejected(action, act, worth, history),
            ReturnAct.Compensate => Offered(action, worth, history, offer),
            ReturnAct.TakeBack or ReturnAct.Received => new AidLine(action, act, 0, value, worth - value, 0),
            ReturnAct.Refund => new AidLine(action, act, worth, value, worth - value, 0),
            _ => new AidLine(action, act, worth, 0, worth, 0),
        };
    }

    private static AidLine Rejected(OfferedAction action, ReturnAct act, long worth, AidHistory history)
    {
        var share = history.Rejections > 0 ? Share(history.Disputed, history.Rejections) : UsualDisputed;
        return new AidLine(action, act, 0, 0, Part(worth, share), share);
    }

    private static AidLine Offered(OfferedAction action, long worth, AidHistory history, long offer)
    {
        var share = history.Offers > 0 ? Share(history.Declined, history.Offers) : UsualDeclined;
        return new AidLine(action, ReturnAct.Compensate, Clamp(offer, worth), 0, ExpectedPayout(worth, offer, share), share);
    }

    private static long Clamp(long offer, long worth) => Math.Clamp(offer, 0, Math.Max(0, worth));

    private static int Share(int part, int whole) => part * Whole / whole;

    // Rounded up: the shop is not told that it costs less than it does.
    private static long Part(long whole, int thousandths) => (long)(((Int128)whole * Math.Clamp(thousandths, 0, Whole) + Whole - 1) / Whole);
}
