using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What the seller may do with a posting now, in the words of <c>available_actions</c>. The methods ask here, too.</summary>
internal static class PostingActions
{
    public const string Arbitration = "arbitration";
    public const string AwaitingDelivery = "awaiting_delivery";
    public const string Cancel = "cancel";
    public const string CancelProducts = "product_cancel";
    public const string Delivered = "non_int_delivered";
    public const string Delivering = "non_int_delivering";
    public const string Label = "label_download";
    public const string LastMile = "non_int_last_mile";
    public const string SetCutoff = "set_cutoff";
    public const string SetTimeslot = "set_timeslot";
    public const string SetTrackNumber = "set_track_number";
    public const string Ship = "ship";
    public const string ShipFailed = "ship_failed";

    /// <summary>The delivery date may be moved at most this often (Ozon /v1/posting/fbs/timeslot/set).</summary>
    public const int MostDateMoves = 2;

    private static readonly string[] Labels = ["label_download_big", "label_download_small", Label];

    public static List<string> Of(Posting posting, DateTime now)
    {
        List<string> actions = [.. posting.Scheme == "RFBS" ? OfSellersDelivery(posting, now) : OfOzonsDelivery(posting)];
        if (ReplyWindow.MayStart(posting, now))
            actions.Add("can_create_chat");
        return actions;
    }

    private static IEnumerable<string> OfOzonsDelivery(Posting posting) => posting.Status switch
    {
        "awaiting_packaging" => ToPack(posting),
        "awaiting_deliver" => [Arbitration, Cancel, .. Labels],
        // Handed over, and not scanned at the sorting centre.
        "not_accepted" => [Arbitration],
        "arbitration" or "client_arbitration" => [AwaitingDelivery],
        _ => [],
    };

    private static IEnumerable<string> OfSellersDelivery(Posting posting, DateTime now)
    {
        string[] timeslot = posting.DateMoves < MostDateMoves ? [SetTimeslot] : [];
        return posting.Status switch
        {
            // Ozon: the date is to be told before it has come; afterwards neither it nor the assembly can be changed.
            "awaiting_packaging" => [.. ToPack(posting), .. timeslot, .. now < posting.ShipBy ? (string[])[SetCutoff] : []],
            "awaiting_deliver" => [Cancel, .. Labels, Delivering, SetTrackNumber, .. timeslot],
            "arbitration" or "client_arbitration" => [AwaitingDelivery],
            "delivering" when posting.IsConditionallyDelivered => ["click_track_number"],
            "delivering" when posting.Substatus == "posting_in_courier_service" => [Cancel, Delivered, SetTrackNumber, "click_track_number", .. timeslot],
            "delivering" => [Cancel, Delivered, LastMile, SetTrackNumber, "click_track_number", .. timeslot],
            _ => [],
        };
    }

    private static IEnumerable<string> ToPack(Posting posting) =>
        [Cancel, CancelProducts, Ship, posting.Substatus == ShipFailed ? "ship_async_retry" : "ship_async"];
}

/// <summary>Ozon's names for what stands in the way of an action.</summary>
internal static class PostingFault
{
    public const string NotFound = "POSTING_NOT_FOUND";
    public const string AlreadyCancelled = "POSTING_ALREADY_CANCELLED";
    public const string AlreadyShipped = "POSTING_ALREADY_SHIPPED";
    public const string WrongStatus = "HAS_INCORRECT_STATUS";
    public const string WrongCarrier = "HAS_INCORRECT_TPL_INTEGRATION_TYPE";
    public const string WrongQuantity = "HAS_INCORRECT_PRODUCT_QUANTITY";
    public const string UnknownProduct = "UNKNOW_PRODUCT";
    public const string WrongReason = "HAS_INCORRECT_CANCEL_REASON";

    private static readonly string[] BeforePacking =
        ["awaiting_registration", "acceptance_in_progress", "awaiting_approve", "awaiting_verification", "awaiting_packaging"];

    private static readonly string[] SellersDelivery =
        [PostingActions.Delivered, PostingActions.Delivering, PostingActions.LastMile, PostingActions.SetCutoff, PostingActions.SetTimeslot, PostingActions.SetTrackNumber];

    /// <summary>Why this posting does not allow the action.</summary>
    public static string Of(Posting posting, string action) =>
        posting.Status == "cancelled" ? AlreadyCancelled
        : posting.Scheme != "RFBS" && SellersDelivery.Contains(action) ? WrongCarrier
        : action == PostingActions.Ship && !BeforePacking.Contains(posting.Status) ? AlreadyShipped
        : WrongStatus;
}
