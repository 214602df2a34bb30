using System.Globalization;

namespace OzonSellerCenter.Ozon;

/// <summary>Cancelling postings, and buyers' requests for it.</summary>
public sealed partial class OzonApi
{
    /// <summary>/v2/posting/fbs/cancel-reason/list: every reason there is.</summary>
    public Task<OzonResult<CancelReasonListResponse>> CancelReasonsAsync(OzonAccount account, CancellationToken cancellation) =>
        ReadAsync<CancelReasonListResponse>(account, "/v2/posting/fbs/cancel-reason/list", new { }, cancellation);

    /// <summary>/v1/posting/fbs/cancel-reason: the reasons open for these postings now.</summary>
    public Task<OzonResult<CancelReasonsResponse>> CancelReasonsOfAsync(OzonAccount account, CancelReasonsRequest request, CancellationToken cancellation) =>
        ReadAsync<CancelReasonsResponse>(account, "/v1/posting/fbs/cancel-reason", request, cancellation);

    /// <summary>/v2/posting/fbs/cancel, a write. Reason 402 needs a message; a conditionally delivered posting cannot be cancelled.</summary>
    public async Task<OzonResult<OzonDone>> CancelPostingAsync(OzonAccount account, CancelPostingRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<OzonDone>(account, "/v2/posting/fbs/cancel", request, cancellation));

    /// <summary>/v2/posting/fbs/product/cancel, a write: some products will not be sent.</summary>
    public Task<OzonResult<CancelProductsResponse>> CancelProductsAsync(OzonAccount account, CancelProductsRequest request, CancellationToken cancellation) =>
        WriteAsync<CancelProductsResponse>(account, "/v2/posting/fbs/product/cancel", request, cancellation);

    /// <summary>/v2/conditional-cancellation/list: buyers of rFBS orders who no longer want them.</summary>
    public Task<OzonResult<CancellationListResponse>> CancellationListAsync(
        OzonAccount account, CancellationListRequest request, CancellationToken cancellation) =>
        ReadAsync<CancellationListResponse>(account, "/v2/conditional-cancellation/list", request, cancellation);

    /// <summary>All pages from <paramref name="first"/> on; an error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<CancellationListResponse>> CancellationPagesAsync(
        OzonAccount account, CancellationListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.LastId?.ToString(CultureInfo.InvariantCulture),
            (last, c) => CancellationListAsync(account, first with { LastId = last is null ? null : long.Parse(last, CultureInfo.InvariantCulture) }, c),
            // The answer does not say whether more follow: a full page may be the last one.
            page => (page.LastId.ToString(CultureInfo.InvariantCulture), page.Result.Count >= first.Limit),
            cancellation);

    /// <summary>/v2/conditional-cancellation/approve, a write: the order is cancelled and the buyer gets his money back.</summary>
    public Task<OzonResult<OzonDone>> ApproveCancellationAsync(OzonAccount account, CancellationDecision decision, CancellationToken cancellation) =>
        WriteAsync(account, "/v2/conditional-cancellation/approve", decision, cancellation);

    /// <summary>/v2/conditional-cancellation/reject, a write: the order has to be delivered. The comment tells the reason.</summary>
    public Task<OzonResult<OzonDone>> RejectCancellationAsync(OzonAccount account, CancellationDecision decision, CancellationToken cancellation) =>
        WriteAsync(account, "/v2/conditional-cancellation/reject", decision, cancellation);
}

public sealed record CancelReasonListResponse
{
    public IReadOnlyList<OzonCancelReason> Result { get; init; } = [];
}

public sealed record OzonCancelReason
{
    public long Id { get; init; }

    /// <summary>Russian.</summary>
    public string Title { get; init; } = "";

    /// <summary>buyer or seller: the cause.</summary>
    public string TypeId { get; init; } = "";

    /// <summary>Told by the list of all reasons alone.</summary>
    public bool? IsAvailableForCancellation { get; init; }
}

/// <summary>Request of /v1/posting/fbs/cancel-reason.</summary>
public sealed record CancelReasonsRequest
{
    public IReadOnlyList<string> RelatedPostingNumbers { get; init; } = [];
}

