using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Aid;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.List;
using OzonSellerCenter.Returns.Page;
using OzonSellerCenter.Returns.Policy;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Review;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns;

/// <summary>Wires returns and refunds.</summary>
public static class ReturnsSetup
{
    public static IServiceCollection AddReturns(this IServiceCollection services)
    {
        services.AddTexts();
        services.AddSingleton<ReturnClock>();
        services.AddSingleton<ReturnListQueries>();
        services.AddSingleton<ReturnPageQueries>();
        services.AddSingleton<InspectionActions>();
        services.AddSingleton<ExchangeActions>();
        services.AddSingleton<AidQueries>();
        services.AddSingleton(new OrderAside(typeof(OrderReturns)));
        services.AddSingleton<ReturnActions>();
        services.AddSingleton<BuyerNotes>();
        services.AddSingleton<RefundBook>();
        services.AddSingleton<RefundRelease>();
        services.AddSingleton<RefundFollow>();
        services.AddSingleton<RefundActions>();
        services.AddSingleton<RefundReviewActions>();
        services.AddSingleton<PolicyQueries>();
        services.AddSingleton<RefundFormQueries>();
        services.AddSingleton<RefundPageQueries>();
        services.AddSingleton<RefundListQueries>();
        services.AddSingleton<ReviewQueries>();
        services.AddSingleton(new OrderAside(typeof(RefundsOfOrder)));
        return services;
    }

    public static void MapReturns(this WebApplication app) => ReturnsEndpoints.Map(app);
}
