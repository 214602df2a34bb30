using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OzonSellerCenter.Data;

/// <summary>What <c>dotnet ef</c> uses. Identity takes its schema version from the application's services, so they are given here too.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteSellerCenterDb>
{
    public SqliteSellerCenterDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteSellerCenterDb>().UseApplicationServiceProvider(DesignTime.Services);
        DataSetup.UseSqlite(options, "Data Source=design-time.db");
        return new SqliteSellerCenterDb(options.Options);
    }
}

/// <inheritdoc cref="SqliteDesignTime"/>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresSellerCenterDb>
{
    public PostgresSellerCenterDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresSellerCenterDb>().UseApplicationServiceProvider(DesignTime.Services);
        DataSetup.UsePostgres(options, "Host=localhost");
        return new PostgresSellerCenterDb(options.Options);
    }
}

internal static class DesignTime
{
    public static readonly IServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();
}
