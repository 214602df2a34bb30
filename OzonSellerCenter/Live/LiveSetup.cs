using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Live;

public static class LiveSetup
{
    /// <summary>Adds the feed and the alert hub.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<Feed>();
        services.AddSingleton<EventLog>();
        services.AddSingleton<ClockJumps>();
        services.AddSignalR();
        services.AddSingleton<AlertConnections>();
        services.AddHostedService<AlertBroadcaster>();
        return services;
    }

    public static void MapLive(this WebApplication app) => app.MapHub<AlertHub>(Links.AlertHub);
}
