namespace OzonSellerCenter.Shortcuts;

public static class ShortcutsSetup
{
    public static IServiceCollection AddShortcuts(this IServiceCollection services) => services
        .AddSingleton<KeyQueries>()
        .AddSingleton<KeyActions>();
}
