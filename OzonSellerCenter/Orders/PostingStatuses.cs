namespace OzonSellerCenter.Orders;

/// <summary>Ozon's status words of a posting (<c>/v4/posting/fbs/list</c>, ozon/api.md §3), in groups a shop thinks in.</summary>
public static class PostingStatuses
{
    /// <summary>To be packed, or not yet to be worked on at all.</summary>
    public static IReadOnlyList<string> Packing { get; } =
        ["acceptance_in_progress", "awaiting_registration", "awaiting_approve", "awaiting_packaging", "awaiting_verification"];

    /// <summary>Packed, to be handed over.</summary>
    public static IReadOnlyList<string> Shipping { get; } = ["awaiting_deliver"];

    public static IReadOnlyList<string> ToShip { get; } = [.. Packing, .. Shipping];

    public static IReadOnlyList<string> OnTheWay { get; } = ["delivering", "driver_pickup", "sent_by_seller"];

    public static IReadOnlyList<string> Delivered { get; } = ["delivered"];

    public static IReadOnlyList<string> Cancelled { get; } = ["cancelled", "cancelled_from_split_pending", "not_accepted"];

    public static IReadOnlyList<string> Disputed { get; } = ["arbitration", "client_arbitration"];

    /// <summary>The words of a tab; null for the one that shows all, also words that are not known here.</summary>
    public static IReadOnlyList<string>? Of(OrderTab tab) => tab switch
    {
        OrderTab.Packing => Packing,
        OrderTab.Shipping => Shipping,
        OrderTab.OnTheWay => OnTheWay,
        OrderTab.Delivered => Delivered,
        OrderTab.Cancelled => Cancelled,
        OrderTab.Disputed => Disputed,
        _ => null,
    };
}
