using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The way of an order in the buyer's words.</summary>
internal static class Tracking
{
    private const string HandedOver = "Передан в доставку";
    private const string Received = "Получен";
    private const string Cancelled = "Отменён";

    // What says nothing to a buyer, such as an assembly that failed, is not here.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["posting_transferring_to_delivery"] = "Собран, ждёт отгрузки",
        ["posting_in_carriage"] = "Передаётся в доставку",
        ["posting_on_way_to_city"] = "Едет в ваш город",
        ["posting_on_way_to_pickup_point"] = "Едет в пункт выдачи",
        ["posting_in_pickup_point"] = "Ждёт в пункте выдачи",
        ["posting_transferred_to_courier_service"] = HandedOver,
        ["posting_in_courier_service"] = "Курьер едет к вам",
        ["posting_driver_pick_up"] = "У водителя",
        ["posting_conditionally_delivered"] = "Вручён, по словам продавца",
        ["posting_received"] = Received,
        ["posting_delivered"] = Received,
        ["posting_canceled"] = Cancelled,
        ["posting_in_arbitration"] = "Проверяется Ozon",
        ["posting_in_client_arbitration"] = "Спор о доставке",
        ["posting_not_in_sort_center"] = "Задерживается на сортировке",
    };

    /// <summary>Its stops, oldest first; what was walked before stops were kept is told by the instants of the order.</summary>
    public static IEnumerable<(string Text, DateTime At)> Of(Posting posting)
    {
        List<(string Text, DateTime At)> steps = [.. posting.Steps.Where(s => Names.ContainsKey(s.Substatus)).Select(s => (Names[s.Substatus], s.At))];
        var known = steps.Count == 0 ? DateTime.MaxValue : steps[0].At;
        steps.Insert(0, ("Оплачен", posting.InProcessAt));
        if (posting.AddressChangedAt is { } changed)
            steps.Add(("Продавец сменил адрес", changed));
        Add(HandedOver, posting.HandedOverAt);
        Add(Received, posting.DeliveredAt);
        Add(Cancelled, posting.CancelledAt);
        return steps.OrderBy(s => s.At);

        void Add(string text, DateTime? at)
        {
            if (at < known)
                steps.Add((text, at.Value));
        }
    }
}
