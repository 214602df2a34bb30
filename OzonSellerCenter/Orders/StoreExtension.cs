using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>Whether the Ozon of a store offers what Ozon's Seller API has no methods for: unpaid orders, another address, money back and
/// another piece without a request of the buyer. The bundled sandbox does, Ozon does not. Kept in the table of the synchronisations, so that a restart does not ask anew.</summary>
public static class StoreExtension
{
    /// <summary>Key of the row in <see cref="SyncState"/>.</summary>
    public const string Kind = "extension";

    /// <summary><see cref="SyncState.Error"/> of a store whose Ozon does not offer it.</summary>
    public const string NotOffered = "MethodGone";

    /// <summary>What does not exist is asked for again after this time only.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(1);

    /// <summary>Whether it is known that the store's Ozon does not offer it.</summary>
    public static Task<bool> IsMissingAsync(SellerCenterDb db, int storeId, CancellationToken cancellation) =>
        db.SyncStates.AnyAsync(s => s.StoreId == storeId && s.Kind == Kind && s.Error == NotOffered, cancellation);
}
