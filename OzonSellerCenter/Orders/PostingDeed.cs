using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>What somebody wanted done with a posting: its history of who did what. Carried out at Ozon by the outbox command whose target it is, and
/// that command knows how far it is. Never changed, never deleted.</summary>
public sealed class PostingDeed : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long PostingId { get; init; }
    public required string PostingNumber { get; init; }
    public required PostingWish Wish { get; init; }
    public DateTime At { get; init; }

    /// <summary>Key of who wanted it; null when the program did it by itself.</summary>
    public string? By { get; init; }
}
