using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OzonSellerCenter.Stores;

/// <summary>Encrypts what a store keeps secret (its Api-Key, its push secret) under the master key, bound to the store:
/// a value copied into another store's row does not open.</summary>
public sealed class StoreSecrets(MasterKey master)
{
    /// <summary>Encrypts a secret of a store.</summary>
    public byte[] Protect(int storeId, string plain) => master.Seal(Purpose(storeId), plain);

    /// <summary>Opens a secret of a store.</summary>
    /// <exception cref="CryptographicException">It belongs to another store, was changed, or the master key is another one.</exception>
    public string Unprotect(int storeId, byte[] box) => master.Open(Purpose(storeId), box);

    /// <summary>The same for who can go on without it: null when it does not open here.</summary>
    public string? TryUnprotect(int storeId, byte[] box)
    {
        try
        {
            return Unprotect(storeId, box);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A new secret of 256 bits for an address.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What a 256-bit secret is looked up by; a secret that long needs no salt.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string Purpose(int storeId) => string.Create(CultureInfo.InvariantCulture, $"store:{storeId}");
}
