using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Tests.Support;

/// <summary>The databases every data test runs on.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>An empty database of its own for one test: a SQLite file or a PostgreSQL database.</summary>
public sealed class TestDb : IAsyncDisposable
{
    /// <summary>Connection string of a PostgreSQL server that may create databases; <c>test.sh</c> starts one.</summary>
    public const string PostgresVariable = "SELLERCENTER_TEST_POSTGRES";

    private readonly ServiceProvider _services;
    private readonly string _folder;
    private readonly string? _postgres;

    private TestDb(ServiceProvider services, string folder, string? postgres)
    {
        _services = services;
        _folder = folder;
        _postgres = postgres;
    }

    public Databases Databases => _services.GetRequiredService<Databases>();

    public Feed Feed => _services.GetRequiredService<Feed>();

    public IServiceProvider Services => _services;

    /// <summary>Creates it; on PostgreSQL the test is skipped with the reason when no server was given.</summary>
    public static async Task<TestDb> CreateAsync(
        Provider provider = Provider.Sqlite, TimeProvider? clock = null, Action<IServiceCollection>? configure = null)
    {
        var name = $"osc_{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        var settings = new Dictionary<string, string?> { ["SellerCenter:DataDirectory"] = folder };
        string? postgres = null;
        if (provider == Provider.Postgres)
        {
            postgres = Environment.GetEnvironmentVariable(PostgresVariable);
            Assert.SkipWhen(string.IsNullOrEmpty(postgres), $"PostgreSQL is not available: {PostgresVariable} is not set (test.sh sets it).");
            settings["Database:Provider"] = "Postgres";
            settings["ConnectionStrings:SellerCenter"] = new NpgsqlConnectionStringBuilder(postgres) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddData(configuration, folder);
        services.AddSingleton<Feed>();
        services.AddSingleton<EventLog>();
        configure?.Invoke(services);
        var db = new TestDb(services.BuildServiceProvider(), folder, postgres);
        _ = db.Feed;
        await using var context = await db.Databases.ForSystemAsync(CancellationToken.None);
        await context.Database.MigrateAsync();
        return db;
    }

    /// <summary>A store with its members: one user per role given, named after the role.</summary>
    public async Task<(Store Store, CurrentUser User)> AddStoreAsync(string clientId = "1000001", StoreRole role = StoreRole.Owner, string? userId = null)
    {
        await using var db = await Databases.ForSystemAsync(CancellationToken.None);
        userId ??= $"user-{clientId}-{role}";
        var store = await db.Stores.SingleOrDefaultAsync(s => s.ClientId == clientId);
        if (store is null)
        {
            store = new Store { Name = $"Store {clientId}", ClientId = clientId };
            db.Stores.Add(store);
        }

        if (!await db.Users.AnyAsync(u => u.Id == userId))
        {
            db.Users.Add(new AppUser { Id = userId, UserName = $"{userId}@demo.test", Email = $"{userId}@demo.test", DisplayName = userId });
        }

        await db.CommitAsync(CancellationToken.None);
        db.Memberships.Add(new Membership { StoreId = store.Id, UserId = userId, Role = role });
        await db.CommitAsync(CancellationToken.None);
        return (store, new CurrentUser(userId, userId));
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await using var context = await Databases.ForSystemAsync(CancellationToken.None);
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            NpgsqlConnection.ClearPool(connection);
            await context.Database.EnsureDeletedAsync();
        }

        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await DeleteAsync(_folder);
    }

    /// <summary>A screen that was left may still read: when its connection closes, SQLite puts its files away, and the folder fills and empties meanwhile.</summary>
    private static async Task DeleteAsync(string folder)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
