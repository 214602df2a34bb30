namespace OzonSellerCenter.Rules;

public static class RulesSetup
{
    public static IServiceCollection AddRules(this IServiceCollection services) =>
        services.AddSingleton<Rulebook>().AddSingleton<RuleActions>().AddSingleton<WorkingHoursActions>().AddSingleton<WorkingHoursQueries>();
}
