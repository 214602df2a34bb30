namespace OzonSellerCenter.Operations;

/// <summary>A stop that does not wait for open tabs. Over HTTP/2 a stopping server otherwise lets circuits reconnect to it until the
/// host gives up after 30 s (dotnet/aspnetcore#58947).</summary>
internal static class Shutdown
{
    /// <summary>Work that has not ended by then is cut; all of it is safe to be cut (outbox, leases).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void AddQuickShutdown(this IServiceCollection services) =>
        services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience);

    /// <summary>Answers 503 to circuits once the app is stopping, so that browsers wait for the next start instead of holding this one.</summary>
    public static void UseQuickShutdown(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested || !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)) return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "2";
            return Task.CompletedTask;
        });
    }
}
