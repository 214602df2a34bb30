using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Evidence.Checks;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;
using SkiaSharp;
using static OzonSellerCenter.Tests.Disputes.Evidence.SampleFiles;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>What counts as evidence by its content, and what does not.</summary>
[CollectionDefinition(nameof(Memory), DisableParallelization = true)]
public sealed class Memory;

[Collection(nameof(Memory))]
public sealed class EvidenceCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_hostile_file_is_refused_with_its_reason()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in HostileFiles.All)
        {
            count++;
            var (looked, refusal) = await EvidenceCheck.LookAsync(new MemoryStream(file.Content()), Ct);
            if (refusal?.Key != file.Key) wrong.Add($"{file.What}: {refusal?.Key ?? looked!.Type.Name}, not {file.Key}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(count >= 150, $"only {count} files");
    }

    [Fact]
    public async Task Honest_files_are_known_by_their_content_and_measured()
    {
        foreach (var (extension, content) in Good)
        {
            var (file, refusal) = await EvidenceCheck.LookAsync(new MemoryStream(content()), Ct);
            Assert.True(refusal is null, $"{extension}: {refusal?.Key}");
            Assert.Contains($".{extension}", file!.Type.Extensions);
            Assert.Equal(file.Type.Group switch { EvidenceGroup.Video => 7, EvidenceGroup.Document => 3, _ => 0 }, file.Extent);
            if (file.Type.Group == EvidenceGroup.Picture) Assert.Equal((64L, 48L), (file.Width, file.Height));
        }

        Assert.Equal(200, (await EvidenceCheck.LookAsync(new MemoryStream(Pdf(200)), Ct)).File!.Extent);
        Assert.Equal(200, (await EvidenceCheck.LookAsync(new MemoryStream(PackedPdf(200)), Ct)).File!.Extent);
        Assert.Equal(7, (await EvidenceCheck.LookAsync(new MemoryStream(WebM(saysLength: false)), Ct)).File!.Extent);
    }

    [Fact]
    public async Task A_photo_of_a_phone_with_a_second_picture_or_a_film_behind_it_is_honest()
    {
        var photo = Good["jpg"]();
        byte[][] phones = [[.. photo, .. photo], [.. photo, .. new byte[300], .. photo], [.. photo, .. Film("mp42")], [.. photo, .. "\0\0\u0001\u0002Image_UTC_Data"u8, .. new byte[40], .. "SEFT"u8], [.. photo, 0, 0]];
        foreach (var phone in phones) Assert.Null((await EvidenceCheck.LookAsync(new MemoryStream(phone), Ct)).Refusal);
    }

    [Fact]
    public async Task A_file_larger_than_its_kind_may_be_is_refused()
    {
        byte[] picture = [.. Good["jpg"](), .. new byte[EvidenceLimits.MaxPicture]];
        Assert.Equal(EvidenceRefusals.PictureTooLarge, (await EvidenceCheck.LookAsync(new MemoryStream(picture), Ct)).Refusal!.Key);
    }

    [Fact]
    public async Task Hostile_files_take_no_memory_worth_mentioning()
    {
        await using var db = await TestDb.CreateAsync();
        var files = new ContentFiles(db.Services.GetRequiredService<DataFolder>());
        using var copies = new EvidenceCopies(files);
        List<(string What, byte[] Content)> all = [.. HostileFiles.Bombs.Select(b => (b.What, b.Content())), ("the largest photo that is decoded", Picture(SKEncodedImageFormat.Jpeg, 7000, 7000))];
        await LookAsync(Good["jpg"]());
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (before, most) = (Rss(), 0L);
        foreach (var (_, content) in all)
        {
            await LookAsync(content);
            most = Math.Max(most, Rss() - before);
        }

        Assert.True(most <= 64 * EvidenceLimits.Megabyte, $"{most / EvidenceLimits.Megabyte} MB more");

        async Task LookAsync(byte[] content)
        {
            var stream = new MemoryStream(content);
            if ((await EvidenceCheck.LookAsync(stream, Ct)).File is { } file) Assert.NotNull((await copies.MakeAsync(stream, file, Ct)).Thumb);
        }

        static long Rss()
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }

    [Theory]
    [InlineData("../../etc/passwd.jpg", "passwd.jpg")]
    [InlineData("C:\\Users\\x\\photo.JPG", "photo.JPG")]
    [InlineData("invoice\u202Egpj.exe", "invoicegpj.exe.jpg")]
    [InlineData("a\u0000b\r\n.jpg", "ab .jpg")]
    [InlineData("con.jpg", "_con.jpg")]
    [InlineData("photo.php", "photo.php.jpg")]
    [InlineData("", "file.jpg")]
    [InlineData("...", "file.jpg")]
    [InlineData("\u2066photo\u2069.png", "photo.png.jpg")]
    [InlineData("照片 1.jpg", "照片 1.jpg")]
    [InlineData("<img src=x onerror=alert(1)>.jpg", "img src=x onerror=alert(1).jpg")]
    public void Names_are_made_harmless_and_follow_the_content(string given, string kept) =>
        Assert.Equal(kept, FileNames.WithExtension(FileNames.Clean(given), EvidenceType.Jpeg.Extensions));
}