public sealed record CancelReasonsResponse
{
    public IReadOnlyList<PostingCancelReasons> Result { get; init; } = [];
}

public sealed record PostingCancelReasons
{
    public string PostingNumber { get; init; } = "";

    public IReadOnlyList<OzonCancelReason> Reasons { get; init; } = [];
}

/// <summary>Request of /v2/posting/fbs/cancel.</summary>
public sealed record CancelPostingRequest
{
    public string PostingNumber { get; init; } = "";

    public long CancelReasonId { get; init; }

    /// <summary>Required with reason 402.</summary>
    public string? CancelReasonMessage { get; init; }
}

/// <summary>Request of /v2/posting/fbs/product/cancel.</summary>
public sealed record CancelProductsRequest
{
    public string PostingNumber { get; init; } = "";

    public long CancelReasonId { get; init; }

    public string CancelReasonMessage { get; init; } = "";

    public IReadOnlyList<CancelledProduct> Items { get; init; } = [];
}

public sealed record CancelledProduct
{
    public long Sku { get; init; }

    public int Quantity { get; init; }
}

public sealed record CancelProductsResponse
{
    /// <summary>The posting's number.</summary>
    public string Result { get; init; } = "";
}

/// <summary>Request of /v2/conditional-cancellation/list.</summary>
public sealed record CancellationListRequest
{
    public CancellationFilters? Filters { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>Absent for the first page, then the answer's <see cref="CancellationListResponse.LastId"/>.</summary>
    public long? LastId { get; init; }

    public CancellationBlocks? With { get; init; }
}

public sealed record CancellationFilters
{
    /// <summary>OZON, SELLER, CLIENT, SYSTEM or DELIVERY.</summary>
    public IReadOnlyList<string>? CancellationInitiator { get; init; }

    public IReadOnlyList<string>? PostingNumber { get; init; }

    /// <summary>ALL, ON_APPROVAL, APPROVED or REJECTED.</summary>
    public string? State { get; init; }
}

public sealed record CancellationBlocks
{
    /// <summary>Tells <see cref="CancellationListResponse.Counter"/>.</summary>
    public bool? Counter { get; init; }
}

public sealed record CancellationListResponse
{
    public IReadOnlyList<OzonCancellationRequest> Result { get; init; } = [];

    /// <summary>How many wait for the seller, over all pages.</summary>
    public long Counter { get; init; }

    public long LastId { get; init; }
}

/// <summary>A request to cancel an rFBS order; Ozon grants it after <see cref="AutoApproveDate"/> when the seller is silent.</summary>
public sealed record OzonCancellationRequest
{
    public long CancellationId { get; init; }

    public string PostingNumber { get; init; } = "";

    /// <summary>OZON, SELLER, CLIENT, SYSTEM or DELIVERY.</summary>
    public string CancellationInitiator { get; init; } = "";

    public OzonCancellationReason? CancellationReason { get; init; }

    /// <summary>What the initiator wrote himself.</summary>
    public string CancellationReasonMessage { get; init; } = "";

    /// <summary>When the request was made, whatever the name says.</summary>
    public DateTime? CancelledAt { get; init; }

    public DateTime? OrderDate { get; init; }

    public DateTime? AutoApproveDate { get; init; }

    /// <summary>When it was approved or rejected.</summary>
    public DateTime? ApproveDate { get; init; }

    public string ApproveComment { get; init; } = "";

    public OzonCancellationState? State { get; init; }

    public string TplIntegrationType { get; init; } = "";
}

public sealed record OzonCancellationReason
{
    public long Id { get; init; }

    public string Name { get; init; } = "";
}

public sealed record OzonCancellationState
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>ON_APPROVAL, APPROVED or REJECTED.</summary>
    public string State { get; init; } = "";
}

/// <summary>Request of /v2/conditional-cancellation/approve and reject.</summary>
public sealed record CancellationDecision
{
    public long CancellationId { get; init; }

    public string? Comment { get; init; }
}
