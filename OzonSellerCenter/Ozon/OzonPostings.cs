namespace OzonSellerCenter.Ozon;

/// <summary>FBS and rFBS postings.</summary>
public sealed partial class OzonApi
{
    /// <summary>/v4/posting/fbs/list.</summary>
    public Task<OzonResult<PostingListResponse>> PostingListAsync(
        OzonAccount account, PostingListRequest request, CancellationToken cancellation) =>
        ReadAsync<PostingListResponse>(account, "/v4/posting/fbs/list", request, cancellation);

    /// <summary>All pages from <paramref name="first"/> on; each page's cursor resumes behind it. An error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<PostingListResponse>> PostingPagesAsync(
        OzonAccount account, PostingListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.Cursor,
            (cursor, c) => PostingListAsync(account, first with { Cursor = cursor }, c),
            page => (page.Cursor, page.HasNext && page.Postings.Count > 0),
            cancellation);

    /// <summary>/v4/posting/fbs/unfulfilled/list: postings the shop still has to do something about.</summary>
    public Task<OzonResult<PostingListResponse>> UnfulfilledListAsync(
        OzonAccount account, UnfulfilledListRequest request, CancellationToken cancellation) =>
        ReadAsync<PostingListResponse>(account, "/v4/posting/fbs/unfulfilled/list", request, cancellation);

    /// <summary>All pages from <paramref name="first"/> on; each page's cursor resumes behind it. An error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<PostingListResponse>> UnfulfilledPagesAsync(
        OzonAccount account, UnfulfilledListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.Cursor,
            (cursor, c) => UnfulfilledListAsync(account, first with { Cursor = cursor }, c),
            page => (page.Cursor, page.HasNext && page.Postings.Count > 0),
            cancellation);

    /// <summary>/v3/posting/fbs/get: one posting with more detail than the lists.</summary>
    public Task<OzonResult<PostingGetResponse>> PostingAsync(OzonAccount account, PostingGetRequest request, CancellationToken cancellation) =>
        ReadAsync<PostingGetResponse>(account, "/v3/posting/fbs/get", request, cancellation);
}

/// <summary>Request of /v4/posting/fbs/list.</summary>
public sealed record PostingListRequest
{
    public PostingListFilter Filter { get; init; } = new();

    /// <summary>1 to 100.</summary>
    public long Limit { get; init; } = 100;

    public string? Cursor { get; init; }

    /// <summary>ASC or DESC.</summary>
    public string? SortDir { get; init; }

    public bool? Translit { get; init; }

    public PostingBlocks? With { get; init; }
}

/// <summary>The period may be one year at most.</summary>
public sealed record PostingListFilter
{
    public DateTime Since { get; init; }

    public DateTime To { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    public long? OrderId { get; init; }

    /// <summary>Up to 100.</summary>
    public IReadOnlyList<string>? OrderNumbers { get; init; }

    public IReadOnlyList<string>? DeliveryMethodIds { get; init; }

    public IReadOnlyList<string>? ProviderIds { get; init; }

    public IReadOnlyList<string>? WarehouseIds { get; init; }

    public IReadOnlyList<string>? IntegrationTypeFlow { get; init; }

    public bool? IsBlrTraceable { get; init; }

    public InstantRange? LastChangedStatusDate { get; init; }
}

public sealed record InstantRange
{
    public DateTime From { get; init; }

    public DateTime To { get; init; }
}

/// <summary>Which blocks of a posting are wanted; the others come as <c>null</c>.</summary>
public record PostingBlocks
{
    public bool? AnalyticsData { get; init; }

    public bool? Barcodes { get; init; }

    public bool? FinancialData { get; init; }

    public bool? LegalInfo { get; init; }
}

/// <summary>The blocks of /v3/posting/fbs/get.</summary>
public sealed record PostingDetailBlocks : PostingBlocks
{
    public bool? ProductExemplars { get; init; }

    public bool? RelatedPostings { get; init; }

    public bool? Translit { get; init; }
}

public sealed record PostingListResponse
{
    public IReadOnlyList<OzonPosting> Postings { get; init; } = [];

    public string Cursor { get; init; } = "";

    public bool HasNext { get; init; }

    /// <summary>Told by the unfulfilled list alone.</summary>
    public long? Count { get; init; }
}

/// <summary>Request of /v4/posting/fbs/unfulfilled/list.</summary>
public sealed record UnfulfilledListRequest
{
    public UnfulfilledListFilter Filter { get; init; } = new();

    /// <summary>1 to 100.</summary>
    public long Limit { get; init; } = 100;

    public string? Cursor { get; init; }

    /// <summary>ASC or DESC.</summary>
    public string? SortDir { get; init; }

    public bool? Translit { get; init; }

    public PostingBlocks? With { get; init; }
}

/// <summary>Needs the cut-off pair or the delivering pair; both together are refused.</summary>
public sealed record UnfulfilledListFilter
{
    public DateTime? CutoffFrom { get; init; }

    public DateTime? CutoffTo { get; init; }

    public DateTime? DeliveringDateFrom { get; init; }

    public DateTime? DeliveringDateTo { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    public IReadOnlyList<string>? DeliveryMethodIds { get; init; }

    public IReadOnlyList<string>? ProviderIds { get; init; }

    public IReadOnlyList<string>? WarehouseIds { get; init; }

    public InstantRange? LastChangedStatusDate { get; init; }
}

/// <summary>Request of /v3/posting/fbs/get.</summary>
public sealed record PostingGetRequest
{
    public string PostingNumber { get; init; } = "";

    public PostingDetailBlocks? With { get; init; }
}

public sealed record PostingGetResponse
{
    public OzonPosting Result { get; init; } = new();
}
