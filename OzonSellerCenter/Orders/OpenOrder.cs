using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>A posting as its page shows it.</summary>
public sealed record OpenOrder
{
    public required int StoreId { get; init; }
    public required string StoreName { get; init; }
    public required string TimeZone { get; init; }

    /// <summary>The shop's return policy, in Russian, as the shop words it; empty when it has none.</summary>
    public required string ReturnPolicy { get; init; }

    /// <summary>What the person may do in the store.</summary>
    public required StoreRole Role { get; init; }

    public required string OrderNumber { get; init; }

    /// <summary>What also stands beside a conversation.</summary>
    public required OrderBeside Posting { get; init; }

    /// <summary>Ozon's <c>available_actions</c>, separated by commas.</summary>
    public required string AvailableActions { get; init; }

    /// <summary>Beginning of the time promised to the buyer.</summary>
    public DateTime? DeliverFrom { get; init; }

    /// <summary>End of the time promised to the buyer.</summary>
    public DateTime? DeliverBy { get; init; }

    /// <summary>Why it was cancelled, in Ozon's words.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Whether the cancellation counts against the shop; null when Ozon did not say.</summary>
    public bool? CostsRating { get; init; }

    /// <summary>Where it has been, as it was seen, newest first.</summary>
    public required IReadOnlyList<SeenStep> Steps { get; init; }

    /// <summary>What was wanted of it, newest first.</summary>
    public required IReadOnlyList<ShownDeed> Deeds { get; init; }

    /// <summary>The buyer's newest wish to cancel; null when there was none.</summary>
    public CancellationRequest? Cancellation { get; init; }

    /// <summary>The change of its address; null when there was none from here.</summary>
    public Readdressed? Readdressed { get; init; }

    public string? Warehouse { get; init; }
    public string? BuyerName { get; init; }

    /// <summary>The other postings of the same order.</summary>
    public required IReadOnlyList<OrderSibling> Others { get; init; }
}

/// <summary>A step on the way: Ozon's word and when it was first seen.</summary>
public sealed record SeenStep(string Substatus, DateTime At);

/// <summary>Another posting of an order. The sum is in minor units of the currency.</summary>
public sealed record OrderSibling(string PostingNumber, string Status, long Total, string Currency);

/// <summary>A part of the page of an order that another feature draws, because it knows orders and they do not know it.</summary>
/// <param name="Component">Takes <c>User</c>, <c>StoreId</c>, <c>OrderNumber</c> and <c>PostingNumber</c>.</param>
/// <param name="BesideChat">Shown beside a conversation about the order too.</param>
public sealed record OrderAside(Type Component, bool BesideChat = false)
{
    /// <summary>Name of the cascading text that tells on which thing of the order it stands, such as <c>return=12</c>; none on the order's own page.</summary>
    public const string About = "OrderAsideAbout";
}
