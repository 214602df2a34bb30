using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>Files as people have them, made by hand from their specifications.</summary>
internal static class SampleFiles
{
    public const string Secret = "SECRET-CAMERA-OWNER";

    public static readonly Dictionary<string, Func<byte[]>> Good = new()
    {
        ["jpg"] = () => Jpeg(),
        ["png"] = () => Picture(SKEncodedImageFormat.Png, 64, 48),
        ["webp"] = () => Picture(SKEncodedImageFormat.Webp, 64, 48),
        ["heic"] = () => Heic(64, 48),
        ["pdf"] = () => Pdf(3),
        ["mp4"] = () => Film("isom"),
        ["mov"] = () => Film("qt  "),
        ["webm"] = () => WebM(),
    };

    public static byte[] Picture(SKEncodedImageFormat format, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.SteelBlue);
            using var paint = new SKPaint { Color = SKColors.OrangeRed };
            canvas.DrawRect(0, 0, width / 4f, height / 4f, paint);
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A photo with what cameras write into it: owner, place, orientation (6: turned right), and Adobe's XML.</summary>
    public static byte[] Jpeg(int width = 64, int height = 48) => WithSegments(Picture(SKEncodedImageFormat.Jpeg, width, height),
        (0xE1, [.. "Exif\0\0"u8, .. Exif()]), (0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">{Secret}</x:xmpmeta>")]));

    public static byte[] WithSegments(byte[] jpeg, params (byte Marker, byte[] Content)[] segments) =>
        [.. jpeg[..2], .. segments.SelectMany(s => (byte[])[0xFF, s.Marker, (byte)((s.Content.Length + 2) >> 8), (byte)(s.Content.Length + 2), .. s.Content]), .. jpeg[2..]];

    public static byte[] Heic(uint width, uint height) =>
    [
        .. Box("ftyp", "heic"u8.ToArray(), Big(0), "mif1heic"u8.ToArray()),
        .. Box("meta", Big(0), Box("hdlr", Big(0), Big(0), "pict"u8.ToArray(), new byte[13]), Box("iprp", Box("ipco", Box("ispe", Big(0), Big(width), Big(height))))),
        .. Box("mdat", new byte[600]),
    ];

    /// <summary>A film of 7 seconds.</summary>
    public static byte[] Film(string brand, int payload = 600, string track = "vide") =>
    [
        .. Box("ftyp", Latin(brand), Big(0x200), "isommp41"u8.ToArray()),
        .. Box("mdat", Enumerable.Range(0, payload).Select(i => (byte)(i * 7)).ToArray()),
        .. Box("moov", Box("mvhd", Big(0), Big(0), Big(0), Big(1000), Big(7000), new byte[80]),
            Box("trak", Box("mdia", Box("hdlr", Big(0), Big(0), Latin(track), new byte[13])))),
    ];

    public static byte[] Box(string type, params byte[][] content) => [.. Big((uint)(8 + content.Sum(c => c.Length))), .. Latin(type), .. content.SelectMany(c => c)];

    public static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>A film of 7 seconds.</summary>
    public static byte[] WebM(string type = "webm", byte[]? more = null, bool hasTracks = true, bool saysLength = true)
    {
        byte[] seconds = [.. BitConverter.GetBytes(7000d).Reverse()];
        byte[] parts =
        [
            .. Element(0x1549A966, [.. Element(0x2AD7B1, [0x0F, 0x42, 0x40]), .. Element(0x4489, seconds)]),
            .. hasTracks ? Element(0x1654AE6B, new byte[40]) : [],
            .. Element(0x1F43B675, [.. Element(0xE7, [0]), .. Element(0xA3, new byte[500])]),
            .. more ?? [],
        ];
        return [.. Element(0x1A45DFA3, Element(0x4282, Latin(type))), .. saysLength ? Element(0x18538067, parts) : [0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. parts]];
    }

    public static byte[] Element(uint id, byte[] content)
    {
        byte[] name = [.. Big(id).SkipWhile(b => b == 0)];
        return [.. name, (byte)(0x10 | (content.Length >> 24)), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];
    }

    /// <param name="extra">Further objects, from number 3 + pages on.</param>
    /// <param name="count">What the tree says; as many as there are when null.</param>
    public static byte[] Pdf(int pages, string extra = "", int? count = null, string trailer = "")
    {
        var text = new StringBuilder("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        var kids = string.Join(' ', Enumerable.Range(3, pages).Select(n => $"{n} 0 R"));
        text.Append(CultureInfo.InvariantCulture, $"2 0 obj\n<< /Type /Pages /Count {count ?? pages} /Kids [{kids}] >>\nendobj\n");
        for (var n = 3; n < 3 + pages; n++) text.Append(CultureInfo.InvariantCulture, $"{n} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n");
        text.Append(extra).Append(CultureInfo.InvariantCulture, $"\ntrailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n0\n%%EOF\n");
        return Latin(text.ToString());
    }

    /// <summary>A document whose objects are packed, as most programs write it.</summary>
    public static byte[] PackedPdf(int pages, string extra = "", string filter = "/FlateDecode", byte[]? packed = null)
    {
        var objects = Enumerable.Range(3, pages).Select(_ => "<< /Type /Page /Parent 2 0 R >> ").Prepend($"<< /Type /Pages /Count {pages} >> ").Append($"<< {extra} >>").ToList();
        var (head, body) = (new StringBuilder(), new StringBuilder());
        foreach (var (i, one) in objects.Index())
        {
            head.Append(CultureInfo.InvariantCulture, $"{i + 2} {body.Length} ");
            body.Append(one);
        }

        var stream = packed ?? Deflate(Latin($"{head}{body}"));
        return
        [
            .. Latin("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"),
            .. Latin($"900 0 obj\n<< /Type /ObjStm /N {objects.Count} /First {head.Length} /Filter {filter} /Length {stream.Length} >>\nstream\r\n"),
            .. stream,
            .. Latin("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"),
        ];
    }

    public static byte[] Deflate(byte[] content)
    {
        var kept = new MemoryStream();
        using (var packing = new ZLibStream(kept, CompressionLevel.Optimal)) packing.Write(content);
        return kept.ToArray();
    }

    public static byte[] Zip(string name = "a.txt", int size = 10)
    {
        var kept = new MemoryStream();
        using (var zip = new ZipArchive(kept, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(new byte[size]);
        }

        return kept.ToArray();
    }

    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Exif()
    {
        var text = new MemoryStream();
        using var to = new BinaryWriter(text);
        to.Write("II*\0"u8);
        to.Write(8u);
        Directory(to, (0x010F, 2, (uint)Secret.Length + 1, 100), (0x0112, 3, 1, 6), (0x8825, 4, 1, 200));
        text.SetLength(100);
        text.Position = 100;
        to.Write(Latin(Secret));
        text.SetLength(200);
        text.Position = 200;
        Directory(to, (0x0001, 2, 2, 'N'), (0x0002, 5, 3, 300));
        text.SetLength(300);
        text.Position = 300;
        foreach (var part in new uint[] { 55, 1, 45, 1, 21, 1 }) to.Write(part);
        return text.ToArray();

        static void Directory(BinaryWriter to, params (ushort Tag, ushort Kind, uint Count, uint Value)[] entries)
        {
            to.Write((ushort)entries.Length);
            foreach (var (tag, kind, count, value) in entries)
            {
                to.Write(tag);
                to.Write(kind);
                to.Write(count);
                to.Write(value);
            }

            to.Write(0u);
        }
    }
}
