using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns.Policy;

/// <summary>A store whose rules a person may read.</summary>
/// <param name="ReturnPolicy">As the shop words it, in Russian; empty when it has none.</param>
public sealed record PolicyStore(int Id, string Name, string TimeZone, string ReturnPolicy, StoreRole Role);

/// <summary>What the rules ask of a product.</summary>
/// <param name="IsGuess">Nobody of the shop has set the group.</param>
public sealed record PolicyProduct(string? Category, ReturnGroup Group, bool IsGuess);

/// <summary>Reads what stands beside the rules about giving goods back.</summary>
public sealed class PolicyQueries(Databases databases)
{
    /// <summary>The person's stores by name.</summary>
    public async Task<IReadOnlyList<PolicyStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = await db.Stores.OrderBy(s => s.Name).ThenBy(s => s.Id).Select(s => new { s.Id, s.Name, s.TimeZone, s.ReturnPolicy }).ToListAsync(cancellation);
        return stores.ConvertAll(s => new PolicyStore(s.Id, s.Name, s.TimeZone, s.ReturnPolicy, db.RoleIn(s.Id) ?? StoreRole.Support));
    }

    /// <summary>The group of a product; everything else where nothing is known of it, as for one of a store the person does not see.</summary>
    public async Task<PolicyProduct> ProductAsync(CurrentUser user, int storeId, long sku, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var fact = await db.ProductFacts.AsNoTracking().SingleOrDefaultAsync(f => f.StoreId == storeId && f.Sku == sku, cancellation);
        return fact is null ? new PolicyProduct(null, ReturnGroup.Other, true) : new PolicyProduct(fact.Category, fact.EffectiveGroup, fact.ReturnGroup is null);
    }
}
