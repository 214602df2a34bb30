using System.Globalization;
using System.Net;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// NOT Ozon's: what the bundled sandbox offers beyond the Seller API, under /extension/. Ozon has none of it; where it is not offered every call
/// ends in <see cref="OzonErrorKind.MethodGone"/>, however the 404 is worded.
/// </summary>
public sealed partial class OzonApi
{
    /// <summary>/extension/v1/unpaid-order/list: orders bought to be paid later that are not paid yet.</summary>
    public async Task<OzonResult<UnpaidOrderListResponse>> UnpaidOrderListAsync(
        OzonAccount account, UnpaidOrderListRequest request, CancellationToken cancellation) =>
        Offered(await ReadAsync<UnpaidOrderListResponse>(account, "/extension/v1/unpaid-order/list", request, cancellation));

    /// <summary>All pages from <paramref name="first"/> on; an error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<UnpaidOrderListResponse>> UnpaidOrderPagesAsync(
        OzonAccount account, UnpaidOrderListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.LastId?.ToString(CultureInfo.InvariantCulture),
            (last, c) => UnpaidOrderListAsync(account, first with { LastId = last is null ? null : long.Parse(last, CultureInfo.InvariantCulture) }, c),
            // The answer does not say whether more follow: a full page may be the last one.
            page => (page.LastId.ToString(CultureInfo.InvariantCulture), page.Result.Count >= first.Limit),
            cancellation);

    /// <summary>
    /// /extension/v1/unpaid-order/remind, a write: shows the buyer a text beside his order, once for each order. Refusals:
    /// <see cref="OzonExtensionFault.UnpaidOrderNotFound"/>, <see cref="OzonExtensionFault.OrderPaid"/>,
    /// <see cref="OzonExtensionFault.OrderCancelled"/>, <see cref="OzonExtensionFault.Reminded"/>.
    /// </summary>
    public async Task<OzonResult<OzonDone>> RemindOfPaymentAsync(OzonAccount account, PaymentReminderRequest request, CancellationToken cancellation) =>
        Offered(Confirmed(await WriteAsync<OzonDone>(account, "/extension/v1/unpaid-order/remind", request, cancellation)));

    /// <summary>/extension/v1/posting/address/get: where it goes, whether that can be changed, and whether its labels hold.</summary>
    public async Task<OzonResult<PostingAddressResponse>> PostingAddressAsync(
        OzonAccount account, PostingAddressRequest request, CancellationToken cancellation) =>
        Offered(await ReadAsync<PostingAddressResponse>(account, "/extension/v1/posting/address/get", request, cancellation));

    /// <summary>
    /// /extension/v1/posting/address/change, a write: once, before the posting is handed over; labels made before hold no longer. Refusals:
    /// <see cref="OzonExtensionFault.AddressChanged"/>, <see cref="OzonExtensionFault.AddressTooLate"/>.
    /// </summary>
    public async Task<OzonResult<OzonDone>> ChangeAddressAsync(OzonAccount account, AddressChangeRequest request, CancellationToken cancellation) =>
        Offered(Confirmed(await WriteAsync<OzonDone>(account, "/extension/v1/posting/address/change", request, cancellation)));

    /// <summary>A 404 that names neither the key nor what was asked for means that there is no such method.</summary>
    private static OzonResult<T> Offered<T>(OzonResult<T> answer)
        where T : class =>
        answer.Error is { Status: (int)HttpStatusCode.NotFound, Kind: not OzonErrorKind.WrongKey } error && !OzonExtensionFault.IsMissing(error.Message)
            ? error with { Kind = OzonErrorKind.MethodGone }
            : answer;
}

/// <summary>What the message of a refusal is, word for word, when an extension's deed cannot be done.</summary>
public static class OzonExtensionFault
{
    /// <summary>No such order of this seller.</summary>
    public const string UnpaidOrderNotFound = "UNPAID_ORDER_NOT_FOUND";

    /// <summary>No such posting of this seller.</summary>
    public const string PostingNotFound = "POSTING_NOT_FOUND";

    /// <summary>No such complaint of this seller.</summary>
    public const string ComplaintNotFound = "COMPLAINT_NOT_FOUND";

    public const string OrderPaid = "ORDER_ALREADY_PAID";

    /// <summary>By the buyer, or because nobody paid it in time.</summary>
    public const string OrderCancelled = "ORDER_ALREADY_CANCELLED";

    /// <summary>The one reminder was sent already.</summary>
    public const string Reminded = "BUYER_ALREADY_REMINDED";

    /// <summary>The one change was made already.</summary>
    public const string AddressChanged = "ADDRESS_ALREADY_CHANGED";

    /// <summary>The posting does not wait for its shipment any more.</summary>
    public const string AddressTooLate = "ADDRESS_CHANGE_TOO_LATE";

    internal static bool IsMissing(string message) => message is UnpaidOrderNotFound or PostingNotFound or ComplaintNotFound;
}

/// <summary>Request of /extension/v1/unpaid-order/list.</summary>
public sealed record UnpaidOrderListRequest
{
    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>Absent for the first page, then the answer's <see cref="UnpaidOrderListResponse.LastId"/>.</summary>
    public long? LastId { get; init; }
}

public sealed record UnpaidOrderListResponse
{
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OzonUnpaidOrder> Result { get; init; } = [];

    public long LastId { get; init; }
}

/// <summary>An order that becomes a posting when it is paid, and nothing when it is not.</summary>
public sealed record OzonUnpaidOrder
{
    public string OrderNumber { get; init; } = "";

    public string BuyerName { get; init; } = "";

    public IReadOnlyList<OzonUnpaidItem> Items { get; init; } = [];

    /// <summary>What the buyer has to pay: the goods less coupon and points, and the delivery.</summary>
    public OzonMoney? Total { get; init; }

    public DateTime? CreatedAt { get; init; }

    /// <summary>Not paid by then it is cancelled; 48 hours after <see cref="CreatedAt"/>.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Null while the seller has not reminded the buyer.</summary>
    public DateTime? RemindedAt { get; init; }
}

public sealed record OzonUnpaidItem
{
    public long Sku { get; init; }

    public string OfferId { get; init; } = "";

    public string Name { get; init; } = "";

    public int Quantity { get; init; }

    /// <summary>Of one piece.</summary>
    public OzonMoney? Price { get; init; }
}

/// <summary>Request of /extension/v1/unpaid-order/remind.</summary>
public sealed record PaymentReminderRequest
{
    public string OrderNumber { get; init; } = "";

    /// <summary>1 to 1000 characters, not all blank.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Request of /extension/v1/posting/address/get.</summary>
public sealed record PostingAddressRequest
{
    public string PostingNumber { get; init; } = "";
}

public sealed record PostingAddressResponse
{
    public OzonPostingAddress? Result { get; init; }
}

public sealed record OzonPostingAddress
{
    public string PostingNumber { get; init; } = "";

    /// <summary>Street and house; the town is not part of it.</summary>
    public string Address { get; init; } = "";

    /// <summary>Null while it is the buyer's own.</summary>
    public DateTime? ChangedAt { get; init; }

    /// <summary>0 or 1.</summary>
    public long RemainingChangesCount { get; init; }

    /// <summary>False from a change on until a label was printed anew.</summary>
    public bool LabelValid { get; init; }
}

/// <summary>Request of /extension/v1/posting/address/change.</summary>
public sealed record AddressChangeRequest
{
    public string PostingNumber { get; init; } = "";

    /// <summary>1 to 300 characters, not all blank.</summary>
    public string Address { get; init; } = "";
}
