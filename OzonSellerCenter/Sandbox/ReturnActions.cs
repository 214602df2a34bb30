using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What the seller may do with a request now. Ozon publishes the ids -1, -10 and 1020 only; the others are the emulator's own.</summary>
internal static class ReturnActions
{
    public const long Reject = -1;
    public const long RejectAfterCheck = -10;
    public const long Compensate = 1020;
    public const long TakeBack = 2001;
    public const long RefundAndLeave = 2003;
    public const long Receive = 2004;
    public const long Refund = 2005;

    /// <summary>After an offer the goods may be called back above this only, in kopecks (ozon/rules.md §2.3).</summary>
    public const long TakenBackAbove = 150_000;

    /// <summary>Silence after an offer refunds what costs less, and calls back the rest, in kopecks.</summary>
    public const long SmallSum = 180_000;

    public static readonly IReadOnlyDictionary<long, string> Names = new Dictionary<long, string>
    {
        [Reject] = "Отклонить заявку",
        [RejectAfterCheck] = "Отклонить после проверки",
        [Compensate] = "Предложить частичную компенсацию",
        [TakeBack] = "Принять товар на проверку",
        [RefundAndLeave] = "Вернуть деньги, товар остаётся у покупателя",
        [Receive] = "Товар получен",
        [Refund] = "Вернуть деньги",
    };

    /// <summary>Why a request may be rejected (ozon/rules.md §2.5).</summary>
    public static readonly IReadOnlyList<(int Id, string Name, string Hint, bool NeedsComment)> Rejections =
    [
        (101, "Нарушен товарный вид или есть следы использования", "Опишите, что именно повреждено, и приложите фото в чат.", true),
        (102, "Повреждена заводская упаковка или нет ярлыков", "", true),
        (103, "Товар из категории, которую нельзя вернуть", "Решение окончательное.", true),
        (104, "Причина заявки не соответствует проблеме", "Покупатель сможет создать новую заявку.", true),
        (105, "На фото не видно дефекта", "Покупатель сможет создать новую заявку.", true),
        (106, "Недостаточно фото", "Напишите, какие фото нужны.", true),
        (107, "Даны рекомендации по товару", "", true),
        (108, "Другое, ответили в чате", "", true),
    ];

    public static IReadOnlyList<long> Of(ReturnRequest request) => !request.IsRfbs ? [] : request.State switch
    {
        ReturnRequest.OnApproval => [TakeBack, RefundAndLeave, Compensate, Reject],
        ReturnRequest.AfterOffer => [.. OfferOf(request), RefundAndLeave, .. request.Worth > TakenBackAbove ? (long[])[TakeBack] : []],
        ReturnRequest.Arrived => [Receive],
        ReturnRequest.Received => [Refund, .. OfferOf(request), RejectAfterCheck],
        _ => [],
    };

    private static long[] OfferOf(ReturnRequest request) => request.Offers < ReturnRequest.MostOffers ? [Compensate] : [];
}

/// <summary>Names of what stands in the way of a return; the emulator's own.</summary>
internal static class ReturnFault
{
    public const string NotFound = "RETURN_NOT_FOUND";
    public const string NotAvailable = "RETURN_ACTION_NOT_AVAILABLE";
    public const string NotDelivered = "POSTING_NOT_DELIVERED";
    public const string AlreadyAsked = "RETURN_ALREADY_REQUESTED";
}
