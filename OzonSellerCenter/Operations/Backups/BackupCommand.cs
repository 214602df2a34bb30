using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations.Backups;

/// <summary><c>backup FILE</c>: database and files into one archive, also while the app runs. Files are never changed and are written before any row
/// names them, so the files of a moment later hold all that the database of this moment names.</summary>
internal static class BackupCommand
{
    private const int FilesPerLine = 1000;

    public static Command Create(Func<WebApplication> compose)
    {
        var file = new Argument<string>("file") { Description = "The archive to write, such as backup.zip. It must not exist." };
        var command = new Command("backup", "Writes database and files into one archive. The folder keys/ is not in it: keep a copy of it elsewhere.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = compose();
            await app.Services.GetRequiredService<StartUp>().PrepareBesideAsync("The app is running; the backup is made beside it.", cancellation);
            return await RunAsync(app.Services, parsed.GetValue(file)!, Console.Out, cancellation);
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(IServiceProvider services, string place, TextWriter output, CancellationToken cancellation)
    {
        var (folder, clock) = (services.GetRequiredService<DataFolder>(), services.GetRequiredService<TimeProvider>());
        if (File.Exists(place))
        {
            await output.WriteLineAsync($"{place} is there already; it is not written over.");
            return 1;
        }

        Directory.CreateDirectory(folder.PathOf("backups"));
        var snapshot = folder.PathOf("backups", $"{Guid.NewGuid():N}.db");
        try
        {
            var (files, migration) = await SnapshotAsync(services, folder, snapshot, cancellation);
            var manifest = await BackupArchive.WriteAsync(Path.GetFullPath(place), files, clock.GetUtcNow().UtcDateTime, migration, Told, cancellation);
            var megabytes = (manifest.Files.Sum(f => f.Size) / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
            await output.WriteLineAsync($"{manifest.Files.Count} files, {megabytes} MB, are in {place}. The keys are not: keep a copy of {folder.PathOf("keys")} elsewhere.");
            if (DataSetup.IsPostgres(services.GetRequiredService<IConfiguration>())) await output.WriteLineAsync("The database is on PostgreSQL and is not in it: make a pg_dump, before this archive.");
            return 0;
        }
        finally
        {
            File.Delete(snapshot);
        }

        void Told(int count)
        {
            if (count % FilesPerLine == 0) output.WriteLine($"{count} files");
        }
    }

    private static async Task<(List<(string Path, string From)> Files, string Migration)> SnapshotAsync(
        IServiceProvider services, DataFolder folder, string snapshot, CancellationToken cancellation)
    {
        List<(string, string)> files = [];
        await using var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        var migration = (await db.Database.GetAppliedMigrationsAsync(cancellation)).LastOrDefault() ?? "";
        if (!db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {snapshot}", cancellation);
            files.Add((BackupArchive.Database, snapshot));
        }

        if (File.Exists(folder.PathOf("installation.json"))) files.Add(("installation.json", folder.PathOf("installation.json")));
        foreach (var drawer in new DirectoryInfo(folder.PathOf("files")).Exists ? Directory.GetDirectories(folder.PathOf("files")).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            // Two letters: what lies elsewhere is not whole yet.
            if (Path.GetFileName(drawer).Length != 2) continue;
            files.AddRange(Directory.GetFiles(drawer).Order(StringComparer.Ordinal).Select(f => ($"files/{Path.GetFileName(drawer)}/{Path.GetFileName(f)}", f)));
        }

        return (files, migration);
    }
}
