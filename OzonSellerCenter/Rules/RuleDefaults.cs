namespace OzonSellerCenter.Rules;

/// <summary>A value a store starts with.</summary>
/// <param name="Source">Document and place; a citation, therefore the same in every language.</param>
/// <param name="SourceOn">Day of the document.</param>
public sealed record RuleDefault(string Key, decimal Value, string Unit, RuleOwner Owner, string Source, DateOnly SourceOn)
{
    /// <summary>The row with which a store begins.</summary>
    public RuleValue ForStore(int storeId) => new()
    {
        StoreId = storeId,
        Key = Key,
        Value = Value,
        Unit = Unit,
        Owner = Owner,
        Source = Source,
        SourceOn = SourceOn,
        EffectiveFrom = RuleDefaults.Beginning,
    };
}

/// <summary>The two sets of values to start on. They differ where the seed documents claim what Ozon's own text does not say:
/// a sandbox store plays the seeds, a real store gets Ozon's text.</summary>
public static class RuleDefaults
{
    private const string Api = "Ozon Seller API";
    private const string PartialRefunds = "https://docs.ozon.com/global/en/fulfillment/rfbs/refunds/partial-refunds";
    private const string Deviation = "https://docs.ozon.com/global/en/fulfillment/rfbs/refunds/deviation";
    private static readonly DateOnly ApiOn = new(2026, 9, 22);
    private static readonly DateOnly HouseOn = new(2026, 9, 22);

    // Two texts are known of this page; the newer one is meant. The page bears no date: this is the day it was read.
    private const string Returns = "https://docs.ozon.com/global/en/fulfillment/rfbs/refunds/returns-3pl";
    private static readonly DateOnly ReturnsOn = new(2026, 11, 22);

