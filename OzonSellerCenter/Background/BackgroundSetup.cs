using Microsoft.Extensions.Options;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Orders.Unpaid;

namespace OzonSellerCenter.Background;

public static class BackgroundSetup
{
    /// <summary>Adds what runs by itself: synchronisation with Ozon, the push receiver and the outbox.</summary>
    public static IServiceCollection AddBackground(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SyncOptions>().Bind(configuration.GetSection(SyncOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OutboxOptions>().Bind(configuration.GetSection(OutboxOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PushOptions>().Bind(configuration.GetSection(PushOptions.Section)).ValidateOnStart()
            .Validate(o => o.Networks.All(n => System.Net.IPNetwork.TryParse(n, out _)), "Push:Networks holds something that is no network, such as 195.34.21.0/24.");
        services.AddMetrics();
        services.AddSingleton<Signals>();
        services.AddSingleton<Figures>();
        services.AddSingleton<StoreGate>();
        AddIntake(services);
        AddOutbox(services);
        services.AddSingleton<PushShelf>();
        services.AddSingleton<PushEndpoint>();
        services.AddSingleton<PushContent>();
        services.AddSingleton<PushInbox>();
        services.AddSingleton<StoreCheck>();
        services.AddSingleton<AttachmentFetch>();
        services.AddSingleton<LabelPrinter>();
        services.AddSingleton<PackPrinter>();
        services.AddSingleton<CleanUp>();
        services.AddSingleton<Schedule>().AddHostedService(s => s.GetRequiredService<Schedule>());
        services.AddSingleton<FreshStart>();
        return services;
    }

    /// <summary>Maps the address Ozon pushes to. Anybody on the internet may call it; the secret in it is the only key.</summary>
    public static void MapBackground(this WebApplication app) =>
        app.Map("/ozon/push/{**secret}", (string? secret, HttpRequest request, PushEndpoint endpoint, CancellationToken cancellation) =>
                endpoint.ReceiveAsync(secret ?? "", request, cancellation))
            .AllowAnonymous()
            .DisableAntiforgery()
            .DisableRateLimiting();

    private static void AddIntake(IServiceCollection services)
    {
        services.AddSingleton<OwnMessages>();
        services.AddSingleton<ChatIntake>();
        services.AddSingleton<PostingIntake>();
        services.AddSingleton<BuyerLine>();
        services.AddSingleton<ProactiveTelling>();
        services.AddHostedService<ProactiveWatch>();
        services.AddSingleton<SyncProgress>();
        services.AddSingleton<ChatHistory>();
        services.AddSingleton<ChatSync>();
        services.AddSingleton<PostingSync>();
        services.AddSingleton<CancellationSync>();
        services.AddSingleton<ProductNames>();
        services.AddSingleton<PictureFetch>();
        services.AddSingleton<ProductSync>();
        services.AddSingleton<UnpaidClock>();
        services.AddSingleton<UnpaidSync>();
        services.AddSingleton<CaseFollowing>();
        services.AddSingleton<ReturnIntake>();
        services.AddSingleton<ReturnSync>();
        services.AddSingleton<RefundSync>();
        services.AddSingleton<ReturnPhotoFetch>();
        services.AddSingleton<ReturnTelling>();
        services.AddSingleton<ComplaintIntake>();
        services.AddSingleton<ComplaintPhotos>();
        services.AddSingleton<ComplaintSync>();
        services.AddSingleton<DisputeTerms>();
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddSingleton(s => new Settling(s.GetRequiredService<IOptions<OutboxOptions>>(), TimeProvider.System));
        services.AddSingleton<OutboxClaims>();
        services.AddSingleton<IPostingFacts, PostingFacts>();
        services.AddSingleton<ExtensionOffer>();
        services.AddSingleton<AddressTelling>();
        services.AddSingleton<UnpaidReminding>();
        services.AddSingleton<DeedCall>();
        services.AddSingleton<ReturnCall>();
        services.AddSingleton<DisputeCall>();
        services.AddSingleton<ReturnFollowing>();
        services.AddSingleton<OutboxCall>();
        services.AddSingleton<OutboxRecord>();
        services.AddSingleton<OutboxReading>();
        services.AddSingleton<OutboxDispatcher>();
    }
}
