using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Returns.Page;

/// <summary>A buyer's request as its page shows it.</summary>
public sealed record OpenReturn
{
    /// <summary>Not tracked; with its photos.</summary>
    public required ReturnRequest Request { get; init; }

    public required string StoreName { get; init; }
    public required string TimeZone { get; init; }

    /// <summary>What the person may do in the store.</summary>
    public required StoreRole Role { get; init; }

    /// <summary>What silence leads to.</summary>
    public required IfNobodyActs Silence { get; init; }

    /// <summary>The posting; null when Ozon tells of none, as of FBO orders.</summary>
    public PostingBeside? Posting { get; init; }

    public required ReturnMoneySoFar Money { get; init; }

    /// <summary>Who did what, newest first.</summary>
    public required IReadOnlyList<ShownReturnDeed> Deeds { get; init; }

    /// <summary>Refunds of the request, newest first.</summary>
    public required IReadOnlyList<ShownRefund> Refunds { get; init; }

    /// <summary>Other requests of the same buyer in the stores in sight, newest first.</summary>
    public required IReadOnlyList<EarlierReturn> Earlier { get; init; }

    /// <summary>What was found when the goods were looked at, newest first.</summary>
    public required IReadOnlyList<ShownInspection> Inspections { get; init; }

    /// <summary>The store's Ozon has a method for an exchange: the bundled sandbox alone.</summary>
    public required bool CanExchange { get; init; }

    /// <summary>Key of what is known of the product, when its picture is here.</summary>
    public long? PictureId { get; init; }

    /// <summary>A deed that has not been carried out yet.</summary>
    public ShownReturnDeed? UnderWay => Deeds.FirstOrDefault(d => d.IsUnderWay);

    /// <summary>A refund that has not come to its end.</summary>
    public ShownRefund? OpenRefund => Refunds.FirstOrDefault(r => RefundRelease.Open.Contains(r.State));
}

/// <summary>What the page tells of the posting. The total is in minor units of the currency.</summary>
public sealed record PostingBeside(string PostingNumber, string Status, string? Carrier, string? TrackingNumber, DateTime? DeliveredAt, string? City, long Total, string Currency);

/// <summary>Money of the posting, in minor units of the currency.</summary>
/// <param name="InFlight">Set aside for refunds whose money is not with the buyer yet.</param>
public sealed record ReturnMoneySoFar(long Paid, long Refunded, long InFlight, long Left, string Currency);

/// <summary>What somebody wanted done, and how far it is at Ozon.</summary>
/// <param name="By">Name of who wanted it; null for the program, empty for somebody who is gone.</param>
/// <param name="Error">Why it failed or waits: a part of a key of the texts of orders.</param>
/// <param name="ErrorDetail">Ozon's own words.</param>
/// <param name="WasTried">It may have reached Ozon.</param>
public sealed record ShownReturnDeed(
    long Id, ReturnWish Wish, DateTime At, string? By, long? RefundId, string? ExchangePosting, CommandState State, string? Error, string? ErrorDetail, bool WasTried)
{
    public bool IsUnderWay => State is CommandState.Waiting or CommandState.Sending or CommandState.Unclear;

    /// <summary>What moves money is taken back with its refund.</summary>
    public bool CanBeTakenBack => State == CommandState.Waiting && !WasTried && RefundId is null;
}

/// <summary>A refund beside its request. The sum is in minor units of the currency.</summary>
public sealed record ShownRefund(long Id, RefundState State, long Sum, long Amount, string Currency, DateTime At, string? By);

/// <summary>Another request of the same buyer.</summary>
public sealed record EarlierReturn(long Id, string Number, string Product, ReturnStage Stage, DateTime AskedAt);

/// <summary>What somebody found when he looked at the goods.</summary>
/// <param name="By">Empty for somebody who is gone.</param>
public sealed record ShownInspection(Inspection Inspection, string By);
