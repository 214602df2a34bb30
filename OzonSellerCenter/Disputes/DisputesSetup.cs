using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Disputes.Evidence.Freezing;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.List;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Disputes.Page;
using OzonSellerCenter.Orders;
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
        services.AddSingleton<EvidenceCopies>();
        services.AddSingleton<EvidenceIntake>();
        services.AddSingleton<EvidenceUploads>();
        services.AddSingleton<EvidenceActions>();
        services.AddSingleton<EvidenceQueries>();
        services.AddDesk();
        services.AddFreezing();
        services.AddPacks();
        services.AddSingleton<DisputeListQueries>();
        services.AddSingleton<DisputePageQueries>();
        services.AddSingleton(new OrderAside(typeof(OrderDisputes), BesideChat: true));
        return services;
    }

    public static void MapDisputes(this WebApplication app)
    {
        EvidenceEndpoints.Map(app);
        PackEndpoints.Map(app);
    }
}
