using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OzonSellerCenter.Shared;

/// <summary>Keys of the parts of one deed: the same part of the same deed has the same key, however often it is asked for.</summary>
public static class DerivedKey
{
    /// <param name="deed">Made when what is to be done was shown.</param>
    /// <param name="part">Which part of it, such as a line or a row.</param>
    public static Guid Of(Guid deed, long part)
    {
        Span<byte> source = stackalloc byte[24];
        deed.TryWriteBytes(source);
        BinaryPrimitives.WriteInt64LittleEndian(source[16..], part);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);
        return new Guid(hash[..16]);
    }
}
