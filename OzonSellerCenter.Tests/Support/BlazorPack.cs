using System.Buffers.Binary;
using System.Text;

namespace OzonSellerCenter.Tests.Support;

/// <summary>As much of MessagePack as the hub of circuits speaks (protocol <c>blazorpack</c>): messages with their length in front.</summary>
internal static class BlazorPack
{
    public const int Invocation = 1;
    public const int Ping = 6;
    public const int Close = 7;

    /// <summary>A call of the hub that awaits no answer.</summary>
    public static byte[] Call(string target, params object?[] arguments)
    {
        var body = new List<byte> { 0x96, Invocation, 0x80, 0xc0 };
        Write(body, target);
        body.Add((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments) Write(body, argument);
        body.Add(0x90);
        var framed = new List<byte>();
        for (var length = (uint)body.Count; ; length >>= 7)
        {
            framed.Add((byte)(length < 0x80 ? length : 0x80 | (length & 0x7f)));
            if (length < 0x80) break;
        }

        return [.. framed, .. body];
    }

    /// <summary>The messages of a frame, each an array of its items.</summary>
    public static IEnumerable<object?[]> Messages(byte[] frame)
    {
        for (var at = 0; at < frame.Length;)
        {
            var (length, shift) = (0, 0);
            do
            {
                length |= (frame[at] & 0x7f) << shift;
                shift += 7;
            }
            while ((frame[at++] & 0x80) != 0);
            var start = at;
            yield return (object?[])Read(frame, ref start)!;
            at += length;
        }
    }

    private static void Write(List<byte> body, object? value)
    {
        Span<byte> eight = stackalloc byte[8];
        switch (value)
        {
            case null:
                body.Add(0xc0);
                break;
            case bool yes:
                body.Add(yes ? (byte)0xc3 : (byte)0xc2);
                break;
            case long or int:
                BinaryPrimitives.WriteInt64BigEndian(eight, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                body.Add(0xd3);
                body.AddRange(eight);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32BigEndian(eight, bytes.Length);
                body.Add(0xdb);
                body.AddRange(eight[..4]);
                body.AddRange(bytes);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is not written.");
        }
    }

    private static object? Read(byte[] data, ref int at)
    {
        var code = data[at++];
        return code switch
        {
            < 0x80 => (long)code,
            < 0x90 => Pairs(data, ref at, code & 0x0f),
            < 0xa0 => Items(data, ref at, code & 0x0f),
            < 0xc0 => Text(data, ref at, code & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 or 0xc5 or 0xc6 => Bytes(data, ref at, (int)Number(data, ref at, 1 << (code - 0xc4))),
            0xca => (double)BinaryPrimitives.ReadSingleBigEndian(Bytes(data, ref at, 4)),
            0xcb => BinaryPrimitives.ReadDoubleBigEndian(Bytes(data, ref at, 8)),
            0xcc or 0xcd or 0xce or 0xcf => Number(data, ref at, 1 << (code - 0xcc)),
            0xd0 => (long)(sbyte)data[at++],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Bytes(data, ref at, 2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Bytes(data, ref at, 4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Bytes(data, ref at, 8)),
            0xd9 or 0xda or 0xdb => Text(data, ref at, (int)Number(data, ref at, 1 << (code - 0xd9))),
            0xdc or 0xdd => Items(data, ref at, (int)Number(data, ref at, code == 0xdc ? 2 : 4)),
            >= 0xe0 => (long)(sbyte)code,
            _ => throw new NotSupportedException($"MessagePack code {code:x2} is not read."),
        };
    }

    private static long Number(byte[] data, ref int at, int length)
    {
        var number = 0L;
        for (var end = at + length; at < end; at++) number = (number << 8) | data[at];
        return number;
    }

    private static byte[] Bytes(byte[] data, ref int at, int length) => data[at..(at += length)];

    private static string Text(byte[] data, ref int at, int length)
    {
        at += length;
        return Encoding.UTF8.GetString(data, at - length, length);
    }

    private static object?[] Items(byte[] data, ref int at, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++) items[i] = Read(data, ref at);
        return items;
    }

    private static object?[] Pairs(byte[] data, ref int at, int count) => Items(data, ref at, 2 * count);
}
