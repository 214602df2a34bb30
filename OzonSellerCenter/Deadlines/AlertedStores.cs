using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

internal static class AlertedStoresExtension
{
    /// <summary>The stores whose alerts go to the person of this context: those he owns or answers for.</summary>
    public static int[] AlertedStores(this SellerCenterDb db) =>
        [.. db.StoresInSight.Where(id => db.RoleIn(id) is StoreRole.Owner or StoreRole.Agent)];
}
