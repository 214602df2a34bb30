using System.Globalization;

namespace OzonSellerCenter.Ozon;

/// <summary>Buyers' requests to return what an rFBS posting brought, and the seller's decisions on them (ozon/api.md §4.2–4.4).</summary>
public sealed partial class OzonApi
{
    /// <summary>/v2/returns/rfbs/list: requests in the order of their ids, without their details.</summary>
    public Task<OzonResult<RfbsReturnListResponse>> RfbsReturnListAsync(OzonAccount account, RfbsReturnListRequest request, CancellationToken cancellation) =>
        ReadAsync<RfbsReturnListResponse>(account, "/v2/returns/rfbs/list", request, cancellation);

    /// <summary>All pages from <paramref name="first"/> on; an error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<RfbsReturnListResponse>> RfbsReturnPagesAsync(
        OzonAccount account, RfbsReturnListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.LastId?.ToString(CultureInfo.InvariantCulture),
            (last, c) => RfbsReturnListAsync(account, first with { LastId = last is null ? null : long.Parse(last, CultureInfo.InvariantCulture) }, c),
            // The answer does not say whether more follow: a full page may be the last one.
            page => (page.Returns.Count == 0 ? "" : page.Returns.Max(r => r.ReturnId).ToString(CultureInfo.InvariantCulture), page.Returns.Count >= first.Limit),
            cancellation);

    /// <summary>/v2/returns/rfbs/get: one request with its photos, what the seller may do and why he may reject it.</summary>
    public Task<OzonResult<RfbsReturnResponse>> RfbsReturnAsync(OzonAccount account, RfbsReturnRequest request, CancellationToken cancellation) =>
        ReadAsync<RfbsReturnResponse>(account, "/v2/returns/rfbs/get", request, cancellation);

    /// <summary>/v1/returns/rfbs/action/set, a write: one of the actions the request offers. Answers nothing, and knows no repetition: after an unclear
    /// end only the request itself tells whether it was done.</summary>
    public Task<OzonResult<OzonDone>> ActOnReturnAsync(OzonAccount account, RfbsReturnAction action, CancellationToken cancellation) =>
        WriteAsync(account, "/v1/returns/rfbs/action/set", action, cancellation);
}

/// <summary>Request of /v2/returns/rfbs/list.</summary>
public sealed record RfbsReturnListRequest
{
    public RfbsReturnFilter? Filter { get; init; }

    /// <summary>Absent for the first page, then the last request's id.</summary>
    public long? LastId { get; init; }

    /// <summary>Ozon names no highest; its sample asks for 1000.</summary>
    public int Limit { get; init; } = 1000;
}

public sealed record RfbsReturnFilter
{
    public string? OfferId { get; init; }

    public string? PostingNumber { get; init; }

    /// <summary>All, New, Delivering, Checkout, Arbitration, Approved or Rejected.</summary>
    public IReadOnlyList<string>? GroupState { get; init; }

    public InstantRange? CreatedAt { get; init; }
}

public sealed record RfbsReturnListResponse
{
    /// <summary>An array, though the document calls it an object.</summary>
    public IReadOnlyList<OzonRfbsReturn> Returns { get; init; } = [];
}

/// <summary>A request as the list tells it.</summary>
public sealed record OzonRfbsReturn
{
    public long ReturnId { get; init; }

    /// <summary>Such as <c>55765650-R10</c>.</summary>
    public string ReturnNumber { get; init; } = "";

    public string OrderNumber { get; init; } = "";

    public string PostingNumber { get; init; } = "";

    public DateTime? CreatedAt { get; init; }

    public OzonReturnedProduct? Product { get; init; }

    public OzonReturnState? State { get; init; }
}

public sealed record OzonReturnedProduct
{
    public long Sku { get; init; }

    public string OfferId { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Of one piece, in whole units of the currency.</summary>
    public decimal Price { get; init; }

    public string CurrencyCode { get; init; } = "";
}

public sealed record OzonReturnState
{
    /// <summary>New, Delivering, Checkout, Arbitration, Approved or Rejected; told by the list alone.</summary>
    public string GroupState { get; init; } = "";

    /// <summary>Such as <c>OnSellerApproval</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Russian.</summary>
    public string StateName { get; init; } = "";

    /// <summary>Russian: where the buyer's money is; told by the list alone.</summary>
    public string MoneyReturnStateName { get; init; } = "";
}

/// <summary>Request of /v2/returns/rfbs/get.</summary>
public sealed record RfbsReturnRequest
{
    public long ReturnId { get; init; }
}

public sealed record RfbsReturnResponse
{
    public OzonRfbsReturnDetails? Returns { get; init; }
}

/// <summary>A request with everything Ozon tells of it.</summary>
public sealed record OzonRfbsReturnDetails
{
    public string ReturnNumber { get; init; } = "";

    public string OrderNumber { get; init; } = "";

    public string PostingNumber { get; init; } = "";

    public DateTime? CreatedAt { get; init; }

    /// <summary>The buyer's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Addresses of his pictures.</summary>
    public IReadOnlyList<string> ClientPhoto { get; init; } = [];

    public OzonNamed? ClientReturnMethodType { get; init; }

    public OzonReturnedProduct? Product { get; init; }

    public OzonReturnReason? ReturnReason { get; init; }

    /// <summary>Reasons for which it may be rejected now.</summary>
    public IReadOnlyList<OzonRejectionReason> RejectionReason { get; init; } = [];

    /// <summary>Why it was rejected.</summary>
    public string RejectionComment { get; init; } = "";

    public string RuPostTrackingNumber { get; init; } = "";

    public OzonReturnState? State { get; init; }

    public long WarehouseId { get; init; }

    /// <summary>What the seller may do now.</summary>
    public IReadOnlyList<OzonReturnAction> AvailableActions { get; init; } = [];
}

public sealed record OzonNamed
{
    public long Id { get; init; }

    public string Name { get; init; } = "";
}

public sealed record OzonReturnReason
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Something is wrong with the goods, says the buyer.</summary>
    public bool IsDefect { get; init; }
}

public sealed record OzonRejectionReason
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string Hint { get; init; } = "";

    public bool IsCommentRequired { get; init; }
}
