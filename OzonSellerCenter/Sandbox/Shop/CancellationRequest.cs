namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A buyer's wish to cancel an rFBS order that is already under way; the seller decides, or silence does.</summary>
internal sealed class CancellationRequest
{
    public const string OnApproval = "ON_APPROVAL";
    public const string Approved = "APPROVED";
    public const string Rejected = "REJECTED";

    /// <summary>The seller has this long; Ozon tells the instant with each request but no rule for it.</summary>
    public static readonly TimeSpan ApprovesItselfAfter = TimeSpan.FromDays(3);

    public long Id { get; init; }
    public long ClientId { get; init; }
    public required string PostingNumber { get; init; }

    /// <summary>OZON, SELLER, CLIENT, SYSTEM or DELIVERY.</summary>
    public required string Initiator { get; init; }
    public int ReasonId { get; init; }
    public required string Reason { get; init; }

    /// <summary>What the buyer wrote beside the reason.</summary>
    public required string Message { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime AutoApproveAt { get; init; }
    public required string State { get; set; }
    public DateTime? DecidedAt { get; set; }
    public string Comment { get; set; } = "";

    public void Decide(string state, string comment, DateTime at) => (State, Comment, DecidedAt) = (state, comment, at);
}
