using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox.Search;

namespace OzonSellerCenter.Operations;

/// <summary>Is the database there, is it ours, is it sound, does it fit this version.</summary>
internal sealed class DatabaseChecks(IServiceProvider services)
{
    private readonly DatabaseFile _file = services.GetRequiredService<DatabaseFile>();
    private readonly Installation? _known = services.GetRequiredService<InstallationMarker>().Read();

    /// <summary>After the findings: the tables are there to be read.</summary>
    public bool IsReadable { get; private set; }

    public async IAsyncEnumerable<Finding> FindingsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var presence = Presence();
        yield return presence;
        if (presence.Grade != Grade.Good) yield break;

        await using var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        var opened = await OpenAsync(db, cancellation);
        yield return opened;
        if (opened.Grade == Grade.Broken) yield break;
        if (db.Database.IsSqlite()) yield return await SoundAsync(db, cancellation);
        var version = await VersionAsync(db, cancellation);
        IsReadable = version.Grade != Grade.Broken && (!db.Database.GetMigrations().Any() || (await db.Database.GetAppliedMigrationsAsync(cancellation)).Any());
        yield return version;
        if (IsReadable && !(await db.Database.GetPendingMigrationsAsync(cancellation)).Any()) yield return await SearchAsync(db, cancellation);
    }

    private Finding Presence()
    {
        try
        {
            _file.Examine(_known);
        }
        catch (StartUpRefusedException refused)
        {
            return Finding.Broken("database", refused.Message);
        }

        return _file.Path is null ? Finding.Good("database", "PostgreSQL")
            : File.Exists(_file.Path) ? Finding.Good("database", $"SQLite, {_file.Path}, {new FileInfo(_file.Path).Length / 1024} KiB")
            : Finding.Notice("database", "none yet; the first start makes it");
    }

    private static async Task<Finding> OpenAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellation);
            if (!db.Database.IsSqlite()) return Finding.Good("connection", $"server {db.Database.GetDbConnection().ServerVersion}");
            var (journal, sync, keys) = (await PragmaAsync(db, "journal_mode", cancellation), await PragmaAsync(db, "synchronous", cancellation), await PragmaAsync(db, "foreign_keys", cancellation));
            var words = $"journal_mode={journal} synchronous={sync} foreign_keys={keys}";
            return (journal, sync, keys) is ("wal", "2", "1") ? Finding.Good("connection", words) : Finding.Broken("connection", $"{words}; expected wal, 2 and 1: nothing else is durable here.");
        }
        catch (DbException fault)
        {
            return Finding.Broken("connection", $"The database does not open: {fault.Message}");
        }
    }

    private static async Task<Finding> SoundAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        var answer = await PragmaAsync(db, "quick_check", cancellation);
        return answer == "ok" ? Finding.Good("pages", "quick_check ok") : Finding.Broken("pages", $"{answer}. Stop the app and restore a backup.");
    }

    private async Task<Finding> VersionAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        if (known.Count == 0) return Finding.Notice("schema", "this build has no migrations");
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        if (applied.Except(known).FirstOrDefault() is { } newer) return Finding.Broken("schema", $"of a newer version of the app (it knows {newer}); start that version.");
        var missing = known.Count - applied.Count;
        return missing == 0 ? Finding.Good("schema", applied[^1])
            : applied.Count == 0 && _known is not null ? Finding.Broken("schema", $"the database is empty, but this folder is in use since {_known.Since:u}. Restore a backup.")
            : Finding.Notice("schema", $"{missing} changes will be made at the next start, after a backup");
    }

    private static async Task<Finding> SearchAsync(SellerCenterDb db, CancellationToken cancellation) =>
        await SearchRebuild.ProgressAsync(db, cancellation) is null
            ? Finding.Good("search", "the index is complete")
            : Finding.Notice("search", "not everything is found yet: the index is not complete. Run the command reindex.");

    private static async Task<string> PragmaAsync(SellerCenterDb db, string name, CancellationToken cancellation)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToString(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }
}
