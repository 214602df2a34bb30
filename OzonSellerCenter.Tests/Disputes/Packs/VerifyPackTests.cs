using System.IO.Compression;
using System.Text;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes.Packs;

/// <summary>verify-pack finds whatever is not as it was, and no archive can hurt it.</summary>
public sealed class VerifyPackTests
{
    private const string Letter = "evidence/01-Письмо.txt";
    private const string Video = "evidence/02-видео.mp4";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_pack_is_right()
    {
        var (code, words) = await VerifyAsync(_ => { });
        Assert.Equal(0, code);
        Assert.Contains("3 of 3 files are as listed", words, StringComparison.Ordinal);
        Assert.Contains("The pack is as it was made.", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flipped", "Changed: evidence/02-видео.mp4")]
    [InlineData("missing", "Missing: evidence/02-видео.mp4")]
    [InlineData("extra", "Not in the list: evidence/03-чужое.txt")]
    [InlineData("renamed", "Renamed: evidence/02-видео.mp4 is now evidence/02-другое.mp4")]
    [InlineData("longer", "Wrong size: evidence/02-видео.mp4 has 5001 bytes, the list says 5000")]
    [InlineData("pdf", "Changed: D-")]
    [InlineData("list", "manifest.json and manifest.sha256 do not say the same")]
    [InlineData("no list", "manifest.json is missing")]
    [InlineData("no sums", "manifest.sha256 is missing")]
    [InlineData("odd list", "manifest.json is not the list of a pack")]
    [InlineData("twice", "There are 2 files with this name")]
    [InlineData("slip", "Unsafe name, it leads out of the folder: ../../evil.txt")]
    [InlineData("absolute", "Unsafe name, it leads out of the folder: /etc/cron.d/evil")]
    [InlineData("windows", "Unsafe name, it leads out of the folder: ..\\evil.txt")]
    [InlineData("drive", "Unsafe name, it leads out of the folder: C:evil.txt")]
    [InlineData("control", "Unsafe name, it leads out of the folder: a?[31mred")]
    public async Task What_is_not_as_it_was_is_found(string what, string told)
    {
        var (code, words) = await VerifyAsync(zip =>
        {
            switch (what)
            {
                case "flipped": Change(zip, Video, b => b[2500] ^= 1); break;
                case "missing": zip.GetEntry(Video)!.Delete(); break;
                case "extra": Add(zip, "evidence/03-чужое.txt", "чужое"u8); break;
                case "renamed": Rename(zip, Video, "evidence/02-другое.mp4"); break;
                case "longer": Replace(zip, Video, [.. Read(zip, Video), 1]); break;
                case "pdf": Change(zip, zip.Entries[0].FullName, b => b[^200] ^= 1); break;
                case "list": Replace(zip, PackManifest.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Read(zip, PackManifest.Name)).Replace("Подпись", "Надпись", StringComparison.Ordinal))); break;
                case "no list": zip.GetEntry(PackManifest.Name)!.Delete(); break;
                case "no sums": zip.GetEntry(PackManifest.Sums)!.Delete(); break;
                case "odd list": Replace(zip, PackManifest.Name, """{"files":null}"""u8); break;
                case "twice": Add(zip, Letter, "двойник"u8); break;
                case "slip": Add(zip, "../../evil.txt", "x"u8); break;
                case "absolute": Add(zip, "/etc/cron.d/evil", "x"u8); break;
                case "windows": Add(zip, "..\\evil.txt", "x"u8); break;
                case "drive": Add(zip, "C:evil.txt", "x"u8); break;
                default: Add(zip, "a\u001b[31mred", "x"u8); break;
            }
        });
        Assert.Equal(1, code);
        Assert.Contains(told, words, StringComparison.Ordinal);
        Assert.Contains("NOT as it was made", words, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', words);
    }

    [Fact]
    public async Task Bytes_that_somebody_bent_never_throw_it_and_bent_evidence_never_passes()
    {
        await using var shop = await TestShop.OpenAsync();
        var whole = await File.ReadAllBytesAsync(await PackedAsync(shop), Ct);
        var random = new Random(20261124);
        for (var round = 0; round < 400; round++)
        {
            var bent = (byte[])whole.Clone();

            // The directory at the end and the heads of the files are where a reader can be led astray.
            var from = round % 2 == 0 ? bent.Length - 1200 : 0;
            for (var i = 0; i < 4; i++) bent[from + random.Next(bent.Length - from)] ^= (byte)random.Next(1, 256);
            using var file = new MemoryStream(round % 10 == 9 ? bent[..random.Next(bent.Length)] : bent);
            var check = await PackCheck.OfAsync(file, Ct);
            if (check.Findings.Count == 0) Assert.Equal(check.Manifest!.Files.Count, check.Right);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_pack_is_told_in_words()
    {
        foreach (var (name, bytes) in new[] { ("empty.zip", Array.Empty<byte>()), ("text.zip", "hello"u8.ToArray()), ("head.zip", "PK\u0003\u0004"u8.ToArray()) })
        {
            using var file = new MemoryStream(bytes);
            Assert.Single((await PackCheck.OfAsync(file, Ct)).Findings, f => f.StartsWith("It is no ZIP file", StringComparison.Ordinal) || name.Length == 0);
        }

        await using var output = new StringWriter();
        Assert.Equal(1, await VerifyPackCommand.RunAsync(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip"), output, Ct));
        Assert.Contains("The file cannot be read", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Changes a good pack and has it looked at.</summary>
    private static async Task<(int Code, string Words)> VerifyAsync(Action<ZipArchive> change)
    {
        await using var shop = await TestShop.OpenAsync();
        var copy = $"{await PackedAsync(shop)}.zip";
        File.Copy(copy[..^4], copy);
        using (var zip = ZipFile.Open(copy, ZipArchiveMode.Update)) change(zip);
        var before = Directory.GetFileSystemEntries(Path.GetDirectoryName(copy)!).Length;
        await using var output = new StringWriter();
        var code = await VerifyPackCommand.RunAsync(copy, output, Ct);
        Assert.Equal(before, Directory.GetFileSystemEntries(Path.GetDirectoryName(copy)!).Length);
        return (code, output.ToString());
    }

    private static async Task<string> PackedAsync(TestShop shop)
    {
        var dispute = await shop.DisputeAsync();
        await shop.EvidenceAsync(dispute, PackBench.Text("Здравствуйте!"), "Письмо.txt", "text/plain");
        await shop.EvidenceAsync(dispute, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31))], "видео.mp4", "video/mp4");
        return shop.PlaceOf((await shop.MakeAsync(dispute)).ZipSha256!);
    }

    private static byte[] Read(ZipArchive zip, string name)
    {
        using var content = zip.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        using var content = zip.CreateEntry(name).Open();
        content.Write(bytes);
    }

    private static void Replace(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        zip.GetEntry(name)!.Delete();
        Add(zip, name, bytes);
    }

    private static void Change(ZipArchive zip, string name, Action<byte[]> change)
    {
        var bytes = Read(zip, name);
        change(bytes);
        Replace(zip, name, bytes);
    }

    private static void Rename(ZipArchive zip, string name, string to)
    {
        Add(zip, to, Read(zip, name));
        zip.GetEntry(name)!.Delete();
    }
}
