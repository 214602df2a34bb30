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
    private static readonly DateOnly ApiOn = new(2026, 9, 22);
    private static readonly DateOnly HouseOn = new(2026, 9, 22);

    /// <summary>From when the first values count: before every message there can be.</summary>
    public static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly RuleDefault[] Common =
    [
        new(RuleKeys.AnswerIn24Hours, 24, RuleUnits.Hours, RuleOwner.Ozon, $"{Api}, /v1/rating/history, rating_replied_dialogs_ratio", ApiOn),
        new(RuleKeys.ReplyWindow, 48, RuleUnits.Hours, RuleOwner.Ozon, $"{Api}, /v1/chat/send/message", ApiOn),
        new(RuleKeys.WindowAfterDelivery, 72, RuleUnits.Hours, RuleOwner.Ozon, $"{Api}, /v1/chat/send/message", ApiOn),
        new(RuleKeys.ParcelStill, 96, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        Minutes(RuleKeys.AlertStage(1), 120),
        Minutes(RuleKeys.AlertStage(2), 60),
        Minutes(RuleKeys.AlertStage(3), 30),
        Minutes(RuleKeys.AlertStage(4), 10),
        Minutes(RuleKeys.AlertStage(5), 0),
        Minutes(RuleKeys.UrgencySoon, 120),
        Minutes(RuleKeys.UrgencyUrgent, 30),
    ];

    /// <summary>For stores of the sandbox: the seeds' values.</summary>
    public static readonly IReadOnlyList<RuleDefault> Seed =
    [
        new(RuleKeys.FirstAnswer, 4, RuleUnits.Hours, RuleOwner.House, "«Ozon如何与客户沟通»: Ozon Seller Policy, 2024 Q2 Update", new(2026, 1, 9)),
        .. Common,
    ];

    /// <summary>For real stores: Ozon's text. It names no hours for the first answer, so 4 h is a target of the house.</summary>
    public static readonly IReadOnlyList<RuleDefault> Ozon =
    [
        new(RuleKeys.FirstAnswer, 4, RuleUnits.Hours, RuleOwner.House, "OzonSellerCenter", HouseOn),
        .. Common,
    ];

    public static IReadOnlyList<RuleDefault> For(bool sandbox) => sandbox ? Seed : Ozon;

    private static RuleDefault Minutes(string key, decimal value) => new(key, value, RuleUnits.Minutes, RuleOwner.House, "OzonSellerCenter", HouseOn);
}
