using System.Text;
using OzonSellerCenter.Disputes.Evidence.Checks;
using SkiaSharp;
using static OzonSellerCenter.Tests.Disputes.Evidence.SampleFiles;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>A file that must not become evidence, and why.</summary>
internal sealed record HostileFile(string What, Func<byte[]> Content, string Key);

/// <summary>Files as somebody makes them who means harm, or whose disk is broken.</summary>
internal static class HostileFiles
{
    private const string Html = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    private const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";

    /// <summary>The sign that virus scanners are tested with, put together here so that none stops at this file.</summary>
    public static readonly string Eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*";

    public static IEnumerable<HostileFile> All => [.. Formats, .. Behind, .. CutOff, .. Bombs, .. Documents, .. Films, .. Signs, .. Broken];

    /// <summary>What makes programs take much memory: sizes that are not there, and much in little.</summary>
    public static IEnumerable<HostileFile> Bombs =>
    [
        .. new (uint Width, uint Height)[] { (60_000, 60_000), (1, 60_000_000), (60_000_000, 1), (7_072, 7_072), (int.MaxValue, int.MaxValue), (65_535, 65_535) }
            .Select(s => new HostileFile($"PNG of {s.Width} × {s.Height}", () => Png(s.Width, s.Height), EvidenceRefusals.Pixels)),
        .. new (int Width, int Height)[] { (60_000, 60_000), (65_535, 65_535), (7_072, 7_072), (1_000, 60_000) }.SelectMany(s => new byte[] { 0xC0, 0xC1, 0xC2 }
            .Select(m => new HostileFile($"JPEG {m:X} of {s.Width} × {s.Height}", () => JpegSaying(m, s.Width, s.Height), EvidenceRefusals.Pixels))),
        new("WebP without loss of 16383 × 16383", () => WebP("VP8L", [0x2F, 0xFF, 0xFF, 0xFF, 0x0F]), EvidenceRefusals.Pixels),
        new("WebP with a canvas of 16777216 × 16777216", () => WebP("VP8X", [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), EvidenceRefusals.Pixels),
        new("WebP of 16383 × 16383", () => WebP("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F]), EvidenceRefusals.Pixels),
        new("HEIC of 60000 × 60000", () => Heic(60_000, 60_000), EvidenceRefusals.Pixels),
        new("a zip bomb", () => Zip("bomb", 50_000_000), EvidenceRefusals.Archive),
        new("a PDF with a gigabyte in it", () => PackedPdf(1, packed: DeflatedZeros(1_000_000_000)), EvidenceRefusals.Damaged),
        new("a PDF of which every page is packed, 100000 of them", () => PackedPdf(100_000), EvidenceRefusals.Damaged),
    ];

    // Each under three names: a name changes nothing.
    private static IEnumerable<HostileFile> Formats =>
        from named in new (string What, byte[] Content, string Key)[]
        {
            ("SVG", Latin(Svg), EvidenceRefusals.Svg),
            ("SVG with a head", Latin($"<?xml version=\"1.0\"?>\n<!-- a -->{Svg}"), EvidenceRefusals.Svg),
            ("SVG with a mark of order", [0xEF, 0xBB, 0xBF, .. Latin(Svg)], EvidenceRefusals.Svg),
            ("SVG in UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Svg)], EvidenceRefusals.Svg),
            ("HTML", Latin(Html), EvidenceRefusals.Page),
            ("HTML behind blanks", Latin($"\r\n\t  {Html}"), EvidenceRefusals.Page),
            ("HTML in UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Html)], EvidenceRefusals.Page),
            ("a script", Latin("text <script>alert(1)</script>"), EvidenceRefusals.Page),
            ("XML", Latin("<?xml version=\"1.0\"?><a/>"), EvidenceRefusals.Page),
            ("PHP", Latin("<?php system($_GET['c']); ?>"), EvidenceRefusals.Page),
            ("ZIP", Zip(), EvidenceRefusals.Archive),
            ("empty ZIP", [.. "PK"u8, 5, 6, .. new byte[18]], EvidenceRefusals.Archive),
            ("RAR", [.. "Rar!"u8, 0x1A, 7, 0, .. new byte[20]], EvidenceRefusals.Archive),
            ("7z", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, .. new byte[20]], EvidenceRefusals.Archive),
            ("gzip", [0x1F, 0x8B, 8, .. new byte[20]], EvidenceRefusals.Archive),
            ("bzip2", Latin("BZh91AY&SY....................."), EvidenceRefusals.Archive),
            ("EXE", [.. "MZ"u8, .. new byte[100]], EvidenceRefusals.Program),
            ("ELF", [0x7F, .. "ELF"u8, .. new byte[60]], EvidenceRefusals.Program),
            ("shell script", Latin("#!/bin/sh\nrm -rf ~"), EvidenceRefusals.Program),
            ("Java class", [0xCA, 0xFE, 0xBA, 0xBE, .. new byte[40]], EvidenceRefusals.Program),
            ("Mach-O", [0xCF, 0xFA, 0xED, 0xFE, .. new byte[40]], EvidenceRefusals.Program),
            ("GIF", Latin("GIF89a....................."), EvidenceRefusals.OtherPicture),
            ("GIF with a script", Latin("GIF89a/*<svg onload=alert(1)>*/=1;"), EvidenceRefusals.OtherPicture),
            ("TIFF", [.. "II*\0"u8, .. new byte[40]], EvidenceRefusals.OtherPicture),
            ("TIFF the other way", [.. "MM\0*"u8, .. new byte[40]], EvidenceRefusals.OtherPicture),
            ("BMP", [.. "BM"u8, .. new byte[60]], EvidenceRefusals.OtherPicture),
            ("AVIF", [.. Box("ftyp", "avif"u8.ToArray(), Big(0), "mif1"u8.ToArray()), .. new byte[40]], EvidenceRefusals.OtherPicture),
            ("AVIF that calls itself otherwise", [.. Box("ftyp", "mif1"u8.ToArray(), Big(0), "avifmif1"u8.ToArray()), .. new byte[40]], EvidenceRefusals.OtherPicture),
            ("sound in boxes", [.. Box("ftyp", "M4A "u8.ToArray(), Big(0)), .. new byte[40]], EvidenceRefusals.Unknown),
            ("Matroska", WebM("matroska"), EvidenceRefusals.Unknown),
            ("text", Latin("I promise it was broken."), EvidenceRefusals.Unknown),
            ("zeros", new byte[4096], EvidenceRefusals.Unknown),
            ("nothing", [], EvidenceRefusals.Empty),
            ("the test sign of scanners", Latin(Eicar), EvidenceRefusals.Virus),
        }
        from name in new[] { "photo.jpg", "act.pdf", "packing.mp4" }
        select new HostileFile($"{named.What} as {name}", () => named.Content, named.Key);

    // Something behind the end of an honest file.
    private static IEnumerable<HostileFile> Behind =>
        from good in Good
        from tail in new (string What, byte[] Content)[] { ("a page", Latin(Html)), ("a program", [.. "MZ"u8, .. new byte[200]]), ("an archive", Zip("payload.class")), ("words", Latin("words behind the end")) }
        select new HostileFile($"{good.Key} with {tail.What} behind it", () => [.. good.Value(), .. tail.Content], tail.What == "an archive" ? EvidenceRefusals.Hidden
            : good.Key is "mp4" or "mov" or "heic" ? EvidenceRefusals.Damaged : EvidenceRefusals.Trailing);

    private static IEnumerable<HostileFile> CutOff =>
        from good in Good
        from part in new[] { 0.4, 0.7, 0.95 }
        select new HostileFile($"{good.Key}, {part:P0} of it", () => good.Value() is var whole ? whole[..(int)(whole.Length * part)] : [], EvidenceRefusals.Damaged);

    private static IEnumerable<HostileFile> Documents =>
    [
        new("PDF of 300 pages", () => Pdf(300), EvidenceRefusals.PdfPages),
        new("PDF of 201 pages", () => Pdf(201), EvidenceRefusals.PdfPages),
        new("PDF of 300 packed pages", () => PackedPdf(300), EvidenceRefusals.PdfPages),
        new("PDF of 300 pages that says it has one", () => Pdf(300, count: 1), EvidenceRefusals.PdfPages),
        new("PDF of one page that says it has 5000", () => Pdf(1, count: 5000), EvidenceRefusals.PdfPages),
        new("PDF with a script", () => Pdf(1, "4 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj"), EvidenceRefusals.PdfScript),
        new("PDF with a script spelled otherwise", () => Pdf(1, "4 0 obj\n<< /S /J#61vaScr#69pt /JS (x) >>\nendobj"), EvidenceRefusals.PdfScript),
        new("PDF with a packed script", () => PackedPdf(2, "/S /JavaScript /JS (x)"), EvidenceRefusals.PdfScript),
        new("PDF with a script behind an open bracket", () => Pdf(1, "(\n4 0 obj\n<< /S/JavaScript >>\nendobj"), EvidenceRefusals.PdfScript),
        new("PDF with a form that runs", () => Pdf(1, "4 0 obj\n<< /AcroForm << /XFA 5 0 R >> >>\nendobj"), EvidenceRefusals.PdfScript),
        new("PDF that starts programs", () => Pdf(1, "4 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj"), EvidenceRefusals.PdfLaunch),
        new("PDF with a file in it", () => Pdf(1, "4 0 obj\n<< /Type /EmbeddedFile >>\nstream\nx\nendstream\nendobj"), EvidenceRefusals.PdfFiles),
        new("PDF with a packed list of files", () => PackedPdf(2, "/Names << /EmbeddedFiles 9 0 R >>"), EvidenceRefusals.PdfFiles),
        new("PDF with a film that runs", () => Pdf(1, "4 0 obj\n<< /Subtype /RichMedia >>\nendobj"), EvidenceRefusals.PdfFiles),
        new("PDF under lock", () => Pdf(1, trailer: "/Encrypt 9 0 R"), EvidenceRefusals.PdfLocked),
        new("PDF without pages", () => Pdf(0), EvidenceRefusals.Damaged),
        new("PDF packed in a way that cannot be looked into", () => PackedPdf(2, filter: "/LZWDecode"), EvidenceRefusals.Damaged),
        new("PDF that is only a head", () => Latin("%PDF-1.7\n"), EvidenceRefusals.Damaged),
    ];

    private static IEnumerable<HostileFile> Films =>
    [
        new("film without its table", () => [.. Box("ftyp", "isom"u8.ToArray(), Big(0)), .. Box("mdat", new byte[900])], EvidenceRefusals.Damaged),
        new("film without pictures", () => Film("isom", track: "soun"), EvidenceRefusals.Damaged),
        new("film without content", () => [.. Box("ftyp", "isom"u8.ToArray(), Big(0)), .. Box("moov", [])], EvidenceRefusals.Damaged),
        new("film with a box of nothing", () => [.. Film("isom"), 0, 0, 0, 4, .. "free"u8], EvidenceRefusals.Damaged),
        new("film with a box of all", () => [.. Film("isom"), 0, 0, 0, 1, .. "free"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], EvidenceRefusals.Damaged),
        new("film with a page for a box", () => [.. Film("isom"), .. Box("\u0001\u0002<h", Latin(Html))], EvidenceRefusals.Damaged),
        new("film with an archive in a box", () => [.. Film("isom"), .. Box("free", Zip())], EvidenceRefusals.Hidden),
        new("WebM with files in it", () => WebM(more: Element(0x1941A469, Latin(Html))), EvidenceRefusals.Hidden),
        new("WebM without tracks", () => WebM(hasTracks: false), EvidenceRefusals.Damaged),
        new("WebM with a part that is none", () => WebM(more: Element(0x12345678, new byte[9])), EvidenceRefusals.Damaged),
        new("WebM of open length with a page behind it", () => [.. WebM(saysLength: false), .. Latin(Html)], EvidenceRefusals.Damaged),
    ];

    private static IEnumerable<HostileFile> Signs =>
    [
        new("test sign in a JPEG", () => WithSegments(Good["jpg"](), (0xFE, Latin(Eicar))), EvidenceRefusals.Virus),
        new("test sign in a PDF", () => Pdf(1, $"4 0 obj\n({Eicar})\nendobj"), EvidenceRefusals.Virus),
        new("test sign in a film", () => [.. Film("isom"), .. Box("free", Latin(Eicar))], EvidenceRefusals.Virus),
        new("test sign across two readings", () => [.. Film("isom"), .. Box("free", [.. new byte[(128 * 1024) - Film("isom").Length - 20], .. Latin(Eicar)])], EvidenceRefusals.Virus),
    ];

    private static IEnumerable<HostileFile> Broken =>
    [
        new("JPEG of a head alone", () => [0xFF, 0xD8, 0xFF, 0xE0], EvidenceRefusals.Damaged),
        new("JPEG without a picture", () => [0xFF, 0xD8, 0xFF, 0xD9], EvidenceRefusals.Damaged),
        new("JPEG that is an archive", () => [.. Good["jpg"](), .. Zip("a.class")], EvidenceRefusals.Hidden),
        new("JPEG with a picture of no size", () => JpegSaying(0xC0, 0, 0), EvidenceRefusals.Damaged),
        new("PNG without content", () => [.. Png(10, 10)[..33], .. "\0\0\0\0IEND"u8, 0xAE, 0x42, 0x60, 0x82], EvidenceRefusals.Damaged),
        new("PNG of no size", () => Png(0, 0), EvidenceRefusals.Damaged),
        new("PNG with two heads", () => [.. Png(10, 10)[..33], .. Png(60_000, 60_000)[8..]], EvidenceRefusals.Damaged),
        new("WebP longer than it is", () => [.. "RIFF"u8, 0xFF, 0xFF, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0], EvidenceRefusals.Damaged),
        new("WebP of nothing", () => WebP("EXIF", [1, 2, 3, 4]), EvidenceRefusals.Damaged),
    ];

    private static byte[] Png(uint width, uint height) =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Big(width), .. Big(height), 8, 2, 0, 0, 0, 0, 0, 0, 0,
        .. Big(12), .. "IDAT"u8, .. Deflate([0])[..8], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82,
    ];

    private static byte[] JpegSaying(byte marker, int width, int height)
    {
        var jpeg = Picture(SKEncodedImageFormat.Jpeg, 16, 16);
        var at = jpeg.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        (jpeg[at + 1], jpeg[at + 5], jpeg[at + 6], jpeg[at + 7], jpeg[at + 8]) = (marker, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
        return jpeg;
    }

    private static byte[] WebP(string type, byte[] content)
    {
        byte[] parts = [.. "WEBP"u8, .. Latin(type), (byte)content.Length, 0, 0, 0, .. content, .. new byte[content.Length & 1]];
        return [.. "RIFF"u8, (byte)parts.Length, 0, 0, 0, .. parts];
    }

    private static byte[] DeflatedZeros(long size)
    {
        var kept = new MemoryStream();
        using (var packing = new System.IO.Compression.ZLibStream(kept, System.IO.Compression.CompressionLevel.Fastest))
        {
            for (var left = size; left > 0; left -= 1_000_000) packing.Write(new byte[1_000_000]);
        }

        return kept.ToArray();
    }
}
