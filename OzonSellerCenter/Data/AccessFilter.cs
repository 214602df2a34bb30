using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Data;

/// <summary>The one access filter: a row of a store is seen only by contexts that have the store in sight.</summary>
internal static class AccessFilter
{
    public const string Name = "access";

    private static readonly MethodInfo FilterMethod = typeof(AccessFilter).GetMethod(nameof(Filter), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static void Apply(SellerCenterDb db, ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IOwnedByStore))).ToArray())
        {
            FilterMethod.MakeGenericMethod(entity.ClrType).Invoke(null, [db, builder]);
        }
    }

    private static void Filter<T>(SellerCenterDb db, ModelBuilder builder)
        where T : class, IOwnedByStore
    {
        Expression<Func<T, bool>> inSight = row => db.SeesAll || db.StoresInSight.Contains(row.StoreId);
        builder.Entity<T>().HasQueryFilter(Name, inSight);
    }
}
