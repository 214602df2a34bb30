using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Page;

namespace OzonSellerCenter.Returns;

/// <summary>Which of Ozon's lists a request stands in; its id counts within that list only.</summary>
public enum ReturnSource
{
    /// <summary><c>/v2/returns/rfbs/list</c>: the shop decides through the API.</summary>
    Rfbs = 1,

    /// <summary><c>/v1/returns/list</c>: FBO and FBS. The API tells of them and offers no decision.</summary>
    Market = 2,
}

/// <summary>Ozon's groups of rFBS requests, in its order; FBO and FBS ones are put into the same by their status.</summary>
public enum ReturnStage
{
    /// <summary>The shop has to decide.</summary>
    New = 1,

    /// <summary>The goods are, or will be, on the way back.</summary>
    Delivering = 2,

    /// <summary>The goods are there and are looked at.</summary>
    Checkout = 3,

    /// <summary>Disputed.</summary>
    Arbitration = 4,

    /// <summary>Ended for the buyer: money back, in whole or in part.</summary>
    Approved = 5,

    /// <summary>Ended without money: rejected, or withdrawn.</summary>
    Rejected = 6,
}

/// <summary>A decision that Ozon offers for a request now; id and name as Ozon gives them (<c>available_actions</c>).</summary>
/// <param name="Name">Russian.</param>
public sealed record OfferedAction(long Id, string Name);

/// <summary>A reason for which Ozon lets a request be rejected now.</summary>
/// <param name="Name">Russian.</param>
/// <param name="Hint">Russian; may be empty.</param>
public sealed record RejectionReason(long Id, string Name, string Hint, bool NeedsComment);

/// <summary>A time in which the shop has, or had, to decide.</summary>
/// <param name="RuleKey">The rule that gave the length.</param>
/// <param name="EndedAt">When it was over: the shop, or somebody else, had decided. Null while it runs.</param>
public sealed record DecisionTurn(DateTime StartedAt, DateTime DueAt, string RuleKey, DateTime? EndedAt = null);

/// <summary>A buyer's request to give back what he bought, as Ozon tells it.</summary>
public sealed class ReturnRequest : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public ReturnSource Source { get; init; }

    /// <summary>Ozon's id in its list.</summary>
    public long ReturnId { get; init; }

    /// <summary>Such as <c>55765650-R10</c>; of FBO and FBS requests the id.</summary>
    public required string Number { get; set; }

    public string PostingNumber { get; set; } = "";
    public string OrderNumber { get; set; } = "";
    public Scheme Scheme { get; set; }
    public DateTime AskedAt { get; set; }

    /// <summary>Russian, as Ozon words it.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Whether the buyer says that something is wrong with the goods; null when Ozon did not tell.</summary>
    public bool? IsDefect { get; set; }

    /// <summary>The buyer's words.</summary>
    public string Comment { get; set; } = "";

    public long Sku { get; set; }
    public string OfferId { get; set; } = "";
    public string ProductName { get; set; } = "";
    public int Quantity { get; set; } = 1;

    /// <summary>Of one piece, in minor units of <see cref="Currency"/>.</summary>
    public long Price { get; set; }

    public string Currency { get; set; } = "RUB";
    public ReturnStage Stage { get; set; } = ReturnStage.New;

    /// <summary>Ozon's word, such as <c>OnSellerApproval</c>.</summary>
    public string State { get; set; } = "";

    /// <summary>The same in Russian, by Ozon.</summary>
    public string StateName { get; set; } = "";

    /// <summary>Where the buyer's money is, in Ozon's Russian words; may be empty.</summary>
    public string MoneyState { get; set; } = "";

    /// <summary>Since when it is in <see cref="State"/>: as Ozon tells it, else when it was first seen so.</summary>
    public DateTime StateAt { get; set; }

    public IReadOnlyList<OfferedAction> Actions { get; set; } = [];
    public IReadOnlyList<RejectionReason> Rejections { get; set; } = [];

    /// <summary>Why it was rejected, in the words that Ozon has.</summary>
    public string RejectionComment { get; set; } = "";

    /// <summary>How the goods come back, Russian.</summary>
    public string ReturnMethod { get; set; } = "";

    /// <summary>Russian Post's number of the way back.</summary>
    public string TrackingNumber { get; set; } = "";

    /// <summary>Where the goods are or go to.</summary>
    public string Place { get; set; } = "";

    /// <summary>When silence decides; null while the shop has nothing to decide.</summary>
    public DateTime? DecideBy { get; set; }

    /// <summary>Each time it was the shop's turn to decide, oldest first.</summary>
    public IReadOnlyList<DecisionTurn> Turns { get; set; } = [];

    /// <summary>Partial compensations that were offered so far; Ozon takes two.</summary>
    public int Offers { get; set; }

    /// <summary>When everything Ozon tells of it was last read; null while only the list's line is known.</summary>
    public DateTime? DetailsAt { get; set; }

    /// <summary>It has to be read again.</summary>
    public bool NeedsSync { get; set; }

    /// <summary>The deed that is under way; null when none is. Of two people who decide at the same moment one sees by it that the other was faster.</summary>
    public long? OpenDeedId { get; set; }

    /// <summary>Steps of an exchange by hand that were ticked off.</summary>
    public ExchangeSteps ExchangeDone { get; set; }

    public List<ReturnPhoto> Photos { get; init; } = [];
    public long Version { get; set; }

    /// <summary>What the list's search looks into, in small letters; made anew whenever it is saved, for SQLite knows small letters of Latin only.</summary>
    public string Searched
    {
        get => string.Join('\n', Number, PostingNumber, OrderNumber, OfferId, ProductName, Comment, Reason).ToLowerInvariant();
        private set => _ = value;
    }

    /// <summary>What the pieces cost, in minor units.</summary>
    public long Worth => Price * Quantity;

    /// <summary>The shop has something to decide or to do.</summary>
    public bool IsOpen => Stage is ReturnStage.New or ReturnStage.Delivering or ReturnStage.Checkout or ReturnStage.Arbitration;
}

/// <summary>A picture that the buyer took.</summary>
public sealed class ReturnPhoto : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ReturnRequestId { get; init; }
    public required string OzonUrl { get; init; }

    /// <summary>Name of the copy in the data folder; null until it was fetched.</summary>
    public string? Sha256 { get; set; }

    /// <summary>By its first bytes; null until it was fetched.</summary>
    public string? ContentType { get; set; }

    /// <summary>How often it could not be fetched.</summary>
    public int Tries { get; set; }
}
