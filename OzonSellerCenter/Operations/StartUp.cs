using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>What has to be in order before anything else runs: lock, data folder, a sound database, a backup, migrations. Ready after that.</summary>
internal sealed class StartUp(
    DataFolderLock folderLock, InstallationMarker marker, DatabaseFile databaseFile, Databases databases, ILogger<StartUp> log)
{
    /// <summary>True once everything is in order.</summary>
    public bool IsDone { get; private set; }

    /// <exception cref="StartUpRefusedException">The message says what is wrong and what to do.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        folderLock.Take();
        var known = marker.Read();
        databaseFile.Examine(known);
        await using (var db = await databases.ForSystemAsync(cancellation))
        {
            await using var turn = await MigrationTurn.TakeAsync(db, cancellation);
            await MigrateAsync(db, known, cancellation);
        }

        marker.WriteOnce();
        IsDone = true;
    }

    /// <summary>The same for a command that may run beside the app: a running copy has done all this already.</summary>
    /// <param name="words">Said when the app is running.</param>
    public async Task PrepareBesideAsync(string words, CancellationToken cancellation)
    {
        try
        {
            await PrepareAsync(cancellation);
        }
        catch (StartUpRefusedException refused) when (refused.ExitCode == StartUpRefusedException.AlreadyRunning)
        {
            await Console.Error.WriteLineAsync(words);
        }
    }

    private async Task MigrateAsync(SellerCenterDb db, Installation? known, CancellationToken cancellation)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        if (applied.Except(db.Database.GetMigrations()).FirstOrDefault() is { } newer)
        {
            throw StartUpRefusedException.Newer(
                $"The database was last used by a newer version of the app (it knows the change {newer}). Start that version, or restore a backup made before the upgrade.");
        }

        if (applied.Count == 0 && known is not null)
        {
            throw StartUpRefusedException.Damaged(
                $"The database is empty, but this data folder has been in use since {known.Since:u}. Check ConnectionStrings:SellerCenter or restore a backup. To start anew on purpose, remove {marker.Path}.");
        }

        var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        if (pending.Count == 0) return;
        if (applied.Count > 0) await databaseFile.BackUpAsync(db, applied[^1], cancellation);
        log.LogInformation("Changing the database: {Migrations}", pending);
        await db.Database.MigrateAsync(cancellation);
    }
}
