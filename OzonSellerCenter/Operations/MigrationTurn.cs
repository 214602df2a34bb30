using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>Lets one node at a time create and change the database. On PostgreSQL an advisory lock of the session, gone with it even
/// after a crash; on SQLite the lock of the data folder is enough.</summary>
internal sealed class MigrationTurn : IAsyncDisposable
{
    /// <summary>Any number will do, as long as every version of the app uses the same.</summary>
    private const long LockNumber = 5_080_202_611;

    /// <summary>A large table takes its time, and the other nodes wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly SellerCenterDb _db;

    private MigrationTurn(SellerCenterDb db) => _db = db;

    public static async Task<MigrationTurn> TakeAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        db.Database.SetCommandTimeout(Patience);
        if (db.Database.IsNpgsql())
        {
            await OpenAsync(db, cancellation);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({LockNumber})", cancellation);
        }

        return new MigrationTurn(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_db.Database.IsNpgsql()) return;
        await _db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockNumber})");
        await _db.Database.CloseConnectionAsync();
    }

    /// <summary>Opens the database, made on the spot when the server has none of that name.</summary>
    private static async Task OpenAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(db, cancellation);
            await db.Database.OpenConnectionAsync(cancellation);
        }
    }

    private static async Task CreateAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        try
        {
            await ((IRelationalDatabaseCreator)db.GetService<IDatabaseCreator>()).CreateAsync(cancellation);
        }
        catch (PostgresException raced) when (raced.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node was faster; its database is ours too.
        }
    }
}
