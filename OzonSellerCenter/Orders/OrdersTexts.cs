using Microsoft.Extensions.Localization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Texts of orders.</summary>
public sealed class OrdersTexts;

public static class OrderWords
{
    /// <summary>Ozon's status word in the person's language; a word that is not known here as Ozon wrote it.</summary>
    public static string StatusOf(this IStringLocalizer<OrdersTexts> texts, string status) =>
        texts[$"Status_{status}"] is { ResourceNotFound: false } text ? text.Value : status;

    /// <summary>How the goods travel, in Ozon's word, which is the same in every language; null when it is not known.</summary>
    public static string? SchemeOf(Scheme scheme) => scheme switch
    {
        Scheme.Fbo => "FBO",
        Scheme.Fbs => "FBS",
        Scheme.Rfbs => "rFBS",
        _ => null,
    };

    /// <summary>A wish in the person's words: "Pack in 2 packages", "Tracking number RB123".</summary>
    public static string WishOf(this IStringLocalizer<OrdersTexts> texts, PostingWish wish) => wish switch
    {
        PackWish { Packages.Count: 1 } => texts["Wish_Pack"],
        PackWish pack => texts.Count("Wish_PackMany", pack.Packages.Count),
        TrackingWish tracking => texts["Wish_Tracking", tracking.Number],
        CancelWish cancel => texts["Wish_Cancel", cancel.Reason],
        CancelItemsWish cancel => texts.Count("Wish_CancelItems", cancel.Items.Sum(i => i.Quantity), cancel.Reason),
        HandOverWish => texts["Act_HandOver"],
        LastMileWish => texts["Act_LastMile"],
        DeliveredWish => texts["Act_Delivered"],
        BackToShipmentWish => texts["Act_BackToShipment"],
        ArbitrationWish => texts["Wish_Arbitration"],
        ShipDateWish => texts["Act_ShipDate"],
        DeliveryDateWish => texts["Act_DeliveryDate"],
        ApproveCancellationWish => texts["CancellationApprove"],
        AddressWish address => texts["Wish_Address", address.Address],
        RejectCancellationWish => texts["CancellationReject"],
        _ => "",
    };

    /// <summary>Ozon's word for a step on the way; a word that is not known here as Ozon wrote it.</summary>
    public static string StepOf(this IStringLocalizer<OrdersTexts> texts, string substatus) =>
        texts[$"Sub_{substatus}"] is { ResourceNotFound: false } text ? text.Value : substatus;

    /// <summary>Why Ozon did not do something, in words; a cause without words of its own says that it was refused.</summary>
    /// <param name="error">Name of the cause, as the outbox keeps it.</param>
    /// <param name="detail">Ozon's own words; those that name a rule known here say more than the cause.</param>
    public static string RefusedBecause(this IStringLocalizer<OrdersTexts> texts, string? error, string? detail = null) =>
        detail is not null && texts[$"Refused_{detail}"] is { ResourceNotFound: false } rule ? rule.Value
        : texts[$"Refused_{error}"] is { ResourceNotFound: false } text ? text.Value : texts["Refused_InvalidRequest"].Value;

    /// <summary>The look of a status: green when all is done, red when it came to nothing.</summary>
    public static string LookOf(string status) => PostingStatuses.Delivered.Contains(status) ? "met" : PostingStatuses.Cancelled.Contains(status) ? "over" : "";
}
