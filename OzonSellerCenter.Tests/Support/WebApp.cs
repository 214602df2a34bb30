using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Support;

/// <summary>The whole app in this process, outside the demo, over a data folder of its own. What runs by itself against Ozon is left out;
/// what guards access follows a clock that the test moves.</summary>
public sealed class WebApp : WebApplicationFactory<Program>
{
    public const string Password = "verstaubte Lampen im Flur";

    private readonly Dictionary<string, string> _settings;
    private readonly string? _postgres;
    private readonly bool _ownsFolder;

    /// <summary>For a class of tests that shares one app, with SQLite.</summary>
    public WebApp()
        : this(Provider.Sqlite, null)
    {
    }

    private WebApp(Provider provider, string? folder)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("osc-web-").FullName;
        _settings = new()
        {
            ["SellerCenter:DataDirectory"] = Folder,
            ["SellerCenter:LogToFile"] = "true",
            ["Serilog:MinimumLevel:Default"] = "Warning",
            ["Serilog:MinimumLevel:Override:Microsoft"] = "Error",
            ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Error",

            // A database that is not there yet is made on the spot; the driver calls that an error.
            ["Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore"] = "Fatal",
            ["Sandbox:Enabled"] = "false",
            ["Ozon:BaseAddress"] = "http://ozon.invalid/",
        };
        if (provider != Provider.Postgres) return;
        var server = Environment.GetEnvironmentVariable(TestDb.PostgresVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"PostgreSQL is not available: {TestDb.PostgresVariable} is not set (test.sh sets it).");
        _postgres = new NpgsqlConnectionStringBuilder(server) { Database = $"osc_{Guid.NewGuid():N}", MaxPoolSize = 20 }.ConnectionString;
        _settings["Database:Provider"] = "Postgres";
        _settings["ConnectionStrings:SellerCenter"] = _postgres;
    }

    public string Folder { get; }

    /// <summary>The clock of sessions, pauses, codes and links.</summary>
    public FakeTimeProvider Wall { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    /// <summary>How often a password was compared with a hash.</summary>
    public int PasswordChecks => ((CountingHasher)Services.GetRequiredService<IPasswordHasher<AppUser>>()).Checks;

    public Databases Databases => Services.GetRequiredService<Databases>();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public static WebApp Start(Provider provider = Provider.Sqlite, string? folder = null) => new(provider, folder);

    /// <summary>A browser that never was here before, over https.</summary>
    public Visitor Visit() => new(this);

    /// <summary>An account that can sign in with <see cref="Password"/>, and its membership if a store is given.</summary>
    public async Task<CurrentUser> AddPersonAsync(string email, int? storeId = null, StoreRole role = StoreRole.Agent)
    {
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var person = new AppUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = email.Split('@')[0] };
        var made = await people.CreateAsync(person, Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(e => e.Description)));
        if (storeId is { } store)
        {
            await using var db = await Databases.ForSystemAsync(CancellationToken.None);
            db.Memberships.Add(new Membership { StoreId = store, UserId = person.Id, Role = role });
            await db.CommitAsync(CancellationToken.None);
        }

        return new CurrentUser(person.Id, person.DisplayName);
    }

    public async Task<int> AddStoreAsync(string clientId)
    {
        await using var db = await Databases.ForSystemAsync(CancellationToken.None);
        var store = new Store { Name = $"Store {clientId}", ClientId = clientId };
        db.Stores.Add(store);
        await db.CommitAsync(CancellationToken.None);
        return store.Id;
    }

    /// <summary>What the app has written down so far, as an operator reads it.</summary>
    public string Log()
    {
        var lines = "";
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Folder, "logs")).Order())
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines += file.ReadToEnd();
        }

        return lines;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Production);
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && IsBackground(s)).ToArray()) services.Remove(worker);
            services.Replace(ServiceDescriptor.Singleton(new WallClock(Wall)));
            services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>, CountingHasher>());

            // Thousands of rounds cost the tests minutes and prove nothing.
            services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_postgres is not null) await DropAsync(_postgres);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private static bool IsBackground(ServiceDescriptor service) =>
        service.ImplementationType?.Namespace is "OzonSellerCenter.Background";

    private static async Task DropAsync(string connection)
    {
        var target = new NpgsqlConnectionStringBuilder(connection);
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" }.ConnectionString);
        await server.OpenAsync();
        await using var drop = server.CreateCommand();
        drop.CommandText = $"DROP DATABASE IF EXISTS \"{target.Database}\" WITH (FORCE)";
        await drop.ExecuteNonQueryAsync();
    }

    private sealed class CountingHasher(Microsoft.Extensions.Options.IOptions<PasswordHasherOptions> options) : PasswordHasher<AppUser>(options)
    {
        private int _checks;

        public int Checks => _checks;

        public override PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _checks);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
