using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Until when the seller may write, by Ozon's rules for /v1/chat/start, /v1/chat/send/message and /v1/chat/send/file.</summary>
internal static class ReplyWindow
{
    /// <summary>An answer is possible for this long after the buyer's last message, in every scheme.</summary>
    public static readonly TimeSpan AfterBuyer = TimeSpan.FromHours(48);

    /// <summary>FBS and rFBS: the seller may write first until this long after delivery.</summary>
    public static readonly TimeSpan AfterDelivery = TimeSpan.FromHours(72);

    /// <summary>
    /// Whether the seller may write into a chat now. The last instant of a window belongs to it. A chat about a product has no posting.
    /// </summary>
    public static bool IsOpen(Chat chat, Posting? posting, DateTime now) =>
        !chat.WithBuyer
        || (posting is not null && MayStart(posting, now))
        || (chat.BuyerWroteAt is { } wrote && now <= wrote + AfterBuyer);

    /// <summary>
    /// Whether the seller may write first. FBO: never. A cancelled order is not "up to 72 h after delivery": Ozon does not
    /// say what holds there, so only answers are let through.
    /// </summary>
    public static bool MayStart(Posting posting, DateTime now) =>
        !posting.IsFbo
        && posting.CancelledAt is null
        && now >= posting.InProcessAt
        && (posting.DeliveredAt is not { } delivered || now <= delivered + AfterDelivery);
}
