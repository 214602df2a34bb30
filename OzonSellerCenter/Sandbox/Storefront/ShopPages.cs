namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The buyer's side of the demo.</summary>
internal static class ShopPages
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/sandbox/shop", () => Results.Text("shop")).AllowAnonymous();
}
