namespace OzonSellerCenter.Stores;

public static class StoresSetup
{
    /// <summary>Adds store settings, the team and the encryption of the stores' secrets.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services)
    {
        services.AddSingleton<MasterKey>();
        services.AddSingleton<StoreSecrets>();
        services.AddScoped<PublicLinks>();
        services.AddSingleton<StoreQueries>();
        services.AddSingleton<StoreActions>();
        services.AddSingleton<TeamQueries>();
        services.AddSingleton<TeamActions>();
        services.AddSingleton<RoundRobinActions>();
        return services;
    }
}
