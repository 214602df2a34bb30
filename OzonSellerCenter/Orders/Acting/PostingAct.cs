using System.Collections.Frozen;

namespace OzonSellerCenter.Orders.Acting;

/// <summary>What a button of a posting does; the names are parts of text keys and test ids.</summary>
public enum PostingAct
{
    Pack,
    Tracking,
    HandOver,
    LastMile,
    Delivered,
    BackToShipment,
    ShipDate,
    DeliveryDate,

    /// <summary>Not Ozon's: where the store does not offer it, the button tells what to do instead.</summary>
    Address,
    CancelItems,
    Cancel,
}

/// <summary>The buttons of a posting. Ozon's <c>available_actions</c> are their only source (ozon/api.md §3.2).</summary>
public static class PostingActs
{
    private static readonly FrozenDictionary<string, PostingAct> ByWord = new Dictionary<string, PostingAct>
    {
        ["ship"] = PostingAct.Pack,
        ["ship_async"] = PostingAct.Pack,
        ["ship_async_retry"] = PostingAct.Pack,
        ["set_track_number"] = PostingAct.Tracking,
        ["non_int_delivering"] = PostingAct.HandOver,
        ["non_int_last_mile"] = PostingAct.LastMile,
        ["non_int_delivered"] = PostingAct.Delivered,
        ["awaiting_delivery"] = PostingAct.BackToShipment,
        ["set_cutoff"] = PostingAct.ShipDate,
        ["set_timeslot"] = PostingAct.DeliveryDate,
        ["product_cancel"] = PostingAct.CancelItems,
        ["cancel"] = PostingAct.Cancel,
    }.ToFrozenDictionary();

    /// <summary>What may be done now, the usual next step first. Items can be taken out only of several pieces.</summary>
    /// <param name="availableActions">Ozon's words, separated by commas; words that are not known here are passed over.</param>
    /// <param name="pieces">Pieces in the posting.</param>
    public static IReadOnlyList<PostingAct> Of(string availableActions, int pieces) =>
        [.. availableActions.Split(',').Where(ByWord.ContainsKey).Select(word => ByWord[word]).Where(act => act != PostingAct.CancelItems || pieces > 1).Distinct().Order()];

    /// <summary>The wish of an act that needs nothing to be filled in; null for the others.</summary>
    public static PostingWish? WishOf(PostingAct act) => act switch
    {
        PostingAct.HandOver => new HandOverWish(),
        PostingAct.LastMile => new LastMileWish(),
        PostingAct.Delivered => new DeliveredWish(),
        PostingAct.BackToShipment => new BackToShipmentWish(),
        _ => null,
    };
}