    /// <summary>From when the first values count: before every message there can be.</summary>
    public static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly RuleDefault[] Common =
    [
        new(RuleKeys.AnswerIn24Hours, 24, RuleUnits.Hours, RuleOwner.Ozon, $"{Api}, /v1/rating/history, rating_replied_dialogs_ratio", ApiOn),
        new(RuleKeys.ReplyWindow, 48, RuleUnits.Hours, RuleOwner.Ozon, $"{Api}, /v1/chat/send/message", ApiOn),
        new(RuleKeys.WindowAfterDelivery, 72, RuleUnits.Hours, RuleOwner.Ozon, $"{Api}, /v1/chat/send/message", ApiOn),
        new(RuleKeys.ParcelStill, 96, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.ReturnDecisionMarket, 24, RuleUnits.Hours, RuleOwner.Ozon, "https://www.klerk.ru/buh/news/665396/", new(2025, 10, 16)),
        new(RuleKeys.ReturnDecisionRfbs, 72, RuleUnits.Hours, RuleOwner.Ozon, "https://global.ozon.ru/en/docs/fulfillment/rfbs/returns-3pl.html", new(2021, 11, 25)),
        new(RuleKeys.ReturnDecisionAfterOffer, 72, RuleUnits.Hours, RuleOwner.Ozon, PartialRefunds, ApiOn),
        new(RuleKeys.ReturnSmallSum, 1800, RuleUnits.Rubles, RuleOwner.Ozon, PartialRefunds, ApiOn),
        new(RuleKeys.RefundMoney, 72, RuleUnits.Hours, RuleOwner.Ozon, "https://docs.ozon.ru/common/en/otmena-i-vozvrat-zakaza/vozvrat-deneg-i-ballov/", ApiOn),
        new(RuleKeys.RefundLimit, 3000, RuleUnits.Rubles, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.RefundReview, 4, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.RefundPostageMost, 1500, RuleUnits.Rubles, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.RefundWords, 20, RuleUnits.Characters, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.DisputeAnswer, 24, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.DisputeReview, 24, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.DisputeOzonDecision, 72, RuleUnits.Hours, RuleOwner.Ozon, Deviation, ApiOn),
        new(RuleKeys.DisputeOpen, 5, RuleUnits.Days, RuleOwner.Ozon, Deviation, ApiOn),
        new(RuleKeys.DisputeContest, 30, RuleUnits.Days, RuleOwner.Ozon, "https://global.ozon.ru/en/docs/fulfillment/order-management.html", ApiOn),
        new(RuleKeys.DisputeVideo, 2, RuleUnits.Days, RuleOwner.Ozon, "https://docs.ozon.ru/global/en/fulfillment/rfbs/logistic-settings/order-management/", ApiOn),
        new(RuleKeys.DisputeBuyerAnswer, 3, RuleUnits.Days, RuleOwner.Ozon, "https://docs.ozon.com/common/en/returns/approval/", ApiOn),
        new(RuleKeys.DisputeAppeal, 5, RuleUnits.Days, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.DisputeCarrier, 72, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.DisputeHandOver, 24, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        new(RuleKeys.DisputeWords, 80, RuleUnits.Characters, RuleOwner.House, "OzonSellerCenter", HouseOn),
        Minutes(RuleKeys.AlertStage(1), 120),
        Minutes(RuleKeys.AlertStage(2), 60),
        Minutes(RuleKeys.AlertStage(3), 30),
        Minutes(RuleKeys.AlertStage(4), 10),
        Minutes(RuleKeys.AlertStage(5), 0),
        Minutes(RuleKeys.UrgencySoon, 120),
        Minutes(RuleKeys.UrgencyUrgent, 30),
        .. Period(ReturnGroup.Food, 0, 1),
        .. Period(ReturnGroup.Digital, 0, 7),
        .. Period(ReturnGroup.Books, 7, 7),
        .. Period(ReturnGroup.Hygiene, 7, 7),
        .. Period(ReturnGroup.Christmas, 7, 7),
        .. Period(ReturnGroup.Hosiery, 7, 7),
        .. Period(ReturnGroup.Medical, 7, 7),

        // Ozon's warranty of technically complex goods that have none of the seller's.
        .. Period(ReturnGroup.Technical, 15, 365),
        .. Period(ReturnGroup.Other, 15, 15),
    ];

    /// <summary>For stores of the sandbox: the seeds' values.</summary>
    public static readonly IReadOnlyList<RuleDefault> Seed =
    [
        new(RuleKeys.FirstAnswer, 4, RuleUnits.Hours, RuleOwner.House, "«Ozon如何与客户沟通»: Ozon Seller Policy, 2024 Q2 Update", new(2026, 1, 9)),
        new(RuleKeys.ReturnNoReason, 7, RuleUnits.Days, RuleOwner.House, "«Ozon交易流程»: 7天无理由退货", HouseOn),
        .. Common,
    ];

    /// <summary>For real stores: Ozon's text. It names no hours for the first answer, so 4 h is a target of the house.</summary>
    public static readonly IReadOnlyList<RuleDefault> Ozon =
    [
        new(RuleKeys.FirstAnswer, 4, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),

        // Ozon has no such rule; the law on goods sold at a distance has: seven days after they were handed over.
        new(RuleKeys.ReturnNoReason, 7, RuleUnits.Days, RuleOwner.House, "Закон РФ № 2300-1, ст. 26.1 п. 4", new(1992, 2, 7)),
        .. Common,
    ];

    public static IReadOnlyList<RuleDefault> For(bool sandbox) => sandbox ? Seed : Ozon;

    private static RuleDefault[] Period(ReturnGroup group, int proper, int improper) =>
    [
        new(RuleKeys.ReturnPeriod(group, isProper: true), proper, RuleUnits.Days, RuleOwner.Ozon, Returns, ReturnsOn),
        new(RuleKeys.ReturnPeriod(group, isProper: false), improper, RuleUnits.Days, RuleOwner.Ozon, Returns, ReturnsOn),
    ];

    private static RuleDefault Minutes(string key, decimal value) => new(key, value, RuleUnits.Minutes, RuleOwner.House, "OzonSellerCenter", HouseOn);
}
