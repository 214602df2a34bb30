namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A buyer wants to give back what he got.</summary>
internal sealed class ReturnRequest
{
    public const string OnApproval = "OnSellerApproval";
    public const string Offered = "OfferedPartialCompensation";
    public const string AfterOffer = "OnSellerClarificationAfterPartialCompensation";
    public const string Approved = "Approved";
    public const string OnWay = "OnWay";
    public const string Arrived = "ArrivedAtWarehouse";
    public const string Received = "ReceivedBySeller";
    public const string Moving = "MovingToSeller";
    public const string MoneyReturned = "MoneyReturned";
    public const string CompensationReturned = "PartialCompensationReturned";
    public const string Rejected = "Rejected";
    public const string Cancelled = "Cancelled";
    public const string Solved = "Solved";

    /// <summary>The buyer contests that he was turned down.</summary>
    public const string Disputed = "DisputeOpened";

    /// <summary>A buyer asked for it after he had the goods.</summary>
    public const string ByBuyer = "ClientReturn";

    /// <summary>The order was cancelled on its way; the goods come back, the money went with the cancellation.</summary>
    public const string OfCancelled = "Cancellation";

    /// <summary>Offers of a part of the price that Ozon takes for one request (ozon/rules.md §2.3).</summary>
    public const int MostOffers = 2;

    public static readonly TimeSpan DecidedWithin = TimeSpan.FromDays(3);
    public static readonly TimeSpan DecidedWithinMarket = TimeSpan.FromHours(24);

    /// <summary>How long the buyer thinks about an offer at most; Ozon tells no term.</summary>
    public static readonly TimeSpan AnsweredWithin = TimeSpan.FromDays(3);

    /// <summary>How long he has to send the goods (ozon/rules.md §2.9).</summary>
    public static readonly TimeSpan SentWithin = TimeSpan.FromDays(4);
    public static readonly TimeSpan OnItsWayFor = TimeSpan.FromDays(2);
    public static readonly TimeSpan ExchangeShippedWithin = TimeSpan.FromDays(2);
    public static readonly TimeSpan ExchangeDeliveredWithin = TimeSpan.FromDays(7);

    public long Id { get; init; }
    public long ClientId { get; init; }
    public required string Number { get; init; }
    public required string PostingNumber { get; init; }
    public required string OrderNumber { get; init; }
    public long BuyerId { get; init; }

    /// <summary>Ozon's word for its kind.</summary>
    public string Type { get; init; } = ByBuyer;

    /// <summary>RFBS, FBS or FBO.</summary>
    public required string Scheme { get; init; }
    public long Sku { get; init; }
    public required string OfferId { get; init; }
    public required string Name { get; init; }
    public int Quantity { get; init; }

    /// <summary>Kopecks for one piece.</summary>
    public long Price { get; init; }
    public int ReasonId { get; init; }
    public required string Reason { get; init; }
    public bool IsDefect { get; init; }
    public required string Comment { get; init; }

    /// <summary>How the buyer sends it, of <see cref="ReturnMethod"/>.</summary>
    public int MethodId { get; init; }
    public DateTime CreatedAt { get; init; }
    public required string State { get; set; }
    public DateTime StateAt { get; set; }

    /// <summary>When the state changes by itself; null when it does not.</summary>
    public DateTime? NextAt { get; set; }
    public int Offers { get; set; }

    /// <summary>Kopecks offered last.</summary>
    public long Offer { get; set; }
    public string SellerComment { get; set; } = "";

    /// <summary>When the seller had the goods in his hands again.</summary>
    public DateTime? ReceivedAt { get; set; }
    public string TrackingNumber { get; set; } = "";

    /// <summary>Kopecks that the way back cost the buyer.</summary>
    public long Postage { get; set; }

    /// <summary>The posting that came instead.</summary>
    public string ExchangePosting { get; set; } = "";
    public string ExchangeReference { get; set; } = "";
    public List<ReturnPhoto> Photos { get; init; } = [];

