namespace OzonSellerCenter.Disputes.Evidence.Freezing;

internal static class FreezingSetup
{
    public static IServiceCollection AddFreezing(this IServiceCollection services)
    {
        services.AddSingleton<FrozenOrder>();
        services.AddSingleton<FrozenTalk>();
        services.AddSingleton<FrozenCopies>();
        services.AddSingleton<EvidenceFreezing>();
        return services;
    }
}
