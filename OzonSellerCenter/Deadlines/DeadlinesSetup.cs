namespace OzonSellerCenter.Deadlines;

public static class DeadlinesSetup
{
    public static IServiceCollection AddDeadlines(this IServiceCollection services) => services
        .AddSingleton<AlertWishes>()
        .AddSingleton<AlertRaising>()
        .AddSingleton<AlertSettingsActions>()
        .AddSingleton<AlertSettingsQueries>()
        .AddSingleton<AlertActions>()
        .AddSingleton<AlertQueries>()
        .AddSingleton<MentionQueries>()
        .AddSingleton<MentionActions>()
        .AddSingleton<DeadlineQueries>();
}
