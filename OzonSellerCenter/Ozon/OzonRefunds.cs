namespace OzonSellerCenter.Ozon;

/// <summary>NOT Ozon's: money back to a buyer without a request of his, and another piece instead of money, as the bundled sandbox offers them.</summary>
public sealed partial class OzonApi
{
    /// <summary>/extension/v1/refund/create, a write. The same reference with the same content is one refund, however often it is sent.</summary>
    public async Task<OzonResult<RefundCreateResponse>> CreateRefundAsync(OzonAccount account, RefundCreateRequest request, CancellationToken cancellation) =>
        Offered(await WriteAsync<RefundCreateResponse>(account, "/extension/v1/refund/create", request, cancellation));

    /// <summary>/extension/v1/refund/list: all money that went, or is on its way, back to the buyers of these postings.</summary>
    public async Task<OzonResult<RefundListResponse>> RefundListAsync(OzonAccount account, RefundListRequest request, CancellationToken cancellation) =>
        Offered(await ReadAsync<RefundListResponse>(account, "/extension/v1/refund/list", request, cancellation));

    /// <summary>/extension/v1/exchange/create, a write: another piece of what came back. The same reference is one exchange.</summary>
    public async Task<OzonResult<ExchangeCreateResponse>> CreateExchangeAsync(OzonAccount account, ExchangeCreateRequest request, CancellationToken cancellation) =>
        Offered(await WriteAsync<ExchangeCreateResponse>(account, "/extension/v1/exchange/create", request, cancellation));
}

/// <summary>Request of /extension/v1/refund/create.</summary>
public sealed record RefundCreateRequest
{
    public string PostingNumber { get; init; } = "";

    /// <summary>The caller's own name for it, 1 to 64 characters.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Money for goods.</summary>
    public OzonMoney? Amount { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public IReadOnlyList<CancelledProduct> Items { get; init; } = [];

    /// <summary>Postage of the way back, on top.</summary>
    public OzonMoney? ReturnShipping { get; init; }

    public string ReasonCode { get; init; } = "";

    public string Explanation { get; init; } = "";
}

public sealed record RefundCreateResponse
{
    public OzonRefundMade? Result { get; init; }
}

public sealed record OzonRefundMade
{
    public long RefundId { get; init; }

    /// <summary>IN_PROCESS, PAID or FAILED.</summary>
    public string State { get; init; } = "";
}

/// <summary>Request of /extension/v1/refund/list.</summary>
public sealed record RefundListRequest
{
    /// <summary>50 at most.</summary>
    public IReadOnlyList<string> PostingNumbers { get; init; } = [];
}

public sealed record RefundListResponse
{
    public IReadOnlyList<OzonRefund> Result { get; init; } = [];
}

/// <summary>Money on its way to a buyer, or with him.</summary>
public sealed record OzonRefund
{
    public long RefundId { get; init; }

    /// <summary>That of <see cref="RefundCreateRequest"/>; empty when it was made otherwise.</summary>
    public string Reference { get; init; } = "";

    public string PostingNumber { get; init; } = "";

    public OzonMoney? Amount { get; init; }

    public OzonMoney? ReturnShipping { get; init; }

    /// <summary>IN_PROCESS, PAID or FAILED.</summary>
    public string State { get; init; } = "";

    /// <summary>SELLER, RETURN, CANCELLATION or WITHHOLDING.</summary>
    public string Source { get; init; } = "";

    public DateTime? CreatedAt { get; init; }

    /// <summary>By when the money is with the buyer.</summary>
    public DateTime? ExpectedAt { get; init; }

    public DateTime? PaidAt { get; init; }
}

/// <summary>Request of /extension/v1/exchange/create.</summary>
public sealed record ExchangeCreateRequest
{
    public long ReturnId { get; init; }

    /// <summary>The caller's own name for it, 1 to 64 characters.</summary>
    public string Reference { get; init; } = "";
}

public sealed record ExchangeCreateResponse
{
    public OzonExchange? Result { get; init; }
}

public sealed record OzonExchange
{
    /// <summary>Of the new posting.</summary>
    public string PostingNumber { get; init; } = "";
}
