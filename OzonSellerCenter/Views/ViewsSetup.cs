using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Views;

/// <summary>Wires saved views.</summary>
public static class ViewsSetup
{
    public static IServiceCollection AddViews(this IServiceCollection services)
    {
        services.AddTexts();
        services.AddSingleton<ViewQueries>();
        services.AddSingleton<ViewActions>();
        return services;
    }
}
