using System.Buffers.Binary;
using System.Text;

namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>Reads a file byte by byte or by jumps without ever holding more than a small part of it. Reading past the end throws, which means
/// that the file says it holds more than it does.</summary>
internal sealed class FileBytes(Stream content)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _at;
    private int _count;
    private long _read;

    /// <summary>Bytes in all; only of what can be jumped in.</summary>
    public long Length => content.Length;

    /// <summary>Where the next byte stands.</summary>
    public long Position => _read - _count + _at;

    /// <summary>The next byte; −1 at the end.</summary>
    public int Next()
    {
        if (_at == _count && !Fill()) return -1;
        return _buffer[_at++];
    }

    /// <summary>The next byte, which stays; −1 at the end.</summary>
    public int Peek() => _at == _count && !Fill() ? -1 : _buffer[_at];

    public byte Byte() => Next() is >= 0 and var b ? (byte)b : throw new EndOfStreamException();

    public uint U16() => (uint)((Byte() << 8) | Byte());

    public uint U32() => (U16() << 16) | U16();

    public ulong U64() => ((ulong)U32() << 32) | U32();

    /// <summary>Four bytes, the least first.</summary>
    public uint Little32() => BinaryPrimitives.ReverseEndianness(U32());

    /// <summary>Four letters.</summary>
    public string Tag() => Encoding.Latin1.GetString([Byte(), Byte(), Byte(), Byte()]);

    /// <summary>Goes on from there.</summary>
    public void Seek(long to)
    {
        if (to > Length) throw new EndOfStreamException();
        var kept = to - (_read - _count);
        if (kept >= 0 && kept <= _count)
        {
            _at = (int)kept;
            return;
        }

        content.Position = _read = to;
        _at = _count = 0;
    }

    /// <summary>Goes on from there, whatever somebody else read of the same content meanwhile.</summary>
    public void ComeBack(long to)
    {
        content.Position = _read = to;
        _at = _count = 0;
    }

    public void Skip(long bytes) => Seek(Position + bytes);

    private bool Fill()
    {
        _count = content.Read(_buffer);
        _at = 0;
        _read += _count;
        return _count > 0;
    }
}

/// <summary>A file that is not what its kind must be.</summary>
/// <param name="key">Why; a resource key.</param>
internal sealed class NotTakenException(string key) : Exception(key)
{
    public string Key { get; } = key;

    /// <summary>Its parts do not fit together, or its end is missing.</summary>
    public static NotTakenException Damaged => new(EvidenceRefusals.Damaged);
}