    public bool IsRfbs => Scheme == "RFBS";
    public bool IsFbo => Scheme == "FBO";

    /// <summary>The buyer may still think better of it.</summary>
    public bool CanBeWithdrawn => State is OnApproval or Offered or AfterOffer or Approved;

    /// <summary>The same product of the same posting cannot be asked back once more.</summary>
    public bool BlocksAnother => State is not (Rejected or Cancelled);

    public long Worth => Price * Quantity;

    /// <summary>The buyer does not take what was offered: the seller decides anew, with the goods in his hands or at the buyer's.</summary>
    public void Decline(DateTime at)
    {
        if (ReceivedAt is null)
            Move(AfterOffer, at, DecidedWithin);
        else
            Move(Received, at);
    }

    public void Move(string state, DateTime at, TimeSpan? untilNext = null) => (State, StateAt, NextAt) = (state, at, at + untilNext);
}

/// <summary>A picture of what is to go back.</summary>
internal sealed class ReturnPhoto
{
    /// <summary>Last part of its address, /v2/returns/rfbs/photo/{path}.</summary>
    public required string Path { get; init; }
    public long ReturnId { get; init; }
    public long ClientId { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>Why a buyer gives something back; ids and words are the emulator's own.</summary>
internal sealed record ReturnReason(int Id, string Name, bool IsDefect)
{
    public static readonly IReadOnlyList<ReturnReason> All =
    [
        new(1, "Не подошёл размер или цвет", false), new(2, "Передумал, товар больше не нужен", false), new(3, "Не понравилось качество", false),
        new(4, "Товар с браком, не работает", true), new(5, "Пришёл другой товар", true), new(6, "Повреждён при доставке", true), new(7, "Неполный комплект", true),
        new(8, "Не соответствует описанию или фото", true),
    ];
}

/// <summary>How a buyer sends the goods to the seller; ids and words are the emulator's own.</summary>
internal sealed record ReturnMethod(int Id, string Name)
{
    public static readonly ReturnMethod Post = new(1, "Почта России");

    public static readonly IReadOnlyList<ReturnMethod> All = [Post, new(2, "Транспортная компания"), new(3, "Курьер продавца")];
}

/// <summary>Money on its way back to a buyer, or with him.</summary>
internal sealed class BuyerRefund
{
    public const string BySeller = "SELLER";
    public const string Return = "RETURN";
    public const string Cancellation = "CANCELLATION";

    /// <summary>Ozon paid it and kept it back from the seller.</summary>
    public const string Withholding = "WITHHOLDING";
    public const string InProcess = "IN_PROCESS";
    public const string Paid = "PAID";
    public const string Failed = "FAILED";

    /// <summary>The sandbox's bank is quick.</summary>
    public static readonly TimeSpan PaidAfter = TimeSpan.FromHours(1);
    public static readonly TimeSpan ExpectedWithin = TimeSpan.FromHours(72);

    public long Id { get; init; }
    public long ClientId { get; init; }
    public required string PostingNumber { get; init; }

    /// <summary><see cref="BySeller"/>, <see cref="Return"/>, <see cref="Cancellation"/> or <see cref="Withholding"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Null when it was not made by reference.</summary>
    public string? Reference { get; init; }

    /// <summary>What the same reference must say again.</summary>
    public string Content { get; init; } = "";
    public long? ReturnId { get; init; }

    /// <summary>Kopecks for the goods.</summary>
    public long Amount { get; init; }

    /// <summary>Kopecks for the way back.</summary>
    public long Postage { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime PayAt { get; set; }
    public DateTime? PaidAt { get; set; }

    /// <summary>When the bank sent it back; it counts as not paid then.</summary>
    public DateTime? FailedAt { get; set; }

    public string State => FailedAt is not null ? Failed : PaidAt is null ? InProcess : Paid;
}
