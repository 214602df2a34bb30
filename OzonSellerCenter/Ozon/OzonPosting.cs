using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// A posting (the unit of work of FBS and rFBS) as the two v4 lists and /v3/posting/fbs/get send it. Blocks not asked for are
/// <c>null</c>, and so is whatever only one of the methods knows.
/// </summary>
public sealed record OzonPosting
{
    /// <summary>For example 0208245774-0029-1.</summary>
    public string PostingNumber { get; init; } = "";

    public long OrderId { get; init; }

    /// <summary>For example 0208245774-0029.</summary>
    public string OrderNumber { get; init; } = "";

    public string? ParentPostingNumber { get; init; }

    /// <summary>As sent, for example awaiting_packaging; values not known today may come.</summary>
    public string Status { get; init; } = "";

    public string Substatus { get; init; } = "";

    /// <summary>v3 get alone.</summary>
    public string? PreviousSubstatus { get; init; }

    /// <summary>v3 get alone.</summary>
    public string? ProviderStatus { get; init; }

    public DateTime? InProcessAt { get; init; }

    /// <summary>Until when the posting must be packed and handed over.</summary>
    public DateTime? ShipmentDate { get; init; }

    public DateTime? ShipmentDateWithoutDelay { get; init; }

    /// <summary>When it was handed over to delivery.</summary>
    public DateTime? DeliveringDate { get; init; }

    /// <summary>v3 get alone: when the buyer got it.</summary>
    public DateTime? FactDeliveryDate { get; init; }

    /// <summary>SDS, FBO, FBS or Crossborder; v4 lists alone.</summary>
    public string? DeliverySchema { get; init; }

    /// <summary>ozon, aggregator, non_integrated, 3pl_tracking, hybrid…, click_and_collect, FBP.</summary>
    public string? IntegrationTypeFlow { get; init; }

    /// <summary>ozon, 3pl_tracking, non_integrated, aggregator or hybryd (sic).</summary>
    public string TplIntegrationType { get; init; } = "";

    public string TrackingNumber { get; init; } = "";

    /// <summary>What may be done now; "can_create_chat" lets the seller write first.</summary>
    public IReadOnlyList<string> AvailableActions { get; init; } = [];

    public bool IsExpress { get; init; }

    public bool IsMultibox { get; init; }

    public int MultiBoxQty { get; init; }

    public IReadOnlyList<OzonPostingProduct> Products { get; init; } = [];

    public OzonAddressee? Addressee { get; init; }

    public OzonCustomer? Customer { get; init; }

    public OzonDeliveryMethod? DeliveryMethod { get; init; }

    public OzonPostingAnalytics? AnalyticsData { get; init; }

    public OzonPostingFinance? FinancialData { get; init; }

    public OzonCancellation? Cancellation { get; init; }

    public OzonBarcodes? Barcodes { get; init; }

    public OzonLegalInfo? LegalInfo { get; init; }

    /// <summary>v3 get alone.</summary>
    public OzonRelatedPostings? RelatedPostings { get; init; }
}

public sealed record OzonPostingProduct
{
    public string Name { get; init; } = "";

    public string OfferId { get; init; } = "";

    public long Sku { get; init; }

    public int Quantity { get; init; }

    /// <summary>v4 lists: amount with currency. v3 get: amount alone, the currency is in <see cref="CurrencyCode"/>.</summary>
    public OzonMoney? Price { get; init; }

    /// <summary>v3 get alone.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>v4 lists alone.</summary>
    public string? ProductColor { get; init; }

    /// <summary>v4 lists alone, kilograms.</summary>
    public double? Weight { get; init; }

    /// <summary>The price with its currency, whichever method told it.</summary>
    [JsonIgnore]
    public OzonMoney? FullPrice => Price is { Currency: "" } bare ? bare with { Currency = CurrencyCode ?? "" } : Price;
}
