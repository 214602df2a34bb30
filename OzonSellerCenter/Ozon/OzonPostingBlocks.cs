using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

public sealed record OzonAddressee
{
    public string Name { get; init; } = "";

    /// <summary>A substitute number, v3 get alone.</summary>
    public string? Phone { get; init; }

    /// <summary>v3 get alone.</summary>
    public string? Pin { get; init; }
}

public sealed record OzonCustomer
{
    public long CustomerId { get; init; }

    public string Name { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>v4 lists alone.</summary>
    public string? CustomerEmail { get; init; }

    public OzonAddress? Address { get; init; }
}

public sealed record OzonAddress
{
    public string AddressTail { get; init; } = "";

    public string City { get; init; } = "";

    public string Comment { get; init; } = "";

    public string Country { get; init; } = "";

    public string District { get; init; } = "";

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? ProviderPvzCode { get; init; }

    public long? PvzCode { get; init; }

    public string Region { get; init; } = "";

    public string ZipCode { get; init; } = "";
}

public sealed record OzonDeliveryMethod
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public long WarehouseId { get; init; }

    public string Warehouse { get; init; } = "";

    public long TplProviderId { get; init; }

    public string TplProvider { get; init; } = "";
}

public sealed record OzonPostingAnalytics
{
    /// <summary>rFBS only, like <see cref="City"/>.</summary>
    public string Region { get; init; } = "";

    public string City { get; init; } = "";

    public string DeliveryType { get; init; } = "";

    public bool IsPremium { get; init; }

    public bool IsLegal { get; init; }

    public string PaymentTypeGroupName { get; init; } = "";

    public long WarehouseId { get; init; }

    public string Warehouse { get; init; } = "";

    public long TplProviderId { get; init; }

    public string TplProvider { get; init; } = "";

    public DateTime? DeliveryDateBegin { get; init; }

    public DateTime? DeliveryDateEnd { get; init; }

    public DateTime? ClientDeliveryDateBegin { get; init; }

    public DateTime? ClientDeliveryDateEnd { get; init; }
}

public sealed record OzonPostingFinance
{
    public string ClusterFrom { get; init; } = "";

    public string ClusterTo { get; init; } = "";

    public IReadOnlyList<OzonPostingFinanceProduct> Products { get; init; } = [];
}

/// <summary>The fields that the v4 lists and v3 get share; sums in whole units of the currency, here as JSON numbers.</summary>
public sealed record OzonPostingFinanceProduct
{
    /// <summary>The SKU.</summary>
    public long ProductId { get; init; }

    public long Quantity { get; init; }

    public decimal Price { get; init; }

    public decimal OldPrice { get; init; }

    public decimal Payout { get; init; }

    public decimal TotalDiscountValue { get; init; }

    public decimal TotalDiscountPercent { get; init; }

    /// <summary>Ozon's commission for one; v3 get alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? CommissionAmount { get; init; }

    /// <summary>Ozon's commission for one; v4 lists alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OzonCommission? Commission { get; init; }

    /// <summary>The commission, whichever method told it.</summary>
    [JsonIgnore]
    public decimal? FullCommission => CommissionAmount ?? Commission?.Amount;

    public IReadOnlyList<string> Actions { get; init; } = [];
}

public sealed record OzonCommission
{
    public decimal Amount { get; init; }

    public long Percent { get; init; }

    public string Currency { get; init; } = "";
}

public sealed record OzonCancellation
{
    public long CancelReasonId { get; init; }

    public string CancelReason { get; init; } = "";

    /// <summary>seller, client or customer, ozon, system, delivery.</summary>
    public string CancellationType { get; init; } = "";

    /// <summary>A Russian word.</summary>
    public string CancellationInitiator { get; init; } = "";

    public bool CancelledAfterShip { get; init; }

    public bool AffectCancellationRating { get; init; }
}

public sealed record OzonBarcodes
{
    public string LowerBarcode { get; init; } = "";

    public string UpperBarcode { get; init; } = "";
}

public sealed record OzonLegalInfo
{
    public string CompanyName { get; init; } = "";

    public string Inn { get; init; } = "";

    public string Kpp { get; init; } = "";
}

public sealed record OzonRelatedPostings
{
    public IReadOnlyList<string> RelatedPostingNumbers { get; init; } = [];
}
