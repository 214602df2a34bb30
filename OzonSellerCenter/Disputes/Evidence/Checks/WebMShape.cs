using System.Text;

namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>Walks the elements of a WebM up to the exact end of the file (RFC 8794, RFC 9559).</summary>
internal static class WebMShape
{
    private const long Unknown = -1;
    private const uint Head = 0x1A45DFA3;
    private const uint Segment = 0x18538067;
    private const uint Info = 0x1549A966;
    private const uint Tracks = 0x1654AE6B;
    private const uint Cluster = 0x1F43B675;
    private const uint Attachments = 0x1941A469;

    // SeekHead, Cues, Chapters, Tags, Void, CRC-32, and what stands in a cluster: those of browsers often do not say how long they are.
    private static readonly HashSet<uint> Others = [0x114D9B74, 0x1C53BB6B, 0x1043A770, 0x1254C367, 0xEC, 0xBF, 0xE7, 0xA3, 0xA0, 0xAB, 0xA7, 0x5854];

    /// <returns>Seconds; 0 when it does not say.</returns>
    public static int Read(FileBytes file)
    {
        file.Seek(0);
        if (Id(file) != Head || DocType(file) != "webm") throw new NotTakenException(EvidenceRefusals.Unknown);
        if (Id(file) != Segment) throw NotTakenException.Damaged;
        if (Size(file) is not Unknown and var size && file.Position + size != file.Length)
            throw file.Position + size > file.Length ? NotTakenException.Damaged : new NotTakenException(EvidenceRefusals.Trailing);
        var (hasTracks, hasCluster, seconds) = (false, false, 0);
        while (file.Position < file.Length)
        {
            var (id, length) = (Id(file), Size(file));
            var at = file.Position;
            switch (id)
            {
                case Cluster:
                    hasCluster = true;
                    if (length == Unknown) continue;
                    break;
                case Tracks:
                    hasTracks = true;
                    break;
                case Info:
                    seconds = Seconds(file, at + length);
                    break;
                case Attachments:
                    throw new NotTakenException(EvidenceRefusals.Hidden);
                default:
                    if (!Others.Contains(id)) throw NotTakenException.Damaged;
                    break;
            }

            if (length == Unknown) throw NotTakenException.Damaged;
            file.Seek(at + length);
        }

        return hasTracks && hasCluster ? seconds : throw NotTakenException.Damaged;
    }

    private static string DocType(FileBytes file)
    {
        var end = Size(file) + file.Position;
        var type = "";
        while (file.Position < end)
        {
            var (id, size) = (Id(file), Size(file));
            var at = file.Position;
            if (size is < 0 or > 4096) throw NotTakenException.Damaged;
            if (id == 0x4282)
            {
                var letters = new byte[size];
                for (var i = 0; i < letters.Length; i++) letters[i] = file.Byte();
                type = Encoding.ASCII.GetString(letters).TrimEnd('\0');
            }

            file.Seek(at + size);
        }

        return type;
    }

    private static int Seconds(FileBytes file, long end)
    {
        var (scale, length) = (1_000_000d, 0d);
        while (file.Position < end)
        {
            var (id, size) = (Id(file), Size(file));
            var at = file.Position;
            if (id == 0x2AD7B1 && size is > 0 and <= 8) scale = Whole(file, size);
            if (id == 0x4489 && size is 4 or 8) length = size == 4 ? BitConverter.UInt32BitsToSingle(file.U32()) : BitConverter.UInt64BitsToDouble(file.U64());
            if (size < 0) throw NotTakenException.Damaged;
            file.Seek(at + size);
        }

        // Nanoseconds per tick, times ticks.
        return double.IsFinite(length) ? (int)Math.Clamp(length * scale / 1e9, 0, 359_999) : 0;
    }

    private static double Whole(FileBytes file, long size)
    {
        var value = 0d;
        for (var i = 0; i < size; i++) value = value * 256 + file.Byte();
        return value;
    }

    private static uint Id(FileBytes file)
    {
        var first = file.Byte();
        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)first << 24) + 1;
        if (length > 4) throw NotTakenException.Damaged;
        uint id = first;
        for (var i = 1; i < length; i++) id = (id << 8) | file.Byte();
        return id;
    }

    private static long Size(FileBytes file)
    {
        var first = file.Byte();
        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)first << 24) + 1;
        if (length > 8) throw NotTakenException.Damaged;
        var size = first & (0xFFL >> length);
        var all = 0xFFL >> length;
        for (var i = 1; i < length; i++) (size, all) = ((size << 8) | file.Byte(), (all << 8) | 0xFF);
        return size == all ? Unknown : size;
    }
}
