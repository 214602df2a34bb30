using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Looks whether a pack is what it was when it was made. Nothing is unpacked: every file is read through and hashed, never further than its
/// list says it goes, so that a hostile archive can neither write anywhere nor fill memory.</summary>
internal sealed class PackCheck
{
    private const int MaxListBytes = 32 * 1024 * 1024;
    private const int MaxEntries = 100_000;
    private const int MaxShown = 200;

    private readonly List<string> _findings = [];

    /// <summary>Files that are as the list says.</summary>
    public int Right { get; private set; }

    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Of what was looked at; null while its list cannot be read.</summary>
    public PackManifest? Manifest { get; private set; }

    public static async Task<PackCheck> OfAsync(Stream file, CancellationToken cancellation)
    {
        var check = new PackCheck();
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            await check.LookAsync(zip, cancellation);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            check.Find($"It is no ZIP file, or a broken one: {broken.Message}");
        }

        return check;
    }

    private async Task LookAsync(ZipArchive zip, CancellationToken cancellation)
    {
        if (zip.Entries.Count > MaxEntries)
        {
            Find($"It has more than {MaxEntries} entries.");
            return;
        }

        foreach (var entry in zip.Entries.Where(e => !IsSafe(e.FullName))) Find($"Unsafe name, it leads out of the folder: {Shown(entry.FullName)}");
        foreach (var twice in zip.Entries.GroupBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) Find($"There are {twice.Count()} files with this name: {Shown(twice.Key)}");
        var entries = zip.Entries.DistinctBy(e => e.FullName).ToDictionary(e => e.FullName, StringComparer.Ordinal);
        if (await ListAsync(entries, cancellation) is not { } list) return;
        Manifest = PackManifest.Parse(list);
        foreach (var twice in Manifest.Files.GroupBy(f => f.Path, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) Find($"The list names this file {twice.Count()} times: {Shown(twice.Key)}");
        var missing = new List<PackEntry>();
        foreach (var wanted in Manifest.Files.DistinctBy(f => f.Path))
        {
            if (!IsSafe(wanted.Path)) Find($"The list has an unsafe name: {Shown(wanted.Path)}");
            if (entries.TryGetValue(wanted.Path, out var entry)) await CompareAsync(entry, wanted, cancellation);
            else missing.Add(wanted);
        }

        var extra = entries.Values.Where(e => e.FullName is not (PackManifest.Name or PackManifest.Sums) && Manifest.Files.All(f => f.Path != e.FullName)).ToList();
        await TellAsync(missing, extra, cancellation);
        await SumsAsync(entries, list, cancellation);
    }

    private async Task<byte[]?> ListAsync(Dictionary<string, ZipArchiveEntry> entries, CancellationToken cancellation)
    {
        if (!entries.TryGetValue(PackManifest.Name, out var entry)) Find($"{PackManifest.Name} is missing: this is no pack, or its list was removed.");
        else if (await ReadAsync(entry, cancellation) is not { } list) Find($"{PackManifest.Name} is larger than any list is.");
        else if (!IsList(list)) Find($"{PackManifest.Name} is not the list of a pack.");
        else return list;
        return null;
    }

    private static bool IsList(byte[] list)
    {
        try
        {
            return PackManifest.Parse(list) is { Format: PackManifest.Known } manifest && manifest.Files.All(f => f is { Path: not null, Sha256: not null });
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task CompareAsync(ZipArchiveEntry entry, PackEntry wanted, CancellationToken cancellation)
    {
        if (entry.Length != wanted.Size)
        {
            Find($"Wrong size: {Shown(wanted.Path)} has {entry.Length} bytes, the list says {wanted.Size}");
            return;
        }

        var (hash, size) = await HashAsync(entry, wanted.Size, cancellation);
        if (size != wanted.Size) Find($"Wrong size: {Shown(wanted.Path)} does not have the {wanted.Size} bytes the list says");
        else if (hash != wanted.Sha256) Find($"Changed: {Shown(wanted.Path)} has SHA-256 {hash}, the list says {Shown(wanted.Sha256)}");
        else Right++;
    }

    /// <summary>Names what is not there and what should not be; what is both has another name only.</summary>
    private async Task TellAsync(List<PackEntry> missing, List<ZipArchiveEntry> extra, CancellationToken cancellation)
    {
        foreach (var entry in extra)
        {
            var alike = missing.Where(m => m.Size == entry.Length).ToList();
            var hash = alike.Count > 0 ? (await HashAsync(entry, entry.Length, cancellation)).Hash : "";
            if (alike.Find(m => m.Sha256 == hash) is { } renamed)
            {
                missing.Remove(renamed);
                Find($"Renamed: {Shown(renamed.Path)} is now {Shown(entry.FullName)}");
            }
            else
            {
                Find($"Not in the list: {Shown(entry.FullName)}");
            }
        }

        foreach (var gone in missing) Find($"Missing: {Shown(gone.Path)}");
    }

    /// <summary>The second list has to say the same as the first, and what the first itself is.</summary>
    private async Task SumsAsync(Dictionary<string, ZipArchiveEntry> entries, byte[] list, CancellationToken cancellation)
    {
        if (!entries.TryGetValue(PackManifest.Sums, out var entry) || await ReadAsync(entry, cancellation) is not { } sums)
        {
            Find($"{PackManifest.Sums} is missing, or larger than any list is.");
            return;
        }

        var wanted = Manifest!.Files.Select(f => $"{f.Sha256}  {f.Path}").Append($"{Convert.ToHexStringLower(SHA256.HashData(list))}  {PackManifest.Name}");
        var lines = Encoding.UTF8.GetString(sums).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!lines.ToHashSet(StringComparer.Ordinal).SetEquals(wanted)) Find($"Changed: {PackManifest.Name} and {PackManifest.Sums} do not say the same.");
    }

    private static async Task<byte[]?> ReadAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        if (entry.Length > MaxListBytes) return null;
        await using var content = await entry.OpenAsync(cancellation);
        var bytes = new byte[entry.Length + 1];
        var read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read == bytes.Length ? null : bytes[..read];
    }

    private static async Task<(string Hash, long Size)> HashAsync(ZipArchiveEntry entry, long atMost, CancellationToken cancellation)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var content = await entry.OpenAsync(cancellation);
            var (buffer, size) = (new byte[128 * 1024], 0L);
            for (int read; size <= atMost && (read = await content.ReadAsync(buffer, cancellation)) > 0; size += read) hash.AppendData(buffer, 0, read);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            // What cannot be read through is not what was put in.
            return ("", -1);
        }
    }

    // What the ZIP reader throws at archives that somebody has bent.
    private static bool IsBroken(Exception fault) => fault is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException;

    private static bool IsSafe(string name) => name.Length is > 0 and < 1000 && name[0] is not ('/' or '\\') && !name.Contains(':', StringComparison.Ordinal)
        && !name.Contains('\\', StringComparison.Ordinal) && !name.Any(char.IsControl) && name.Split('/').All(part => part.Trim(' ', '.').Length > 0);

    // A name comes from a stranger and goes to a terminal.
    private static string Shown(string name)
    {
        var plain = string.Concat(name.Take(MaxShown).Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c));
        return name.Length > MaxShown ? $"{plain}…" : plain;
    }

    private void Find(string what) => _findings.Add(what);
}
