namespace OzonSellerCenter.Disputes.Packs;

internal static class PacksSetup
{
    public static IServiceCollection AddPacks(this IServiceCollection services)
    {
        services.AddSingleton<PackActions>();
        services.AddSingleton<PackQueries>();
        services.AddSingleton<PackPdf>();
        services.AddSingleton<PackZip>();
        services.AddSingleton<PackMaker>();
        return services;
    }
}
