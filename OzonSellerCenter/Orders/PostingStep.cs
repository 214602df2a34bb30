using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>A step of a posting on its way. Ozon tells how a posting stands and not how it came there, so each change is kept as it is seen.</summary>
public sealed class PostingStep : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long PostingId { get; init; }

    /// <summary>Ozon's word, such as <c>posting_on_way_to_city</c> (ozon/api.md §3.1).</summary>
    public required string Substatus { get; init; }

    /// <summary>When it was first seen.</summary>
    public DateTime At { get; init; }
}
