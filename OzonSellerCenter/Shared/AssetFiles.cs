using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace OzonSellerCenter.Shared;

/// <summary>Addresses of our static files. Each carries the hash of its content, so a browser may keep it for ever and still
/// gets the new one after an update.</summary>
public static class AssetFiles
{
    /// <summary>Where the files are mounted.</summary>
    public const string Mount = "/assets";

    /// <summary>The folder beside the binaries.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot-assets");

    private static readonly ConcurrentDictionary<string, string> Urls = new();

    /// <summary>The address of a file such as <c>js/drafts.js</c>.</summary>
    public static string Url(string path) => Urls.GetOrAdd(path, static p => $"{Mount}/{p}?v={Hash(p)}");

    private static string Hash(string path)
    {
        using var file = File.OpenRead(Path.Combine(Folder, path));
        return Convert.ToHexStringLower(SHA256.HashData(file))[..10];
    }
}
