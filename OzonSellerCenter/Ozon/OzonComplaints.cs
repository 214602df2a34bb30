using System.Globalization;

namespace OzonSellerCenter.Ozon;

/// <summary>NOT Ozon's: complaints of buyers, contested returns and money that was kept back, and what is asked and decided about them, as the bundled sandbox
/// offers it. Pictures are fetched with <see cref="DownloadAsync"/>.</summary>
public sealed partial class OzonApi
{
    /// <summary>/extension/v1/complaint/list.</summary>
    public async Task<OzonResult<ComplaintListResponse>> ComplaintListAsync(OzonAccount account, ComplaintListRequest request, CancellationToken cancellation) =>
        Offered(await ReadAsync<ComplaintListResponse>(account, "/extension/v1/complaint/list", request, cancellation));

    /// <summary>All pages from <paramref name="first"/> on; an error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<ComplaintListResponse>> ComplaintPagesAsync(OzonAccount account, ComplaintListRequest first, CancellationToken cancellation) =>
        OzonPaging.ByCursorAsync(
            first.LastId?.ToString(CultureInfo.InvariantCulture),
            (last, c) => ComplaintListAsync(account, first with { LastId = last is null ? null : long.Parse(last, CultureInfo.InvariantCulture) }, c),
            // The answer does not say whether more follow: a full page may be the last one.
            page => (page.LastId.ToString(CultureInfo.InvariantCulture), page.Result.Count >= first.Limit),
            cancellation);

    /// <summary>/extension/v1/complaint/ask, a write: asks the buyer for more. The same reference with the same words is one question.</summary>
    public async Task<OzonResult<OzonDone>> AskComplainerAsync(OzonAccount account, ComplaintAskRequest request, CancellationToken cancellation) =>
        Offered(Confirmed(await WriteAsync<OzonDone>(account, "/extension/v1/complaint/ask", request, cancellation)));

    /// <summary>/extension/v1/complaint/decide, a write: both sides are told. The same reference with the same content is one decision. It pays no buyer.</summary>
    public async Task<OzonResult<OzonDone>> DecideComplaintAsync(OzonAccount account, ComplaintDecideRequest request, CancellationToken cancellation) =>
        Offered(Confirmed(await WriteAsync<OzonDone>(account, "/extension/v1/complaint/decide", request, cancellation)));
}

/// <summary>Request of /extension/v1/complaint/list.</summary>
public sealed record ComplaintListRequest
{
    public ComplaintFilter Filter { get; init; } = new();

    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Absent for the first page, then the answer's <see cref="ComplaintListResponse.LastId"/>.</summary>
    public long? LastId { get; init; }
}

public sealed record ComplaintFilter
{
    /// <summary>Only those in which something happened from then on.</summary>
    public DateTime? UpdatedSince { get; init; }

    public string? PostingNumber { get; init; }
}

public sealed record ComplaintListResponse
{
    /// <summary>By id.</summary>
    public IReadOnlyList<OzonComplaint> Result { get; init; } = [];

    public long LastId { get; init; }
}

/// <summary>Somebody is not content with an order.</summary>
public sealed record OzonComplaint
{
    public long ComplaintId { get; init; }

    /// <summary>complaint, return_contested or withholding.</summary>
    public string Kind { get; init; } = "";

    /// <summary>not_as_described, quality, delivery, price or other.</summary>
    public string Topic { get; init; } = "";

    public string PostingNumber { get; init; } = "";

    public string OrderNumber { get; init; } = "";

    /// <summary>FBO, FBS or RFBS.</summary>
    public string Scheme { get; init; } = "";

    /// <summary>The buyer's, as in postings.</summary>
    public long CustomerId { get; init; }

    public long Sku { get; init; }

    public string ProductName { get; init; } = "";

    /// <summary>The return that is contested; null when none is.</summary>
    public long? ReturnId { get; init; }

    /// <summary>The buyer's.</summary>
    public string Words { get; init; } = "";

    /// <summary>Claimed; with a withholding what was kept back.</summary>
    public OzonMoney? Amount { get; init; }

    /// <summary>Addresses of pictures.</summary>
    public IReadOnlyList<string> Photos { get; init; } = [];

    /// <summary>open, decided, withdrawn, settled or lapsed.</summary>
    public string State { get; init; } = "";

    public DateTime? OpenedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    /// <summary>When the buyer asked Ozon's support in; null when he did not.</summary>
    public DateTime? OzonCalledAt { get; init; }

    /// <summary>What the seller got back.</summary>
    public OzonMoney? Compensated { get; init; }

    /// <summary>What was said and done, oldest first.</summary>
    public IReadOnlyList<OzonComplaintEntry> Entries { get; init; } = [];
}

public sealed record OzonComplaintEntry
{
    /// <summary>question, answer, decision, appeal, ozon_called, withdrawal or settlement.</summary>
    public string Type { get; init; } = "";

    /// <summary>buyer, desk or ozon.</summary>
    public string By { get; init; } = "";

    public string Text { get; init; } = "";

    public DateTime? At { get; init; }

    /// <summary>That of the request; empty when it was not the desk's.</summary>
    public string Reference { get; init; } = "";

    /// <summary>With a decision: seller, buyer or split.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>With a decision: what was awarded.</summary>
    public OzonMoney? Amount { get; init; }

    /// <summary>With a decision: 1, or 2 after an appeal.</summary>
    public int Instance { get; init; }
}

/// <summary>Request of /extension/v1/complaint/ask.</summary>
public sealed record ComplaintAskRequest
{
    public long ComplaintId { get; init; }

    /// <summary>The caller's own name for it, 1 to 64 characters.</summary>
    public string Reference { get; init; } = "";

    /// <summary>1 to 4000 characters, not all blank.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Request of /extension/v1/complaint/decide.</summary>
public sealed record ComplaintDecideRequest
{
    public long ComplaintId { get; init; }

    /// <summary>1, or 2 after an appeal.</summary>
    public int Instance { get; init; }

    /// <summary>seller, buyer or split.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>For the buyer; of a withholding, for the seller.</summary>
    public OzonMoney? Amount { get; init; }

    /// <summary>For both sides; 1 to 4000 characters, not all blank.</summary>
    public string Reasons { get; init; } = "";

    /// <summary>The caller's own name for it, 1 to 64 characters.</summary>
    public string Reference { get; init; } = "";
}
