using OzonSellerCenter.Disputes.Evidence.Freezing;
using OzonSellerCenter.Disputes.Packs;
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
        services.AddFreezing();
        services.AddPacks();
        return services;
    }

    public static void MapDisputes(this WebApplication app)
    {
        PackEndpoints.Map(app);
    }
}
