using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Tests.Architecture;

/// <summary>The model and the migrations of both databases tell the same.</summary>
public sealed class MigrationTests
{
    public static TheoryData<string> Databases => ["SQLite", "PostgreSQL"];

    [Theory, MemberData(nameof(Databases))]
    public void No_change_of_the_model_is_without_a_migration(string database)
    {
        using SellerCenterDb db = Open(database);
        using SellerCenterDb other = Open(database == "SQLite" ? "PostgreSQL" : "SQLite");
        Assert.SkipWhen(!db.Database.GetMigrations().Any() && !other.Database.GetMigrations().Any(), "There are no migrations yet.");
        Assert.False(db.Database.HasPendingModelChanges(), $"The model was changed; add a migration for {database} (see README, \"Adding a migration\").");
    }

    private static SellerCenterDb Open(string database) => database == "SQLite"
        ? new SqliteDesignTime().CreateDbContext([])
        : new PostgresDesignTime().CreateDbContext([]);
}
