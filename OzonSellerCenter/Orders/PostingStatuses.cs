namespace OzonSellerCenter.Orders;

/// <summary>Ozon's status words of a posting (<c>/v4/posting/fbs/list</c>, ozon/api.md §3), in groups a shop thinks in.</summary>
public static class PostingStatuses
{
    public static IReadOnlyList<string> ToShip { get; } =
        ["acceptance_in_progress", "awaiting_registration", "awaiting_approve", "awaiting_packaging", "awaiting_deliver", "awaiting_verification"];

    public static IReadOnlyList<string> OnTheWay { get; } = ["delivering", "driver_pickup", "sent_by_seller"];

    public static IReadOnlyList<string> Delivered { get; } = ["delivered"];

    public static IReadOnlyList<string> Cancelled { get; } = ["cancelled", "cancelled_from_split_pending", "not_accepted"];

    public static IReadOnlyList<string> Disputed { get; } = ["arbitration", "client_arbitration"];
}
