using System.Text.Json;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>Since when a data folder is in use.</summary>
internal sealed record Installation(DateTime Since);

/// <summary>A file outside the database that says "there has been data here". SQLite opens a missing or zero-length file without a word,
/// so without it a lost database would look like a healthy new one.</summary>
internal sealed class InstallationMarker(DataFolder folder, TimeProvider clock)
{
    public string Path { get; } = folder.PathOf("installation.json");

    /// <summary>Null on a new data folder.</summary>
    public Installation? Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<Installation>(File.ReadAllText(Path)) : null;
        }
        catch (JsonException)
        {
            // That the file exists is what counts; a damaged date must not turn a known installation into a new one.
            return new Installation(File.GetCreationTimeUtc(Path));
        }
    }

    public void WriteOnce()
    {
        if (!File.Exists(Path)) File.WriteAllText(Path, JsonSerializer.Serialize(new Installation(clock.GetUtcNow().UtcDateTime)));
    }
}
