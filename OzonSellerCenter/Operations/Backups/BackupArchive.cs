using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Operations.Backups;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Relative to the data folder, with slashes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Size">Bytes.</param>
internal sealed record BackedUpFile(string Path, string Sha256, long Size);

/// <summary>What a backup holds; its last entry.</summary>
/// <param name="LastMigration">Of the database in it.</param>
internal sealed record BackupManifest(int Format, DateTime MadeAt, string LastMigration, IReadOnlyList<BackedUpFile> Files);

/// <summary>A ZIP of a database and the files its rows name. The keys are not in it: who finds a backup must not be able to read a secret of it.</summary>
internal static partial class BackupArchive
{
    public const int Format = 1;
    public const string Database = "sellercenter.db";
    private const string Manifest = "manifest.json";
    private const int BufferSize = 128 * 1024;

    /// <summary>Writes an archive; it stands under its name only when it is whole and on the disk.</summary>
    /// <param name="files">Each by its path in the archive and where it lies.</param>
    /// <param name="told">Called with the number of files written so far.</param>
    public static async Task<BackupManifest> WriteAsync(
        string place, IReadOnlyList<(string Path, string From)> files, DateTime madeAt, string lastMigration, Action<int> told, CancellationToken cancellation)
    {
        var part = place + ".part";
        try
        {
            List<BackedUpFile> written = [];
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.Asynchronous))
            {
                await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, null, cancellation))
                {
                    foreach (var (path, from) in files)
                    {
                        written.Add(await AddAsync(zip, path, from, cancellation));
                        told(written.Count);
                    }

                    await using var manifest = await zip.CreateEntry(Manifest, CompressionLevel.Fastest).OpenAsync(cancellation);
                    await JsonSerializer.SerializeAsync(manifest, new BackupManifest(Format, madeAt, lastMigration, written), JsonSerializerOptions.Web, cancellation);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, place, overwrite: false);
            return new BackupManifest(Format, madeAt, lastMigration, written);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Unpacks an archive into a folder that is not the data folder yet, checking each byte.</summary>
    /// <exception cref="InvalidDataException">It is no backup, was changed, or wants to write where nothing of a backup belongs.</exception>
    public static async Task<BackupManifest> UnpackAsync(string place, string folder, Action<int> told, CancellationToken cancellation)
    {
        await using var zip = await ZipFile.OpenReadAsync(place, cancellation);
        var manifest = await ManifestAsync(zip, cancellation);
        if (manifest.Format != Format) throw new InvalidDataException($"The backup has format {manifest.Format.ToString(CultureInfo.InvariantCulture)}; this version reads format {Format}.");
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            if (!entries.TryAdd(entry.FullName, entry)) throw new InvalidDataException($"The backup holds {entry.FullName} twice.");
        }

        if (entries.Keys.Except(manifest.Files.Select(f => f.Path)).FirstOrDefault(e => e != Manifest) is { } foreign) throw new InvalidDataException($"The backup holds {foreign}, which its list does not name.");
        var done = 0;
        foreach (var file in manifest.Files)
        {
            if (!Belongs().IsMatch(file.Path)) throw new InvalidDataException($"{file.Path} does not belong into a backup.");
            if (!entries.TryGetValue(file.Path, out var entry)) throw new InvalidDataException($"{file.Path} is missing in the backup.");
            await UnpackAsync(entry, file, Path.Combine(folder, file.Path), cancellation);
            told(++done);
        }

        return manifest;
    }

    private static async Task<BackedUpFile> AddAsync(ZipArchive zip, string path, string from, CancellationToken cancellation)
    {
        // Pictures and videos do not get smaller; the database does.
        var entry = zip.CreateEntry(path, path == Database ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var target = await entry.OpenAsync(cancellation);
        var (sha256, size) = await CopyAsync(source, target, long.MaxValue, cancellation);
        return new BackedUpFile(path, sha256, size);
    }

    private static async Task UnpackAsync(ZipArchiveEntry entry, BackedUpFile file, string to, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        await using var source = await entry.OpenAsync(cancellation);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);

        // Never more than the list says: what claims to be small and unpacks without end is stopped.
        var (sha256, size) = await CopyAsync(source, target, file.Size, cancellation);
        if (size != file.Size || sha256 != file.Sha256) throw new InvalidDataException($"{file.Path} in the backup was changed.");
        target.Flush(flushToDisk: true);
    }

    private static async Task<(string Sha256, long Size)> CopyAsync(Stream source, Stream target, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var size = 0L;
        for (int read; (read = await source.ReadAsync(buffer, cancellation)) > 0;)
        {
            size += read;
            if (size > most) break;
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private static async Task<BackupManifest> ManifestAsync(ZipArchive zip, CancellationToken cancellation)
    {
        try
        {
            await using var manifest = await (zip.GetEntry(Manifest) ?? throw new InvalidDataException("This is no backup: it has no list of its files.")).OpenAsync(cancellation);
            return await JsonSerializer.DeserializeAsync<BackupManifest>(manifest, JsonSerializerOptions.Web, cancellation) is { Files: not null } read
                ? read
                : throw new InvalidDataException("The list of the backup's files is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The list of the backup's files cannot be read.", fault);
        }
    }

    [GeneratedRegex(@"^(?:sellercenter\.db|installation\.json|files/[0-9a-f]{2}/[0-9a-f]{64})$")]
    private static partial Regex Belongs();
}
