namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>What the head of a picture tells.</summary>
/// <param name="IsHeldWhole">Decoders keep all of it in memory at once.</param>
internal readonly record struct PictureShape(long Width, long Height, bool IsHeldWhole);

/// <summary>Walks a JPEG from marker to marker up to its end (ITU-T T.81, annex B).</summary>
internal static class JpegShape
{
    // Phones put a brightness map or a short film behind the picture, each after the end of what stands before.
    private const int MaxPictures = 8;

    public static PictureShape Read(FileBytes file)
    {
        var shape = ReadOne(file);
        for (var more = 0; ; more++)
        {
            var end = file.Position;
            if (IsEnd(file)) return shape;
            if (more == MaxPictures) throw new NotTakenException(EvidenceRefusals.Trailing);
            var at = file.Position;
            var (first, second) = (file.Byte(), file.Byte());
            file.Seek(at);
            if ((first, second) == (0xFF, 0xD8)) _ = ReadOne(file);
            else if (IsSamsungs(file, at)) file.Seek(file.Length);
            else ReadFilm(file, Math.Max(end, at - 3));
        }
    }

    private static PictureShape ReadOne(FileBytes file)
    {
        if (file.U16() != 0xFFD8) throw NotTakenException.Damaged;
        PictureShape? shape = null;
        for (var scans = 0; ;)
        {
            var marker = Marker(file);
            switch (marker)
            {
                case 0xD9:
                    return scans > 0 && shape is { } whole ? whole : throw NotTakenException.Damaged;
                case >= 0xD0 and <= 0xD8 or 0x01:
                    continue;
                case 0xDA:
                    Pass(file);
                    PassScan(file);
                    scans++;
                    continue;
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    var next = file.Position + file.U16();
                    _ = file.Byte();
                    var (height, width) = (file.U16(), file.U16());
                    if (width == 0 || height == 0) throw NotTakenException.Damaged;

                    // SOF2 and above it: progressive or lossless. The largest counts, whichever a decoder believes.
                    var one = new PictureShape(width, height, marker is not (0xC0 or 0xC1));
                    shape = shape is { } before && before.Width * before.Height > one.Width * one.Height ? before : one;
                    file.Seek(next);
                    continue;
                default:
                    Pass(file);
                    continue;
            }
        }
    }

    private static int Marker(FileBytes file)
    {
        if (file.Byte() != 0xFF) throw NotTakenException.Damaged;
        for (int marker; ;)
        {
            if ((marker = file.Byte()) != 0xFF) return marker == 0 ? throw NotTakenException.Damaged : marker;
        }
    }

    private static void Pass(FileBytes file)
    {
        var length = file.U16();
        if (length < 2) throw NotTakenException.Damaged;
        file.Skip(length - 2);
    }

    // Up to a marker that is neither a stuffed zero nor a restart.
    private static void PassScan(FileBytes file)
    {
        while (true)
        {
            if (file.Byte() != 0xFF) continue;
            int after;
            while ((after = file.Byte()) == 0xFF)
            {
            }

            if (after is 0 or (>= 0xD0 and <= 0xD7)) continue;
            file.Seek(file.Position - 2);
            return;
        }
    }

    private static bool IsEnd(FileBytes file)
    {
        while (file.Peek() == 0) file.Next();
        return file.Peek() < 0;
    }

    private static bool IsSamsungs(FileBytes file, long at)
    {
        if (file.Length - at < 8) return false;
        file.Seek(file.Length - 4);
        var isTheirs = file.Tag() == "SEFT";
        file.Seek(at);
        return isTheirs;
    }

    // Its first three bytes are nothing as well: the size of its first box.
    private static void ReadFilm(FileBytes file, long at)
    {
        file.Seek(at);
        if (file.Length - at < 16) throw new NotTakenException(EvidenceRefusals.Trailing);
        _ = file.U32();
        if (file.Tag() != "ftyp") throw new NotTakenException(EvidenceRefusals.Trailing);
        _ = BoxShape.Film(file, at);
        file.Seek(file.Length);
    }
}
