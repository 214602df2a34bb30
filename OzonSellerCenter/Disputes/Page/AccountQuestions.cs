namespace OzonSellerCenter.Disputes.Page;

/// <summary>The questions of the guided account: six to eight for each kind and topic. Their texts are <c>Ask_…</c>.</summary>
public static class AccountQuestions
{
    public const string Promised = "Promised";
    public const string Ordered = "Ordered";
    public const string Price = "Price";
    public const string Charged = "Charged";
    public const string Packed = "Packed";
    public const string HandedOver = "HandedOver";
    public const string Receipt = "Receipt";
    public const string Where = "Where";
    public const string Delivered = "Delivered";
    public const string Said = "Said";
    public const string Answered = "Answered";
    public const string Decided = "Decided";
    public const string CameBack = "CameBack";
    public const string Shows = "Shows";
    public const string Proposed = "Proposed";

    /// <summary>Those of a kind and topic, in the order in which things happened.</summary>
    public static IReadOnlyList<string> Of(DisputeKind kind, DisputeTopic topic) => kind switch
    {
        DisputeKind.Carrier => [Ordered, Packed, HandedOver, Receipt, Where, Shows, Proposed],
        DisputeKind.Withholding => topic switch
        {
            DisputeTopic.NotAsDescribed => [Charged, Promised, Packed, HandedOver, Delivered, CameBack, Shows, Proposed],
            DisputeTopic.Delivery => [Charged, Packed, HandedOver, Where, Delivered, Shows, Proposed],
            DisputeTopic.Price => [Charged, Ordered, Price, Said, Shows, Proposed],
            _ => [Charged, Packed, HandedOver, Delivered, CameBack, Shows, Proposed],
        },
        DisputeKind.ReturnContested => topic switch
        {
            DisputeTopic.NotAsDescribed => [Promised, Packed, Delivered, Said, Decided, CameBack, Shows, Proposed],
            DisputeTopic.Delivery => [HandedOver, Where, Delivered, Said, Decided, Shows, Proposed],
            DisputeTopic.Price => [Ordered, Price, Said, Decided, Shows, Proposed],
            _ => [Packed, Delivered, Said, Decided, CameBack, Shows, Proposed],
        },
        _ => topic switch
        {
            DisputeTopic.NotAsDescribed => [Promised, Packed, HandedOver, Delivered, Said, Answered, Shows, Proposed],
            DisputeTopic.Quality => [Packed, HandedOver, Delivered, Said, Answered, Shows, Proposed],
            DisputeTopic.Delivery => [HandedOver, Where, Delivered, Said, Answered, Shows, Proposed],
            DisputeTopic.Price => [Ordered, Price, Said, Answered, Shows, Proposed],
            _ => [Ordered, Delivered, Said, Answered, Shows, Proposed],
        },
    };
}
