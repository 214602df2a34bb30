using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OzonSellerCenter.Data;

/// <summary>Chooses the database: <c>Database:Provider</c> = <c>Sqlite</c> (default) or <c>Postgres</c>.</summary>
public static class DataSetup
{
    /// <summary>Adds the contexts, <see cref="Databases"/> and the data folder.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var folder = new DataFolder(configuration, contentRoot);
        services.AddSingleton(folder);
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddSingleton<Databases>();
        services.AddSingleton<ContentFiles>();
        if (IsPostgres(configuration))
        {
            var connection = configuration.GetConnectionString("SellerCenter") is { Length: > 0 } set
                ? set
                : throw new InvalidOperationException("Database:Provider is Postgres, so ConnectionStrings:SellerCenter must be set.");
            services.AddDbContextFactory<PostgresSellerCenterDb>(options => UsePostgres(options, connection));
            services.AddSingleton<IDbContextFactory<SellerCenterDb>, AnyFactory<PostgresSellerCenterDb>>();
        }
        else
        {
            var connection = configuration.GetConnectionString("SellerCenter") is { Length: > 0 } set ? set : $"Data Source={folder.PathOf("sellercenter.db")}";
            services.AddSingleton<WriteTurn>();
            services.AddDbContextFactory<SqliteSellerCenterDb>(
                (provider, options) => UseSqlite(options, connection).AddInterceptors(provider.GetRequiredService<WriteTurn>()));
            services.AddSingleton<IDbContextFactory<SellerCenterDb>, AnyFactory<SqliteSellerCenterDb>>();
        }

        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<SellerCenterDb>>().CreateDbContext());
        return services;
    }

    /// <summary>True when the settings ask for PostgreSQL.</summary>
    public static bool IsPostgres(IConfiguration configuration) =>
        string.Equals(configuration["Database:Provider"], "Postgres", StringComparison.OrdinalIgnoreCase);

    // A list of values goes over as one parameter. As one parameter for each value, EF would write the SQL anew with every execution, and one
    // execution after the other: the access filter has such a list, so every query would.
    internal static DbContextOptionsBuilder UseSqlite(DbContextOptionsBuilder options, string connection) =>
        options.UseSqlite(connection, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(new SqlitePragmas(), new VersionBump()).ConfigureWarnings(TellOnce);

    // Plans with parallel workers cost about 100 ms of start-up per query on a small machine, so they are off for this application.
    internal static void UsePostgres(DbContextOptionsBuilder options, string connection) =>
        options.UseNpgsql(
                new Npgsql.NpgsqlConnectionStringBuilder(connection) { Options = "-c max_parallel_workers_per_gather=0" }.ConnectionString,
                npgsql => npgsql.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(new VersionBump()).ConfigureWarnings(TellOnce);

    // A failed command always throws, and who catches it knows whether it is an error or one of two rivals who looks again (RetryAsync).
    private static void TellOnce(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug));

    /// <summary>Lets every feature ask for the common base type.</summary>
    private sealed class AnyFactory<T>(IDbContextFactory<T> inner) : IDbContextFactory<SellerCenterDb>
        where T : SellerCenterDb
    {
        public SellerCenterDb CreateDbContext() => inner.CreateDbContext();

        public async Task<SellerCenterDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}

/// <summary>The folder for database, files, keys and backups: <c>SellerCenter:DataDirectory</c>, by default <c>data</c> under the content root.</summary>
public sealed class DataFolder
{
    public DataFolder(IConfiguration configuration, string contentRoot)
    {
        Root = Path.GetFullPath(configuration["SellerCenter:DataDirectory"] is { Length: > 0 } set ? set : "data", contentRoot);
        Directory.CreateDirectory(Root);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>Path of a file or folder inside.</summary>
    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
