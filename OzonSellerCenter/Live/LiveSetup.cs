using Microsoft.AspNetCore.Components.Server.Circuits;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Live;

public static class LiveSetup
{
    /// <summary>Adds the feed, the alert hub, and who is where.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<Feed>();
        services.AddSingleton<EventLog>();
        services.AddSingleton<ClockJumps>();
        services.AddSingleton<Presence>();
        services.AddScoped<CircuitPresence>();
        services.AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<CircuitPresence>());
        services.AddSignalR();
        services.AddSingleton<AlertConnections>();
        services.AddHostedService<AlertBroadcaster>();
        return services;
    }

    public static void MapLive(this WebApplication app) => app.MapHub<AlertHub>(Links.AlertHub);
}
