using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>The SQLite file as a file: is it there, is it ours, and a copy of it before it is changed. Does nothing on PostgreSQL.</summary>
internal sealed class DatabaseFile(IConfiguration configuration, DataFolder folder, TimeProvider clock, ILogger<DatabaseFile> log)
{
    private static readonly byte[] Header = "SQLite format 3\0"u8.ToArray();

    /// <summary>Null when the database is PostgreSQL.</summary>
    public string? Path { get; } = DataSetup.IsPostgres(configuration) ? null : System.IO.Path.GetFullPath(
        configuration.GetConnectionString("SellerCenter") is { Length: > 0 } set ? new SqliteConnectionStringBuilder(set).DataSource : folder.PathOf("sellercenter.db"));

    /// <summary>Looks at the file without opening it as a database, because opening creates it.</summary>
    /// <exception cref="StartUpRefusedException">It is missing or empty on a known installation, or is no SQLite database.</exception>
    public void Examine(Installation? known)
    {
        if (Path is null) return;
        var file = new FileInfo(Path);
        if (file is { Exists: true, Length: > 0 })
        {
            if (!IsSqlite()) throw StartUpRefusedException.Damaged($"{Path} is not a SQLite database. Restore a backup, or move the file away.");
            return;
        }

        if (known is not null)
        {
            throw StartUpRefusedException.Damaged(
                $"The database {Path} is {(file.Exists ? "empty" : "missing")}, but this data folder has been in use since {known.Since:u}. Restore a backup from {folder.PathOf("backups")}. To start anew on purpose, remove {folder.PathOf("installation.json")}.");
        }

        Directory.CreateDirectory(file.DirectoryName!);
    }

    /// <summary>A consistent copy in <c>backups/</c>, also while others read and write. PostgreSQL has its own tools for that.</summary>
    public async Task BackUpAsync(SellerCenterDb db, string lastMigration, CancellationToken cancellation)
    {
        if (Path is null)
        {
            log.LogWarning("The database is about to be changed. PostgreSQL is not backed up by the app: keep a pg_dump from before upgrades");
            return;
        }

        var copy = folder.PathOf("backups", $"before-upgrade-{lastMigration}-{clock.GetUtcNow():yyyyMMddTHHmmss}.db");
        Directory.CreateDirectory(folder.PathOf("backups"));
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", cancellation);
        log.LogInformation("Backed up the database to {Copy}", copy);
    }

    private bool IsSqlite()
    {
        Span<byte> start = stackalloc byte[Header.Length];
        using var file = new FileStream(Path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Header);
    }
}
