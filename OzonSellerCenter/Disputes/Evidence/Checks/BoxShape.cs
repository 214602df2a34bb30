namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>Walks the boxes of MP4, MOV and HEIC up to the exact end of the file (ISO/IEC 14496-12).</summary>
internal static class BoxShape
{
    private static readonly HashSet<string> Containers = ["moov", "trak", "mdia", "meta", "iprp", "ipco"];

    /// <summary>A film.</summary>
    /// <param name="from">Where its first box stands.</param>
    /// <returns>Seconds; 0 when it does not say.</returns>
    public static int Film(FileBytes file, long from)
    {
        var found = Walked(file, from);
        return found.HasMoov && found.HasContent && found.HasPictures ? found.Seconds : throw NotTakenException.Damaged;
    }

    /// <summary>A picture in boxes.</summary>
    public static PictureShape Picture(FileBytes file)
    {
        var found = Walked(file, 0);
        return found is { HasMeta: true, Width: > 0, Height: > 0 } ? new PictureShape(found.Width, found.Height, IsHeldWhole: true) : throw NotTakenException.Damaged;
    }

    private static Found Walked(FileBytes file, long from)
    {
        file.Seek(from);
        var found = new Found();
        Walk(file, file.Length, found, depth: 0);
        return found;
    }

    private static void Walk(FileBytes file, long end, Found found, int depth)
    {
        while (file.Position < end)
        {
            var at = file.Position;
            if (end - at < 8) throw NotTakenException.Damaged;
            var (size, type) = ((long)file.U32(), file.Tag());
            if (!type.All(c => c is >= ' ' and <= '~' or '©')) throw NotTakenException.Damaged;

            // 1: the size follows in 8 bytes; 0: it goes on to the end of the file, which only the last one may.
            if (size == 1) size = (long)Math.Min(file.U64(), long.MaxValue);
            else if (size == 0 && depth == 0) size = end - at;
            if (size < file.Position - at || size > end - at) throw NotTakenException.Damaged;
            Look(file, type, at + size, found, depth);
            file.Seek(at + size);
        }
    }

    private static void Look(FileBytes file, string type, long end, Found found, int depth)
    {
        found.HasMoov |= type == "moov";
        found.HasMeta |= type == "meta";
        found.HasContent |= type is "mdat" or "moof";
        switch (type)
        {
            case "mvhd":
                found.Seconds = Seconds(file);
                break;
            case "hdlr" when end - file.Position >= 12:
                file.Skip(8);
                found.HasPictures |= file.Tag() == "vide";
                break;
            case "ispe":
                file.Skip(4);
                var (width, height) = (file.U32(), file.U32());
                if ((long)width * height > found.Width * found.Height) (found.Width, found.Height) = (width, height);
                break;
            case "meta" when depth == 0:
                file.Skip(4);
                Walk(file, end, found, depth + 1);
                break;
            case "meta":
                break;
            case var container when Containers.Contains(container) && depth < 6:
                Walk(file, end, found, depth + 1);
                break;
        }
    }

    private static int Seconds(FileBytes file)
    {
        var isLong = file.Byte() == 1;
        file.Skip(isLong ? 19 : 11);
        var perSecond = file.U32();
        var length = isLong ? file.U64() : file.U32();

        // All bits set: it is not known.
        return perSecond == 0 || length is uint.MaxValue or ulong.MaxValue ? 0 : (int)Math.Min(length / perSecond, 359_999);
    }

    private sealed class Found
    {
        public bool HasMoov { get; set; }
        public bool HasMeta { get; set; }
        public bool HasContent { get; set; }
        public bool HasPictures { get; set; }
        public int Seconds { get; set; }
        public long Width { get; set; }
        public long Height { get; set; }
    }
}
