using System.CommandLine;
using System.Globalization;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations.Backups;

/// <summary><c>restore FILE</c>: unpacks a backup into a data folder that has none of its own, byte for byte or not at all.</summary>
internal static class RestoreCommand
{
    private const int FilesPerLine = 1000;

    public static Command Create(Func<WebApplication> compose)
    {
        var file = new Argument<string>("file") { Description = "An archive that backup wrote." };
        var command = new Command("restore", "Unpacks a backup into the data folder, which must hold no database yet. The app must not run.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = compose();
            app.Services.GetRequiredService<DataFolderLock>().Take();
            return await RunAsync(app.Services.GetRequiredService<DataFolder>(), parsed.GetValue(file)!, Console.Out, cancellation);
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(DataFolder folder, string place, TextWriter output, CancellationToken cancellation)
    {
        if (!File.Exists(place)) return await RefuseAsync($"There is no file {place}.");
        if (File.Exists(folder.PathOf(BackupArchive.Database)) || Directory.Exists(folder.PathOf("files")))
            return await RefuseAsync($"{folder.Root} holds data already. Move it away, or set SellerCenter:DataDirectory to an empty folder; nothing was changed.");
        var unpacked = folder.PathOf("restoring");
        if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        try
        {
            var manifest = await BackupArchive.UnpackAsync(place, unpacked, Told, cancellation);

            // The database last: a folder without it is told to be unfinished at the next start.
            foreach (var part in new[] { "files", "installation.json", BackupArchive.Database })
            {
                if (Directory.Exists(Path.Combine(unpacked, part))) Directory.Move(Path.Combine(unpacked, part), folder.PathOf(part));
                else if (File.Exists(Path.Combine(unpacked, part))) File.Move(Path.Combine(unpacked, part), folder.PathOf(part), overwrite: true);
            }

            await output.WriteLineAsync($"{manifest.Files.Count} files of {manifest.MadeAt.ToString("u", CultureInfo.InvariantCulture)} are in {folder.Root}. Put the folder keys/ of that time beside them, then start the app.");
            return 0;
        }
        catch (InvalidDataException damaged)
        {
            return await RefuseAsync($"{damaged.Message} Nothing was restored.");
        }
        finally
        {
            if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        }

        async Task<int> RefuseAsync(string words)
        {
            await output.WriteLineAsync(words);
            return 1;
        }

        void Told(int count)
        {
            if (count % FilesPerLine == 0) output.WriteLine($"{count} files");
        }
    }
}
