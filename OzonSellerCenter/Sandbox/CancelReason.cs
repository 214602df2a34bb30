using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Why a posting is cancelled. The ids are those of Ozon's document, the titles its wording.</summary>
/// <param name="Id">Ozon's number.</param>
/// <param name="Title">Russian.</param>
/// <param name="ByBuyer">Whether the buyer is the cause, else the seller's side.</param>
/// <param name="IsOpen">Whether the seller may give this reason.</param>
internal sealed record CancelReason(int Id, string Title, bool ByBuyer, bool IsOpen)
{
    public const int Other = 402;

    public static readonly CancelReason LostByService = new(667, "Заказ утерян службой доставки", false, false);

    public static readonly CancelReason BuyersWish = new(504, "Покупатель передумал", true, false);

    public static readonly CancelReason[] All =
    [
        new(352, "Товар закончился на складе продавца", false, true),
        new(400, "Остался только бракованный товар", false, true),
        new(401, "Продавец отклонил арбитраж", false, false),
        new(Other, "Другое (вина продавца)", false, true),
        new(665, "Покупатель не забрал заказ", true, false),
        new(666, "Возврат из службы доставки: нет доставки в указанный регион", false, false),
        LostByService,
    ];

    public string Type => ByBuyer ? "buyer" : "seller";

    /// <summary>Those the seller may give for this posting now.</summary>
    public static IEnumerable<CancelReason> For(Posting posting, DateTime now) =>
        PostingActions.Of(posting, now).Contains(PostingActions.Cancel) ? All.Where(r => r.IsOpen) : [];
}
