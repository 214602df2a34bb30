using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Tests.Support;
using SkiaSharp;
using static OzonSellerCenter.Tests.Disputes.Evidence.SampleFiles;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>A piece of evidence once it is there: its copies, and what people do with it.</summary>
public sealed class EvidencePieceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copies_for_viewing_tell_nothing_of_camera_and_place_and_stand_upright()
    {
        await using var shop = await TestShop.OpenAsync();
        var photo = Jpeg(3000, 2400);
        var before = ImageMetadataReader.ReadMetadata(new MemoryStream(photo));
        Assert.Single(before.OfType<GpsDirectory>());
        Assert.Single(before.OfType<XmpDirectory>());
        var item = await shop.ItemAsync((await shop.UploadAsync(await shop.CaseAsync(), photo)).EvidenceId);
        Assert.Equal(photo, await shop.OriginalAsync(item));
        foreach (var (sha256, width, height) in new[] { (item.ViewSha256!, 1600, 2000), (item.ThumbSha256!, 256, 320) })
        {
            var copy = await File.ReadAllBytesAsync(shop.Files().PathOf(sha256), Ct);
            Assert.DoesNotContain(Secret, System.Text.Encoding.Latin1.GetString(copy), StringComparison.Ordinal);
            var told = ImageMetadataReader.ReadMetadata(new MemoryStream(copy));
            Assert.DoesNotContain(told, d => d is ExifDirectoryBase or XmpDirectory or GpsDirectory);
            using var drawn = SKBitmap.Decode(copy);
            Assert.Equal((width, height), (drawn.Width, drawn.Height));

            // The red corner, left above in the file, is right above once it is turned right.
            Assert.True(drawn.GetPixel(width - 10, 10) is { Red: > 200, Blue: < 60 }, "not turned");
        }
    }

    [Fact]
    public async Task Every_kind_of_picture_has_copies_that_can_and_none_that_cannot()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        foreach (var (extension, content) in Good)
        {
            var item = await shop.ItemAsync((await shop.UploadAsync(dispute, content(), $"a.{extension}")).EvidenceId);
            Assert.Equal(extension is "jpg" or "png" or "webp", item.ViewSha256 is not null && item.ThumbSha256 is not null);
        }

        // What a decoder must hold whole is kept without copies when it is large.
        var large = await shop.ItemAsync((await shop.UploadAsync(dispute, Picture(SKEncodedImageFormat.Png, 4000, 2600), "screen.png")).EvidenceId);
        Assert.Null(large.ViewSha256);
    }

    [Fact]
    public async Task A_piece_is_withdrawn_with_a_reason_while_the_case_is_written_and_never_deleted()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        var actions = shop.EvidenceActions();
        var id = (await shop.UploadAsync(dispute, Good["jpg"]())).EvidenceId!.Value;
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Equal("WhyMissing", (await actions.WithdrawAsync(shop.Agent, id, "  ", Ct)).Refusal!.Key);
        Assert.Equal("TextTooLong", (await actions.WithdrawAsync(shop.Agent, id, new string('a', EvidenceActions.MaxWhy + 1), Ct)).Refusal!.Key);
        Assert.Equal("EvidenceReadOnly", (await actions.WithdrawAsync(shop.Support, id, "x", Ct)).Refusal!.Key);
        Assert.Equal("NotFound", (await actions.WithdrawAsync(stranger, id, "x", Ct)).Refusal!.Key);
        Assert.True((await actions.WithdrawAsync(shop.Agent, id, "wrong parcel", Ct)).IsDone);
        var list = await shop.Db.Services.GetRequiredService<EvidenceQueries>().ListAsync(shop.Support, dispute.Id, Ct);
        var line = Assert.Single(list.Lines);
        Assert.Equal((0, 1, "wrong parcel", shop.Agent.Name, false), (list.Stored, list.Files, line.Item.WithdrawnWhy, line.WithdrawnBy, list.MayChange));
        Assert.True(File.Exists(shop.Files().PathOf(line.Item.Sha256)));
        Assert.True((await actions.RestoreAsync(shop.Agent, id, Ct)).IsDone);

        await shop.WriteAsync(db => db.Disputes.ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DisputeState.Submitted), Ct));
        Assert.Equal("EvidenceHandedIn", (await actions.WithdrawAsync(shop.Agent, id, "x", Ct)).Refusal!.Key);
        Assert.True((await actions.SetCaptionAsync(shop.Agent, id, " the seam ", Ct)).IsDone);
        Assert.True((await actions.SetRoleAsync(shop.Agent, id, EvidenceRole.DefectPhoto, Ct)).IsDone);
        var item = await shop.ItemAsync(id);
        Assert.Equal(("the seam", EvidenceRole.DefectPhoto, (DateTime?)null), (item.Caption, item.Role, item.WithdrawnAt));
        Assert.Equal("TextTooLong", (await actions.SetCaptionAsync(shop.Agent, id, new string('a', EvidenceItem.MaxCaption + 1), Ct)).Refusal!.Key);

        await shop.WriteAsync(db => db.Disputes.ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DisputeState.Closed), Ct));
        Assert.Equal("EvidenceClosed", (await actions.SetCaptionAsync(shop.Agent, id, "x", Ct)).Refusal!.Key);
        Assert.Equal("EvidenceClosed", (await actions.SetRoleAsync(shop.Agent, id, EvidenceRole.None, Ct)).Refusal!.Key);
        var audit = await shop.ReadAsync(db => db.AuditEntries.OrderBy(a => a.Id).Where(a => a.Action.StartsWith("evidence.")).Select(a => a.Action).ToListAsync(Ct));
        Assert.Equal(["evidence.Add", "evidence.Withdraw", "evidence.Restore", "evidence.Caption", "evidence.Role"], audit);
    }

    [Fact]
    public async Task What_the_buyer_showed_is_left_as_it_is()
    {
        await using var shop = await TestShop.OpenAsync();
        var item = await shop.EvidenceAsync(await shop.CaseAsync(), "defect.jpg", EvidenceKind.BuyerPhoto, EvidenceSide.Buyer);
        var actions = shop.EvidenceActions();
        Assert.Equal("EvidenceOfBuyer", (await actions.WithdrawAsync(shop.Owner, item.Id, "x", Ct)).Refusal!.Key);
        Assert.Equal("EvidenceOfBuyer", (await actions.SetCaptionAsync(shop.Owner, item.Id, "x", Ct)).Refusal!.Key);
        Assert.Equal("EvidenceOfBuyer", (await actions.SetRoleAsync(shop.Owner, item.Id, EvidenceRole.Other, Ct)).Refusal!.Key);
    }
}
