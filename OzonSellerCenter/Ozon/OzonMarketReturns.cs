using System.Globalization;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>Returns of FBO and FBS orders (ozon/api.md §4.1). The Seller API tells of them and has no method to decide on them.</summary>
public sealed partial class OzonApi
{
    /// <summary>/v1/returns/list, in the order of their ids.</summary>
    public Task<OzonResult<MarketReturnListResponse>> MarketReturnListAsync(OzonAccount account, MarketReturnListRequest request, CancellationToken cancellation) =>
        ReadAsync<MarketReturnListResponse>(account, "/v1/returns/list", request, cancellation);

    /// <summary>All pages from <paramref name="first"/> on; an error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<MarketReturnListResponse>> MarketReturnPagesAsync(
        OzonAccount account, MarketReturnListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.LastId.ToString(CultureInfo.InvariantCulture),
            (last, c) => MarketReturnListAsync(account, first with { LastId = last is null ? 0 : long.Parse(last, CultureInfo.InvariantCulture) }, c),
            page => (page.Returns.Count == 0 ? "" : page.Returns.Max(r => r.Id).ToString(CultureInfo.InvariantCulture), page.HasNext && page.Returns.Count > 0),
            cancellation);
}

/// <summary>Request of /v1/returns/list.</summary>
public sealed record MarketReturnListRequest
{
    public MarketReturnFilter? Filter { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>0 for the first page, then the id of the last return told.</summary>
    public long LastId { get; init; }
}

/// <summary>Of the spans of time Ozon takes one only; here it is the one by which changes are found.</summary>
public sealed record MarketReturnFilter
{
    public TimeSpanFilter? VisualStatusChangeMoment { get; init; }

    /// <summary>50 at most.</summary>
    public IReadOnlyList<string>? PostingNumbers { get; init; }

    /// <summary>Such as <c>OnSellerApproval</c>.</summary>
    public string? VisualStatusName { get; init; }

    /// <summary>FBS or FBO.</summary>
    public string? ReturnSchema { get; init; }
}

public sealed record TimeSpanFilter
{
    public DateTime? TimeFrom { get; init; }

    public DateTime? TimeTo { get; init; }
}

public sealed record MarketReturnListResponse
{
    public IReadOnlyList<OzonMarketReturn> Returns { get; init; } = [];

    public bool HasNext { get; init; }
}

/// <summary>A return of an FBO or FBS order.</summary>
public sealed record OzonMarketReturn
{
    public long Id { get; init; }

    /// <summary>Russian.</summary>
    public string ReturnReasonName { get; init; } = "";

    /// <summary>Cancellation, FullReturn, PartialReturn, ClientReturn or Unknown.</summary>
    public string Type { get; init; } = "";

    /// <summary>Fbs or Fbo.</summary>
    public string Schema { get; init; } = "";

    public string OrderNumber { get; init; } = "";

    public string PostingNumber { get; init; } = "";

    /// <summary>Where the goods are.</summary>
    public OzonReturnPlace? Place { get; init; }

    public OzonReturnPlace? TargetPlace { get; init; }

    public OzonMarketProduct? Product { get; init; }

    public OzonReturnLogistic? Logistic { get; init; }

    public OzonVisual? Visual { get; init; }

    public OzonVisual? CompensationStatus { get; init; }
}

public sealed record OzonReturnPlace
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string Address { get; init; } = "";
}

public sealed record OzonMarketProduct
{
    public long Sku { get; init; }

    public string OfferId { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Of one piece.</summary>
    public OzonPricedAmount? Price { get; init; }

    public int Quantity { get; init; }
}

/// <summary>Money as this method writes it.</summary>
public sealed record OzonPricedAmount
{
    public string CurrencyCode { get; init; } = "";

    /// <summary>In whole units of the currency.</summary>
    public decimal Price { get; init; }

    /// <summary>The same in hundredths.</summary>
    [JsonIgnore]
    public long MinorUnits => OzonMoney.Minor(Price);
}

public sealed record OzonReturnLogistic
{
    public DateTime? ReturnDate { get; init; }

    public DateTime? TechnicalReturnMoment { get; init; }

    public DateTime? FinalMoment { get; init; }

    public string Barcode { get; init; } = "";
}

public sealed record OzonVisual
{
    public OzonVisualStatus? Status { get; init; }

    public DateTime? ChangeMoment { get; init; }
}

public sealed record OzonVisualStatus
{
    public int Id { get; init; }

    /// <summary>Russian.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Such as <c>OnSellerApproval</c>.</summary>
    public string SysName { get; init; } = "";
}
