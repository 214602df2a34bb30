using OzonSellerCenter.Inbox;

namespace OzonSellerCenter.Background;

public static class ClockWatches
{
    /// <summary>What keeps the clocks and raises their alerts.</summary>
    public static IServiceCollection AddClockWatches(this IServiceCollection services) => services
        .AddSingleton<ConversationClocks>()
        .AddHostedService<DeadlineWatch>()
        .AddHostedService<RuleWatch>();
}
