namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>Walks a PNG from chunk to chunk; nothing may stand behind the last one (PNG specification, 5).</summary>
internal static class PngShape
{
    public static PictureShape Read(FileBytes file)
    {
        file.Seek(8);
        var (shape, hasData) = (default(PictureShape), false);
        while (true)
        {
            var (length, type) = (file.U32(), file.Tag());
            if (length > int.MaxValue || !type.All(char.IsAsciiLetter)) throw NotTakenException.Damaged;
            var next = file.Position + length + 4;
            if (type == "IHDR") shape = shape == default ? new PictureShape(file.U32(), file.U32(), IsHeldWhole: true) : throw NotTakenException.Damaged;
            else if (shape == default) throw NotTakenException.Damaged;
            hasData |= type == "IDAT";
            file.Seek(next);
            if (type == "IEND") break;
        }

        if (!hasData || shape.Width == 0 || shape.Height == 0) throw NotTakenException.Damaged;
        return file.Position == file.Length ? shape : throw new NotTakenException(EvidenceRefusals.Trailing);
    }
}

/// <summary>Walks a WebP: the container says its own length, and each part its size (RFC 9649).</summary>
internal static class WebPShape
{
    public static PictureShape Read(FileBytes file)
    {
        file.Seek(4);
        var end = 8 + (long)file.Little32();
        if (end > file.Length) throw NotTakenException.Damaged;
        if (end + 1 < file.Length) throw new NotTakenException(EvidenceRefusals.Trailing);
        file.Seek(12);
        PictureShape shape = default;
        while (file.Position + 8 <= end)
        {
            var (type, size) = (file.Tag(), (long)file.Little32());
            var next = file.Position + size + (size & 1);
            if (file.Position + size > end) throw NotTakenException.Damaged;
            shape = Largest(shape, type switch
            {
                "VP8X" => Canvas(file),
                "VP8L" => Lossless(file),
                "VP8 " => Lossy(file),
                "ALPH" or "ANIM" => new PictureShape(0, 0, IsHeldWhole: true),
                _ => default,
            });
            file.Seek(Math.Min(next, file.Length));
        }

        return shape.Width > 0 && shape.Height > 0 ? shape : throw NotTakenException.Damaged;
    }

    private static PictureShape Largest(PictureShape one, PictureShape other) => one.Width * one.Height >= other.Width * other.Height
        ? one with { IsHeldWhole = one.IsHeldWhole || other.IsHeldWhole }
        : other with { IsHeldWhole = one.IsHeldWhole || other.IsHeldWhole };

    private static PictureShape Canvas(FileBytes file)
    {
        _ = file.U32();
        return new PictureShape(1 + Little24(file), 1 + Little24(file), IsHeldWhole: false);
    }

    private static long Little24(FileBytes file) => file.Byte() | ((long)file.Byte() << 8) | ((long)file.Byte() << 16);

    private static PictureShape Lossless(FileBytes file)
    {
        if (file.Byte() != 0x2F) throw NotTakenException.Damaged;
        var bits = file.Little32();
        return new PictureShape(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), IsHeldWhole: true);
    }

    private static PictureShape Lossy(FileBytes file)
    {
        file.Skip(6);
        var (width, height) = (file.Byte() | (file.Byte() << 8), file.Byte() | (file.Byte() << 8));
        return new PictureShape(width & 0x3FFF, height & 0x3FFF, IsHeldWhole: false);
    }
}
