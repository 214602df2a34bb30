using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OzonSellerCenter.Data;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Operations;

public sealed class StartUpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("osc-start-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder, "sellercenter.db");

    [Fact]
    public async Task A_first_start_makes_the_database_and_remembers_that_it_did()
    {
        await StartAndStopAsync();
        Assert.True(File.Exists(Database));
        Assert.True(File.Exists(Path.Combine(_folder, "installation.json")));
        await StartAndStopAsync();
    }

    [Fact]
    public async Task A_second_copy_on_one_data_folder_is_refused()
    {
        await using var first = Node();
        await first.GetRequiredService<StartUp>().PrepareAsync(Ct);
        await using var second = Node();
        var refused = await Assert.ThrowsAsync<StartUpRefusedException>(() => second.GetRequiredService<StartUp>().PrepareAsync(Ct));
        Assert.Equal(StartUpRefusedException.AlreadyRunning, refused.ExitCode);
        Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_lost_database_does_not_start_as_an_empty_one() => RefusedAfterAsync(File.Delete);

    [Fact]
    public Task A_database_cut_to_nothing_does_not_start_as_an_empty_one() => RefusedAfterAsync(path => File.WriteAllText(path, ""));

    [Fact]
    public Task A_file_that_is_no_database_is_refused() => RefusedAfterAsync(path => File.WriteAllText(path, "this is a letter, not a database"));

    [Fact]
    [Trait("Needs", "Postgres")]
    public async Task Two_nodes_that_start_at_once_make_one_database()
    {
        var server = Environment.GetEnvironmentVariable(TestDb.PostgresVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"PostgreSQL is not available: {TestDb.PostgresVariable} is not set (test.sh sets it).");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = $"osc_{Guid.NewGuid():N}" }.ConnectionString;
        await using var one = Node("one", connection);
        await using var two = Node("two", connection);
        await Task.WhenAll(one.GetRequiredService<StartUp>().PrepareAsync(Ct), two.GetRequiredService<StartUp>().PrepareAsync(Ct));
        await using var db = await one.GetRequiredService<Databases>().ForSystemAsync(Ct);
        Assert.Empty(await db.Stores.ToListAsync(Ct));
        NpgsqlConnection.ClearAllPools();
        await db.Database.EnsureDeletedAsync(Ct);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RefusedAfterAsync(Action<string> accident)
    {
        await StartAndStopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        accident(Database);
        await using var node = Node();
        var refused = await Assert.ThrowsAsync<StartUpRefusedException>(() => node.GetRequiredService<StartUp>().PrepareAsync(Ct));
        Assert.Equal(3, refused.ExitCode);
        Assert.False(node.GetRequiredService<StartUp>().IsDone);
    }

    private async Task StartAndStopAsync()
    {
        await using var node = Node();
        await node.GetRequiredService<StartUp>().PrepareAsync(Ct);
        Assert.True(node.GetRequiredService<StartUp>().IsDone);
    }

    private ServiceProvider Node(string folder = "", string? postgres = null)
    {
        var settings = new Dictionary<string, string?> { ["SellerCenter:DataDirectory"] = Path.Combine(_folder, folder) };
        if (postgres is not null) (settings["Database:Provider"], settings["ConnectionStrings:SellerCenter"]) = ("Postgres", postgres);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddData(configuration, _folder);
        services.AddStartUp();
        return services.BuildServiceProvider();
    }
}
