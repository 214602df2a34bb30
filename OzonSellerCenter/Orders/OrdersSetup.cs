using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Wires orders.</summary>
public static class OrdersSetup
{
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddTexts();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<OrderListQueries>();
        services.AddSingleton<OrderPageQueries>();
        services.AddSingleton<OrderExport>();
        return services;
    }

    public static void MapOrders(this WebApplication app) => OrdersEndpoints.Map(app);
}
