using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

public static class ClockWatches
{
    /// <summary>What keeps the clocks, raises their alerts, and brings back what was put off.</summary>
    public static IServiceCollection AddClockWatches(this IServiceCollection services) => services
        .AddSingleton<ConversationClocks>()
        .AddSingleton<ShipmentClock>()
        .AddSingleton<LateParcels>()
        .AddSingleton<ProactiveNotes>()
        .AddHostedService<DeadlineWatch>()
        .AddHostedService<SnoozeWatch>()
        .AddHostedService<RuleWatch>();
}
