namespace OzonSellerCenter.Returns.Policy;

/// <summary>Where the page about refunds has from what no rule of the rulebook says.</summary>
internal static class PolicySources
{
    // Where a page bears no date: the day it was read.
    private static readonly DateOnly ReadOn = new(2026, 11, 22);

    /// <summary>24 hours, and what silence means; a report on Ozon's announcement.</summary>
    public static PolicySource Fbo { get; } = new("https://www.klerk.ru/buh/news/665396/", new(2025, 10, 16));

    /// <summary>3 days, and what silence means.</summary>
    public static PolicySource Rfbs { get; } = new("https://global.ozon.ru/en/docs/fulfillment/rfbs/returns-3pl.html", new(2021, 11, 25));

    /// <summary>Bounds of offers, and what follows when one is refused.</summary>
    public static PolicySource Partial { get; } = new("https://docs.ozon.com/global/en/fulfillment/rfbs/refunds/partial-refunds", ReadOn);

    /// <summary>When the buyer has his money.</summary>
    public static PolicySource Payout { get; } = new("https://docs.ozon.ru/common/en/otmena-i-vozvrat-zakaza/vozvrat-deneg-i-ballov/", ReadOn);

    private static PolicySource Rejections { get; } = new("https://docs.ozon.com/common/en/returns/approval/", ReadOn);

    private static PolicySource Receipts { get; } = new("https://docs.ozon.ru/global/en/faq/zakazy/", ReadOn);

    /// <summary>One for each answer, in their order.</summary>
    public static IReadOnlyList<PolicySource> Faq { get; } = [ReturnPolicy.WayBack, Fbo, Partial, Rejections, Rejections, Rejections, Receipts, ReturnPolicy.WayBack, Payout];
}
