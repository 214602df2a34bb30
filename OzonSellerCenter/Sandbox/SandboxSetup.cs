using Microsoft.Extensions.DependencyInjection.Extensions;
using OzonSellerCenter.Sandbox.Api;
using OzonSellerCenter.Sandbox.Buyers;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Seed;
using OzonSellerCenter.Sandbox.Storefront;

namespace OzonSellerCenter.Sandbox;

/// <summary>Mounts the bundled Ozon: API under /sandbox/ozon, storefront under /sandbox/shop, control API under /sandbox/control.</summary>
public static class SandboxSetup
{
    /// <summary>
    /// Registers the sandbox and makes its adjustable clock the <see cref="TimeProvider"/> of the whole app. Its memory is
    /// <c>sandbox.db</c> in the data folder.
    /// </summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Sandbox").Get<SandboxOptions>() ?? new SandboxOptions();
        services.AddSingleton(options);
        services.AddSingleton(sp => new SandboxFile(Path.Combine(
            Path.GetFullPath(
                configuration["SellerCenter:DataDirectory"] is { Length: > 0 } folder ? folder : "data",
                sp.GetRequiredService<IHostEnvironment>().ContentRootPath),
            "sandbox.db")));
        services.AddSingleton(sp => new SandboxClock(TimeProvider.System, SandboxData.ReadOffset(sp.GetRequiredService<SandboxFile>())));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(sp => sp.GetRequiredService<SandboxClock>()));

        services.AddSingleton<ShopSeed>();
        services.AddSingleton<SandboxData>();
        services.AddSingleton<SandboxFaults>();
        services.AddSingleton<Wire>();
        services.AddSingleton<PushEvents>();
        services.AddSingleton<ChatBook>();
        services.AddSingleton<PostingBook>();
        services.AddSingleton<CancellationBook>();
        services.AddSingleton<ReturnBook>();
        services.AddSingleton<RefundBook>();
        services.AddSingleton<ExchangeBook>();
        services.AddSingleton<ComplaintBook>();
        services.AddSingleton<ComplaintDesk>();
        services.AddSingleton<ShopBook>();
        services.AddSingleton<RatingBook>();

        services.AddSingleton(new RequestBudget(options.RequestsPerSecond, TimeProvider.System));
        services.AddSingleton<ChatRatings>();
        services.AddSingleton<ChatWriting>();
        services.AddSingleton<ChatMethods>();
        services.AddSingleton<PostingMethods>();
        services.AddSingleton<ShippingMethods>();
        services.AddSingleton<CancelMethods>();
        services.AddSingleton<LabelMethods>();
        services.AddSingleton<DateMethods>();
        services.AddSingleton<SellerMethods>();
        services.AddSingleton<ProductMethods>();
        services.AddSingleton<ExtensionMethods>();
        services.AddSingleton<RfbsReturnMethods>();
        services.AddSingleton<MarketReturnMethods>();
        services.AddSingleton<RefundMethods>();
        services.AddSingleton<ComplaintMethods>();
        services.AddSingleton<OzonApi>();

        services.AddSingleton<PushReceiver>();
        services.AddHttpClient(PushReceiver.ClientName, client => client.Timeout = PushReceiver.Patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
            .RemoveAllLoggers();
        services.AddSingleton<SandboxPushes>().AddHostedService(sp => sp.GetRequiredService<SandboxPushes>());
        services.AddSingleton<BuyerTalk>();
        services.AddSingleton<BuyerReturns>();
        services.AddSingleton<BuyerComplaints>();
        services.AddSingleton<BuyerSteps>();
        services.AddSingleton<SandboxBuyers>().AddHostedService(sp => sp.GetRequiredService<SandboxBuyers>());
        services.AddSingleton<SandboxReset>();
        services.AddHostedService<Moderation>();
        services.AddHostedService<Carriers>();
        services.AddHostedService<CancellationClock>();
        services.AddHostedService<UnpaidClock>();
        services.AddHostedService<ReturnClock>();
        services.AddHostedService<RefundClock>();
        services.AddHostedService<ComplaintClock>();
        return services;
    }

    /// <summary>Maps the addresses of the sandbox. None of them asks for a sign-in: the API has its keys, the control API its loopback.</summary>
    public static WebApplication MapSandbox(this WebApplication app)
    {
        MapApi(app, OzonApi.Prefix, OzonApi.Prefix + "/{**path}");

        // Some clients join Ozon's absolute paths to the address they are given and lose a path in it: they give the bare address.
        for (var version = 1; version <= 9; version++)
            MapApi(app, "", $"/v{version}/{{**path}}");
        ControlApi.Map(app);
        ShopPages.Map(app);
        return app;
    }

    private static void MapApi(WebApplication app, string prefix, string route) =>
        app.Map(route, (HttpContext http, OzonApi api) => api.AnswerAsync(http, http.Request.Path.Value![prefix.Length..]))
            .AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
}
