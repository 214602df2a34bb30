namespace OzonSellerCenter.Rules;

/// <summary>The rules the program knows; the values stand in the table.</summary>
public static class RuleKeys
{
    /// <summary>The house's target for an answer, counted from the buyer's oldest unanswered message.</summary>
    public const string FirstAnswer = "answer.first";

    /// <summary>Ozon counts a dialogue as answered only within this time (<c>rating_replied_dialogs_ratio</c>).</summary>
    public const string AnswerIn24Hours = "answer.24h";

    /// <summary>How long after the buyer's last message Ozon takes an answer.</summary>
    public const string ReplyWindow = "window.reply";

    /// <summary>FBS and rFBS: how long after delivery the seller may write without being asked.</summary>
    public const string WindowAfterDelivery = "window.afterDelivery";

    /// <summary>Ozon's day for handing a parcel over. It comes with each posting, so the table holds no value of it.</summary>
    public const string ShipBy = "ship.by";

    /// <summary>How long a parcel may stand still on its way before it counts as late.</summary>
    public const string ParcelStill = "parcel.still";

    /// <summary>The day by which a parcel was promised to the buyer. It comes with each posting, so the table holds no value of it.</summary>
    public const string DeliverBy = "parcel.deliverBy";

    /// <summary>Ozon's instant at which a buyer's wish to cancel is granted by itself; told with each wish.</summary>
    public const string CancellationBy = "cancellation.by";

    /// <summary>When an unpaid order is cancelled by itself; told with each order.</summary>
    public const string UnpaidUntil = "unpaid.until";

    /// <summary>FBO and FBS: how long the shop has to decide on a request; then it is approved.</summary>
    public const string ReturnDecisionMarket = "return.decide.market";

    /// <summary>rFBS: how long the shop has to decide on a request; then it is approved.</summary>
    public const string ReturnDecisionRfbs = "return.decide.rfbs";

    /// <summary>rFBS: how long the shop has once the buyer has not taken a partial compensation.</summary>
    public const string ReturnDecisionAfterOffer = "return.decide.afterOffer";

    /// <summary>After a refused offer silence pays a request below this sum, and sends the goods of one above it to the shop.</summary>
    public const string ReturnSmallSum = "return.smallSum";

    /// <summary>Within how long the buyer's money is with him.</summary>
    public const string RefundMoney = "refund.money";

    /// <summary>Above this sum a second person has to approve a refund.</summary>
    public const string RefundLimit = "refund.limit";

    /// <summary>How long a refund may wait for its review.</summary>
    public const string RefundReview = "refund.review";

    /// <summary>The most that is repaid as postage of the way back.</summary>
    public const string RefundPostageMost = "refund.postage.most";

    /// <summary>Shortest written account of why money goes back.</summary>
    public const string RefundWords = "refund.words";

    /// <summary>For how many days after delivery a buyer may give goods of proper quality back without a reason (seed: "7天无理由退货").</summary>
    public const string ReturnNoReason = "return.noReason";

    /// <summary>How long the shop has to hand in its account of a case, or to answer the reviewer.</summary>
    public const string DisputeAnswer = "dispute.answer";

    /// <summary>How long the desk has to decide a case.</summary>
    public const string DisputeReview = "dispute.review";

    /// <summary>Ozon decides a contested return within this time.</summary>
    public const string DisputeOzonDecision = "dispute.ozon";

    /// <summary>For how long a buyer may contest what was decided on his return.</summary>
    public const string DisputeOpen = "dispute.open";

    /// <summary>For how long the shop may contest money that Ozon kept.</summary>
    public const string DisputeContest = "dispute.contest";

    /// <summary>How long the shop has to show the packing video once Ozon asks for it.</summary>
    public const string DisputeVideo = "dispute.video";

    /// <summary>How long a buyer has to answer a question.</summary>
    public const string DisputeBuyerAnswer = "dispute.buyer";

    /// <summary>For how long a decision can be appealed.</summary>
    public const string DisputeAppeal = "dispute.appeal";

    /// <summary>Within how long the carrier, or Ozon, should have answered.</summary>
    public const string DisputeCarrier = "dispute.carrier";

    /// <summary>Within how long a pack that was looked through goes to Ozon.</summary>
    public const string DisputeHandOver = "dispute.handOver";

    /// <summary>Shortest reasons of a decision, and shortest account of the shop.</summary>
    public const string DisputeWords = "dispute.words";

    /// <summary>Time left from which a clock looks "soon".</summary>
    public const string UrgencySoon = "urgency.soon";

    /// <summary>Time left from which a clock looks "urgent".</summary>
    public const string UrgencyUrgent = "urgency.urgent";

    /// <summary>How many alert stages a clock has; the last one is the end itself.</summary>
    public const int AlertStages = 5;

    /// <summary>Time left at which stage <paramref name="number"/> (1…<see cref="AlertStages"/>) is told.</summary>
    public static string AlertStage(int number) => $"alert.stage.{number}";

    /// <summary>For how many days after delivery goods of a group are taken back; 0 means never.</summary>
    /// <param name="isProper">Of proper quality: the buyer just does not want them.</param>
    public static string ReturnPeriod(ReturnGroup group, bool isProper) =>
        $"return.period.{group.ToString().ToLowerInvariant()}.{(isProper ? "proper" : "improper")}";
}

/// <summary>Units of rule values.</summary>
public static class RuleUnits
{
    public const string Hours = "h";
    public const string Minutes = "min";
    public const string Rubles = "RUB";
    public const string Characters = "char";

    /// <summary>Days of the calendar, counted in the shop's zone.</summary>
    public const string Days = "d";
}
