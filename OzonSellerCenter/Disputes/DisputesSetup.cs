using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes;

/// <summary>Wires cases, their evidence and packs, and the support desk's part of them.</summary>
public static class DisputesSetup
{
    public static IServiceCollection AddDisputes(this IServiceCollection services)
    {
        services.AddTexts();
        services.AddSingleton<DisputeClock>();
        services.AddSingleton<DisputeBook>();
        services.AddSingleton<DisputeOpening>();
        services.AddSingleton<DisputeActions>();
        services.AddDesk();
        return services;
    }
}
