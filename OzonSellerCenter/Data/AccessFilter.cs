using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Data;

/// <summary>The one access filter: a row of a store is seen only by contexts that have the store in sight, a row of a person by him alone
/// unless it is shared with such a store.</summary>
internal static class AccessFilter
{
    public const string Name = "access";

    private static readonly MethodInfo OfStore = typeof(AccessFilter).GetMethod(nameof(FilterByStore), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo OfPerson = typeof(AccessFilter).GetMethod(nameof(FilterByPerson), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static void Apply(SellerCenterDb db, ModelBuilder builder)
    {
        foreach (var type in builder.Model.GetEntityTypes().Select(e => e.ClrType).ToArray())
        {
            if (type.IsAssignableTo(typeof(IOwnedByStore))) OfStore.MakeGenericMethod(type).Invoke(null, [db, builder]);
            if (type.IsAssignableTo(typeof(IOwnedByPerson))) OfPerson.MakeGenericMethod(type).Invoke(null, [db, builder]);
        }
    }

    private static void FilterByPerson<T>(SellerCenterDb db, ModelBuilder builder)
        where T : class, IOwnedByPerson
    {
        Expression<Func<T, bool>> inSight = row =>
            db.SeesAll || row.UserId == db.UserId || (row.StoreId != null && db.StoresInSight.Contains(row.StoreId.Value));
        builder.Entity<T>().HasQueryFilter(Name, inSight);
    }

    private static void FilterByStore<T>(SellerCenterDb db, ModelBuilder builder)
        where T : class, IOwnedByStore
    {
        Expression<Func<T, bool>> inSight = row => db.SeesAll || db.StoresInSight.Contains(row.StoreId);
        builder.Entity<T>().HasQueryFilter(Name, inSight);
    }
}
