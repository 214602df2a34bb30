using System.Security.Cryptography;
using System.Text;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Stores;

/// <summary>The key that everything secret in the database is encrypted with; a file outside the database, <c>keys/master.key</c> in the
/// data folder, made once and readable by the owner of the process only. It is no part of the ring that signs cookies: after a leak
/// that ring is thrown away, and the stores' keys must survive that.</summary>
public sealed class MasterKey
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const byte Format = 1;
    private readonly byte[] _key;

    public MasterKey(DataFolder folder)
    {
        var path = folder.PathOf("keys", "master.key");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path)) Create(path);
        _key = Convert.FromBase64String(File.ReadAllText(path).Trim());
        if (_key.Length != KeySize) throw new InvalidOperationException($"{path} is damaged: put it back from a backup.");
    }

    /// <summary>Encrypts with AES-256-GCM.</summary>
    /// <param name="purpose">What it is for and whose it is; opening needs the same words, so a row copied to another owner does not open.</param>
    /// <param name="plain">The secret.</param>
    public byte[] Seal(string purpose, string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var box = new byte[1 + NonceSize + TagSize + text.Length];
        box[0] = Format;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(
            box.AsSpan(1, NonceSize), text, box.AsSpan(1 + NonceSize + TagSize), box.AsSpan(1 + NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="CryptographicException">Another purpose, another key, or a changed box.</exception>
    public string Open(string purpose, byte[] box)
    {
        if (box.Length < 1 + NonceSize + TagSize || box[0] != Format) throw new CryptographicException("The sealed value is damaged.");
        var text = new byte[box.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(
            box.AsSpan(1, NonceSize), box.AsSpan(1 + NonceSize + TagSize), box.AsSpan(1 + NonceSize, TagSize), text, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>A keyed fingerprint, for short secrets that are only ever compared: useless to whoever has the database alone.</summary>
    public string Fingerprint(string purpose, string text) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{text}")));

    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)));
        }

        try
        {
            File.Move(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process of ours was first; its key counts.
            File.Delete(draft);
        }
    }
}
