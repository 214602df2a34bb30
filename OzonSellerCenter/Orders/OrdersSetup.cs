using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Orders.Bulk;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Orders.Tracking;
using OzonSellerCenter.Orders.Unpaid;
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
        services.AddSingleton<ShippingActions>();
        services.AddSingleton<PostingChoiceQueries>();
        services.AddSingleton<AskedQueries>();
        services.AddSingleton<PickedQueries>();
        services.AddSingleton<TrackingMatch>();
        services.AddSingleton<LabelActions>();
        services.AddSingleton<LabelQueries>();
        services.AddSingleton<ProactiveQueries>();
        services.AddSingleton<ProactiveActions>();
        services.AddSingleton<ProductGroupActions>();
        services.AddSingleton<UnpaidActions>();
        services.AddSingleton<UnpaidQueries>();
        return services;
    }

    public static void MapOrders(this WebApplication app) => OrdersEndpoints.Map(app);
}
