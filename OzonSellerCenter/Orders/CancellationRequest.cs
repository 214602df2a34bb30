using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>Where a buyer's wish to cancel stands.</summary>
public enum CancellationState
{
    /// <summary>The shop has to decide.</summary>
    Open = 1,
    Approved = 2,
    Rejected = 3,

    /// <summary>Ozon does not list it any more, or in a state that is not known here.</summary>
    Gone = 4,
}

/// <summary>A wish to cancel an rFBS order that is already under way (<c>/v2/conditional-cancellation/list</c>). When the shop is silent, Ozon grants it.</summary>
public sealed class CancellationRequest : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Ozon's id.</summary>
    public long CancellationId { get; init; }

    public required string PostingNumber { get; init; }

    /// <summary>OZON, SELLER, CLIENT, SYSTEM or DELIVERY.</summary>
    public string Initiator { get; set; } = "";

    /// <summary>Russian, as Ozon words it.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What the buyer wrote himself.</summary>
    public string Message { get; set; } = "";

    public DateTime AskedAt { get; set; }

    /// <summary>When Ozon grants it by itself; null when it did not say.</summary>
    public DateTime? AutoApproveAt { get; set; }

    public CancellationState State { get; set; } = CancellationState.Open;
    public DateTime? DecidedAt { get; set; }
    public string Comment { get; set; } = "";
}
