using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OzonSellerCenter.Data;
using Serilog;
using Serilog.Events;

namespace OzonSellerCenter.Operations;

/// <summary>Log, traces and figures. None of them holds secrets, and the log holds no message text above Debug (<see cref="Discretion"/>).</summary>
internal static class Telemetry
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext:l} {Message:lj}{NewLine}{Exception}";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSerilog(Configure, preserveStaticLogger: true);

        // Spans and figures cost nothing while nobody collects them, so they are made only when a collector is named.
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 }) return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ozon-seller-center"))
            .WithTracing(traces => traces
                .AddSource("OzonSellerCenter.*")
                .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpRequest = (span, request) =>
                    span.SetTag("url.path", Discretion.SafePath(request.Path)))
                .AddHttpClientInstrumentation()
                .AddOtlpExporter())
            .WithMetrics(figures => figures
                .AddMeter("OzonSellerCenter.*", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddOtlpExporter());
    }

    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = LevelOf;
    });

    private static void Configure(IServiceProvider services, LoggerConfiguration logger)
    {
        logger
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)
            .ReadFrom.Configuration(services.GetRequiredService<IConfiguration>())
            .Enrich.With<Discretion>()
            .WriteTo.Console(outputTemplate: Line, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        if (services.GetRequiredService<IConfiguration>().GetValue<bool>("SellerCenter:LogToFile"))
        {
            logger.WriteTo.File(
                services.GetRequiredService<DataFolder>().PathOf("logs", "sellercenter-.log"),
                outputTemplate: "{Timestamp:yyyy-MM-dd} " + Line,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: 100_000_000,
                rollOnFileSizeLimit: true);
        }
    }

    private static LogEventLevel LevelOf(HttpContext context, double elapsedMilliseconds, Exception? fault) =>
        // Who hung up needs no answer: the work for him was given up, nothing failed.
        fault is OperationCanceledException && context.RequestAborted.IsCancellationRequested ? LogEventLevel.Debug
        : fault is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
        : IsChatter(context.Request.Path) ? LogEventLevel.Debug
        : LogEventLevel.Information;

    /// <summary>Probes, files of the look, circuits and the sandbox would drown what matters.</summary>
    private static bool IsChatter(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/assets", StringComparison.Ordinal)
        || path.StartsWithSegments("/_blazor", StringComparison.Ordinal) || path.StartsWithSegments("/_framework", StringComparison.Ordinal)
        || path.StartsWithSegments("/sandbox", StringComparison.Ordinal);
}
