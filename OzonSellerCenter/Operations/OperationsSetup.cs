namespace OzonSellerCenter.Operations;

/// <summary>Wires what keeps the app running and tells how it does.</summary>
internal static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStartUp();
        services.AddSingleton<ListeningAddress>();
        services.AddReadiness();
        services.AddTelemetry(configuration);
        services.AddQuickShutdown();
        return services;
    }

    internal static void AddStartUp(this IServiceCollection services)
    {
        services.AddSingleton<DataFolderLock>();
        services.AddSingleton<InstallationMarker>();
        services.AddSingleton<DatabaseFile>();
        services.AddSingleton<StartUp>();
    }

    /// <summary>First in the pipeline: what is refused while stopping must not reach anything else.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.UseQuickShutdown();
        app.UseRequestLog();
    }

    public static void MapOperations(this WebApplication app) => app.MapHealth();
}
