using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace OzonSellerCenter.Ozon;

/// <summary>Puts the Seller API's client into the container: <see cref="OzonApi"/>.</summary>
public static class OzonSetup
{
    internal const string Reads = "Ozon reads";
    internal const string Writes = "Ozon writes";

    /// <summary>A read waits for a Retry-After up to this long; longer ones go back to the caller as an error.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddOzon(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OzonOptions>()
            .Bind(configuration.GetSection(OzonOptions.Section))
            .ValidateDataAnnotations()
            .Validate(o => o.BaseAddress is { IsAbsoluteUri: true, Scheme: "https" or "http" }, "Ozon:BaseAddress must be an http(s) address.")
            .ValidateOnStart();
        // Real time, not the app's clock: that one may be a sandbox clock which jumps.
        services.AddSingleton(s => new OzonRateLimit(s.GetRequiredService<IOptions<OzonOptions>>().Value.RequestsPerSecond, TimeProvider.System));
        services.AddTransient<OzonWire>();
        services.AddSingleton<OzonApi>();

        services.AddOzonClient(Reads)
            .AddResilienceHandler(Reads, (pipeline, context) => BuildReads(pipeline, context.ServiceProvider))
            .SelectPipelineBy(_ => OzonWire.ClientIdOf);
        // A write has no retry, by construction: nothing stands between the caller and the one request.
        services.AddOzonClient(Writes);
        foreach (var name in new[] { Reads, Writes })
            services.AddHttpClient(name).AddHttpMessageHandler<OzonWire>();
        return services;
    }

    private static IHttpClientBuilder AddOzonClient(this IServiceCollection services, string name) => services
        .AddHttpClient(name, (provider, client) =>
        {
            client.BaseAddress = provider.GetRequiredService<IOptions<OzonOptions>>().Value.Root;
            // OzonWire minds the time, per request; the reads' pipeline minds the total.
            client.Timeout = Timeout.InfiniteTimeSpan;
        })
        .RedactLoggedHeaders(header => !header.Equals("Client-Id", StringComparison.OrdinalIgnoreCase))
        .UseSocketsHttpHandler((handler, _) =>
        {
            // A redirect would carry the key to wherever it points.
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.AutomaticDecompression = DecompressionMethods.All;
            // Running into this limit proves that nothing was sent.
            handler.ConnectTimeout = TimeSpan.FromSeconds(5);
            // Shorter than servers keep idle connections, so that a write seldom meets one that is just being closed.
            handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        });

    /// <summary>
    /// Nearly every read of Ozon is a POST, so the pipeline retries POSTs on purpose; it serves reads alone. Built once per Client-Id: one
    /// store's outage does not pause another.
    /// </summary>
    private static void BuildReads(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<OzonOptions>>().Value;
        pipeline.TimeProvider = TimeProvider.System;
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(options.TotalTimeoutSeconds) });
        if (options.Retries > 0)
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = TimeSpan.FromSeconds(options.RetryDelaySeconds),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnotherTry(attempt.Outcome)),
            });
        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            // An outage, not a bad patch: nearly everything fails for a minute.
            FailureRatio = 0.9,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(60),
            BreakDuration = TimeSpan.FromSeconds(options.PauseSeconds),
            ShouldHandle = attempt => ValueTask.FromResult(IsOutage(attempt.Outcome)),
        });
    }

    private static bool IsWorthAnotherTry(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { StatusCode: HttpStatusCode.TooManyRequests } answer } => OzonWire.RetryAfterOf(answer) is not { } rest || rest <= LongestRetryAfter,
        _ => IsOutage(outcome),
    };

    private static bool IsOutage(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException e } => e.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded,
        // The connect time-out comes as a cancellation that nobody asked for.
        { Exception: OperationCanceledException { InnerException: TimeoutException } or TimeoutRejectedException } => true,
        { Result: { } answer } => answer.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
        _ => false,
    };
}
