using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>What a shop itself says of its products.</summary>
public sealed class ProductGroupActions(Databases databases)
{
    /// <summary>Sets by which group's periods a product is given back, or leaves it to its category again.</summary>
    /// <param name="group">Null: as the category tells.</param>
    /// <returns>Refused: <c>NotFound</c> (no such store for this person, or a product nobody ordered there), <c>SupportReadsOnly</c>.</returns>
    public Task<Outcome> SetAsync(CurrentUser user, int storeId, long sku, ReturnGroup? group, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) is not { } role) return Outcome.NotFound;
        if (role == StoreRole.Support) return Outcome.Refused("SupportReadsOnly");
        if (await FactAsync(db, storeId, sku, cancellation) is not { } fact) return Outcome.NotFound;
        if (fact.ReturnGroup == group) return Outcome.Done;
        var former = fact.ReturnGroup;
        fact.ReturnGroup = group;
        db.Audit(storeId, "product.return-group", $"{sku}", $"{NameOf(former)} → {NameOf(group)}");
        db.Announce(storeId, EventKind.Product, $"{sku}");
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>The row of a product; a new one where Ozon has not told of it yet, or the key may not ask. Ozon is asked for it as for an old one.</summary>
    private static async Task<ProductFact?> FactAsync(SellerCenterDb db, int storeId, long sku, CancellationToken cancellation)
    {
        if (await db.ProductFacts.SingleOrDefaultAsync(f => f.StoreId == storeId && f.Sku == sku, cancellation) is { } known) return known;
        var item = await db.PostingItems.AsNoTracking().Where(i => i.StoreId == storeId && i.Sku == sku).OrderByDescending(i => i.Id).FirstOrDefaultAsync(cancellation);
        if (item is null) return null;
        var fact = new ProductFact { StoreId = storeId, Sku = sku, OfferId = item.OfferId, Name = item.Name, FetchedAt = RuleDefaults.Beginning };
        db.ProductFacts.Add(fact);
        return fact;
    }

    private static string NameOf(ReturnGroup? group) => group?.ToString() ?? "–";
}
