using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary><c>/health/live</c>: the process answers, nothing is read. <c>/health/ready</c>: send people here.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddReadiness(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<RunningCheck>("running", tags: [Ready])
        .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5))
        .AddCheck<DiskCheck>("disk", tags: [Ready]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>Names and words only: an exception may hold a connection string, and anybody may ask.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(e => e.Key, e => $"{e.Value.Status}{(e.Value.Description is { } words ? ": " + words : "")}"),
        },
        context.RequestAborted);
}

/// <summary>Started (data folder, database and migrations are in order) and not stopping.</summary>
internal sealed class RunningCheck(StartUp startUp, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("stopping")
            : !startUp.IsDone ? HealthCheckResult.Unhealthy("starting")
            : HealthCheckResult.Healthy());
}

/// <summary>The database takes a write; what was written is rolled back.</summary>
internal sealed class DatabaseCheck(Databases databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.ForSystemAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "StoreSequences" ("StoreId", "Last") VALUES (-1, 0)""", cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("no write possible", fault);
        }
    }
}

/// <summary>Room on the disk of the data folder: SQLite, files and backups need it.</summary>
internal sealed class DiskCheck(DataFolder folder) : IHealthCheck
{
    /// <summary>Below this the app asks for help while it still can write.</summary>
    public const long EnoughBytes = 256L * 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(folder.Root).AvailableFreeSpace;
        return Task.FromResult(free >= EnoughBytes ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("disk almost full"));
    }
}
