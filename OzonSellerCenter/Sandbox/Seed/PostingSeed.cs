using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>Makes orders whose dates agree with their status.</summary>
/// <param name="chance">Draws what is not given.</param>
/// <param name="now">The present moment.</param>
/// <param name="lastOrder">The highest order id so far.</param>
internal sealed class PostingSeed(Random chance, DateTime now, long lastOrder = 33_418_204_511)
{
    /// <summary>How many postings of each status the first shop has, 200 together; those the chats are about count.</summary>
    public static readonly (string Status, int Count)[] FullShop =
    [
        ("awaiting_registration", 4), ("acceptance_in_progress", 4), ("awaiting_approve", 4), ("awaiting_packaging", 24),
        ("awaiting_deliver", 22), ("arbitration", 3), ("client_arbitration", 3), ("delivering", 42), ("driver_pickup", 3),
        ("delivered", 67), ("cancelled", 20), ("not_accepted", 3), ("sent_by_seller", 1),
    ];

    public static readonly (string Status, int Count)[] SmallShop =
        [("awaiting_packaging", 4), ("awaiting_deliver", 3), ("delivering", 4), ("delivered", 7), ("cancelled", 2)];

    private static readonly (int Id, string Text, string By)[] CancelReasons =
    [
        (504, "Покупатель передумал", "client"), (508, "Покупатель не забрал заказ", "client"), (352, "Товара нет в наличии", "seller"),
        (402, "Другое (вина продавца)", "seller"), (507, "Отменён Ozon", "ozon"),
    ];

    private static readonly string[] Streets =
        ["ул. Садовая", "Лесной проспект", "ул. Мира", "Школьный переулок", "Набережная улица", "ул. Чехова", "проспект Победы", "Берёзовая аллея"];

    private long _lastOrder = lastOrder;

    /// <summary>
    /// An order that has been in its status for that long (drawn when null), and is older than <paramref name="since"/>, when
    /// the buyer wrote about it.
    /// </summary>
    public Posting Make(SeedProduct product, long sku, Buyer buyer, string status, string scheme, TimeSpan? age, DateTime? since = null, PostingItem? second = null, int? quantity = null)
    {
        var at = now - (age ?? DrawnAge(status));
        var handedOver = status is "delivered" or "client_arbitration" ? at - Hours(60, 140) : status is "delivering" or "driver_pickup" or "sent_by_seller" or "arbitration" or "not_accepted" ? at : (DateTime?)null;
        var paid = (handedOver ?? at) - (status is "awaiting_packaging" or "awaiting_approve" or "awaiting_registration" or "acceptance_in_progress" ? TimeSpan.Zero : Hours(8, 30));
        if (since < paid)
            paid = since.Value - Hours(1, 5);
        var orderNumber = $"0{chance.Next(100_000_000, 399_999_999)}-{chance.Next(1, 60):0000}";
        var reason = CancelReasons[chance.Next(CancelReasons.Length)];
        var cancelled = status == "cancelled";
        var shipBy = handedOver ?? (cancelled ? paid.AddHours(30) : NextEvening(paid));
        return new Posting
        {
            ClientId = product.ClientId,
            OrderId = _lastOrder += chance.Next(3, 4000),
            OrderNumber = orderNumber,
            PostingNumber = orderNumber + "-1",
            BuyerId = buyer.Id,
            Scheme = scheme,
            Status = status,
            Substatus = Substatus(status),
            InProcessAt = paid,
            ShipBy = shipBy,
            HandedOverAt = handedOver,
            DeliveredAt = status is "delivered" or "client_arbitration" ? at : null,
            CancelledAt = cancelled ? at : null,
            NextStopAt = status is "arbitration" or "client_arbitration" ? now + ParcelRoute.ArbitrationFor : null,
            DeliveryFrom = paid.AddDays(3),
            DeliveryTo = paid.AddDays(6),
            ChangedAt = at,
            TrackingNumber = handedOver is null ? "" : $"{chance.Next(8000, 8999)}{chance.Next(1000, 9999)}{chance.Next(1000, 9999)}",
            Address = $"{Streets[chance.Next(Streets.Length)]}, д. {chance.Next(1, 90)}, кв. {chance.Next(1, 200)}",
            CancelReasonId = cancelled ? reason.Id : 0,
            CancelReason = cancelled ? reason.Text : "",
            CancelledBy = cancelled ? reason.By : "",
            Items = second is null ? [Item(product, sku, quantity ?? (chance.Next(10) == 0 ? 2 : 1))] : [Item(product, sku, 1), second],
        };
    }

    public static PostingItem Item(SeedProduct product, long sku, int quantity) => new()
    {
        Sku = sku,
        OfferId = product.Article,
        Name = product.Name,
        Quantity = quantity,
        Price = product.Price * 100L,
        Colour = product.Colour,
    };

    private TimeSpan Hours(int from, int to) => TimeSpan.FromMinutes(chance.Next(from * 60, to * 60));

    private TimeSpan DrawnAge(string status) => status switch
    {
        "awaiting_registration" or "acceptance_in_progress" or "awaiting_approve" => Hours(1, 6),
        "awaiting_packaging" => Hours(1, 26),
        "awaiting_deliver" => Hours(3, 30),
        "delivering" or "driver_pickup" => Hours(5, 130),
        "delivered" => Hours(4, 24 * 45),
        _ => Hours(10, 24 * 20),
    };

    // Shipments leave in the evening, 18:00 in Moscow, the day after they were paid.
    public static DateTime NextEvening(DateTime paid) => paid.Date.AddDays(1).AddHours(15);

    private string Substatus(string status) => status switch
    {
        "awaiting_registration" => "posting_awaiting_registration",
        "acceptance_in_progress" => "posting_acceptance_in_progress",
        "awaiting_approve" or "awaiting_packaging" => "posting_created",
        "awaiting_deliver" => chance.Next(2) == 0 ? "posting_in_carriage" : "posting_not_in_carriage",
        "arbitration" => "posting_in_arbitration",
        "client_arbitration" => "posting_in_client_arbitration",
        "delivering" => chance.Next(3) switch { 0 => "posting_on_way_to_city", 1 => "posting_on_way_to_pickup_point", _ => "posting_in_pickup_point" },
        "driver_pickup" => "posting_driver_pick_up",
        "delivered" => chance.Next(4) == 0 ? "posting_delivered" : "posting_received",
        "cancelled" => "posting_canceled",
        "not_accepted" => "posting_not_in_sort_center",
        _ => "posting_transferring_to_delivery",
    };
}
