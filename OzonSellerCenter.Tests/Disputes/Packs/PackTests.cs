using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Tests.Support;
using SkiaSharp;
using UglyToad.PdfPig;

namespace OzonSellerCenter.Tests.Disputes.Packs;

/// <summary>A pack holds everything of a case, byte for byte, and can be read.</summary>
public sealed class PackTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_pack_encloses_each_original_and_lists_what_was_withdrawn(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(d => d.Answers = [new AccountAnswer("WhatHappened", "Отправили 12 ноября")]);
        var photo = await shop.EvidenceAsync(dispute, PackBench.Photo(1), "чайник.jpg", "image/jpeg");
        var text = await shop.EvidenceAsync(dispute, PackBench.Text("Переписка\nЗдравствуйте! 👍"), "Переписка 1.txt", "text/plain", i => With(i, EvidenceKind.Transcript));
        var video = await shop.EvidenceAsync(dispute, [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))], "упаковка.mp4", "video/mp4");
        var withdrawn = await shop.EvidenceAsync(dispute, PackBench.Photo(2), "не то.jpg", "image/jpeg", i =>
        {
            (i.WithdrawnAt, i.WithdrawnBy, i.WithdrawnWhy) = (shop.Now, shop.Owner.Id, "Другой товар");
            return i;
        });
        var pack = await shop.MakeAsync(dispute);
        Assert.Equal((PackState.Ready, null, 7, 7), (pack.State, pack.Error, pack.Done, pack.Total));
        Assert.Empty(shop.Unfinished());

        using var zip = shop.ZipOf(pack);
        Assert.Equal(
            [$"{dispute.Number}.pdf", "evidence/01-чайник.jpg", "evidence/02-Переписка 1.txt", "evidence/03-упаковка.mp4", "manifest.json", "manifest.sha256"],
            zip.Entries.Select(e => e.FullName));
        Assert.Equal([photo.Sha256, text.Sha256, video.Sha256], zip.Entries.Skip(1).Take(3).Select(PackBench.HashOf));
        Assert.Equal(pack.PdfSha256, PackBench.HashOf(zip.Entries[0]));
        using var reader = new StreamReader(zip.GetEntry("manifest.sha256")!.Open());
        var sums = (await reader.ReadToEndAsync(Ct)).Split('\n');
        Assert.Contains($"{video.Sha256}  evidence/03-упаковка.mp4", sums);

        var words = shop.TextOf(pack);
        foreach (var part in (string[])
        [
            dispute.Number, "Не соответствует описанию", "0138-4821-1", "2 490 ₽", "Чайник не стеклянный", "Покупатель получил чайник из стекла. 茶壶是玻璃的。", "Отправили 12 ноября",
            "Дело открыто", "Открыто по жалобе", "2026-11-24 15:00:00 +03:00", "Europe/Moscow", $"SHA-256 {photo.Sha256}", $"SHA-256 {video.Sha256}", "Подпись: упаковка.mp4",
            "Здравствуйте! 👍", "user-1000001-Agent", "4. Отозвано: не то.jpg", "Другой товар", $"SHA-256 {withdrawn.Sha256}", "evidence/03-упаковка.mp4",
        ])
        {
            Assert.Contains(PackBench.Dense(part), words, StringComparison.Ordinal);
        }

        await using var file = File.OpenRead(shop.PlaceOf(pack.ZipSha256!));
        var check = await PackCheck.OfAsync(file, Ct);
        Assert.Empty(check.Findings);
        Assert.Equal(4, check.Right);
        var audit = await shop.ReadAsync(db => db.AuditEntries.Where(a => a.Subject == dispute.Number).Select(a => a.Action).ToListAsync(Ct));
        Assert.Superset(new HashSet<string> { "pack.ask", "pack.ready" }, audit.ToHashSet());
    }

    [Theory]
    [InlineData("ru", "Дело", "Содержание", "Опись доказательств", "Жалоба покупателя")]
    [InlineData("zh-Hans", "案件", "目录", "证据清单", "买家投诉")]
    [InlineData("en", "Case", "Contents", "List of the evidence", "Complaint of a buyer")]
    public async Task A_pack_speaks_the_language_it_was_asked_in_and_the_contents_name_the_right_pages(string language, string title, params string[] parts)
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        for (var i = 0; i < 60; i++) await shop.EvidenceAsync(dispute, PackBench.Text($"Текст {i}"), $"Письмо {i}.txt", "text/plain");
        var pack = await shop.MakeAsync(dispute, language);
        using var pdf = PdfDocument.Open(shop.PlaceOf(pack.PdfSha256!));
        var pages = pdf.GetPages().Select(p => PackBench.Dense(p.Text)).ToList();
        Assert.StartsWith(PackBench.Dense($"{title} {dispute.Number}"), pages[0], StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(PackBench.Dense(part), string.Concat(pages), StringComparison.Ordinal));
        for (var i = 0; i < pages.Count; i++)
        {
            Assert.Contains(dispute.Number, pages[i], StringComparison.Ordinal);
            Assert.Contains($"{i + 1}/{pages.Count}", pages[i], StringComparison.Ordinal);
        }

        // Each piece begins a page of its own, and the contents name it.
        var contents = pages[1] + pages[2];
        for (var i = 1; i <= 60; i++)
        {
            var page = pages.FindLastIndex(p => p.Contains($"{i}.Письмо{i - 1}.txt", StringComparison.Ordinal)) + 1;
            Assert.Contains($"{i}.Письмо{i - 1}.txt{page}", contents, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whatever_is_written_stands_there_as_it_was_written()
    {
        await using var shop = await TestShop.OpenAsync();
        const string payload = """<img src=x onerror=alert(1)> <iframe src="file:///etc/passwd"> {{7*7}} =cmd|' /C calc'!A0 ${jndi:ldap://x} %PDF-1.4 endstream """;
        var dispute = await shop.DisputeAsync(d => d.Account = payload);
        await shop.EvidenceAsync(dispute, PackBench.Text(payload + "№ 1 — «да», 2 490 ₽, 退货说明, 😀 \u0007\u202Egnp.exe"), "<b>x</b>\u202Egpj.txt", "text/plain", i =>
        {
            i.Caption = payload;
            return i;
        });
        var pack = await shop.MakeAsync(dispute);
        var words = shop.TextOf(pack);
        Assert.Equal(4, words.Split(PackBench.Dense(payload)).Length - 1);
        Assert.Contains(PackBench.Dense("№ 1 — «да», 2 490 ₽, 退货说明, 😀 gnp.exe"), words, StringComparison.Ordinal);
        using var zip = shop.ZipOf(pack);
        Assert.Equal("evidence/01-bgpj.txt", zip.Entries[1].FullName);
    }

    [Fact]
    public async Task Pictures_are_drawn_upright_without_what_the_camera_wrote_and_broken_ones_hold_up_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        foreach (var (format, type) in new[] { (SKEncodedImageFormat.Jpeg, "image/jpeg"), (SKEncodedImageFormat.Png, "image/png"), (SKEncodedImageFormat.Webp, "image/webp") })
        {
            await shop.EvidenceAsync(dispute, PackBench.Photo(5, format: format), $"фото {format}", type);
        }

        var photo = PackBench.Photo(9);
        await shop.EvidenceAsync(dispute, photo[..(photo.Length / 3)], "оборвано.jpg", "image/jpeg");
        await shop.EvidenceAsync(dispute, [0xFF, 0xD8, 0xFF, 1, 2, 3], "не картинка.jpg", "image/jpeg");
        await shop.EvidenceAsync(dispute, Bomb(), "бомба.png", "image/png");
        var pack = await shop.MakeAsync(dispute);
        Assert.Equal(PackState.Ready, pack.State);
        using var pdf = PdfDocument.Open(shop.PlaceOf(pack.PdfSha256!));
        Assert.Equal(4, pdf.GetPages().Sum(p => p.GetImages().Count()));
        Assert.All(pdf.GetPages().SelectMany(p => p.GetImages()), i => Assert.Equal((1600, 1200), (i.WidthInSamples, i.HeightInSamples)));
        var words = shop.TextOf(pack);
        Assert.Contains(PackBench.Dense("Оригинал приложен в архиве: evidence/05-не картинка.jpg"), words, StringComparison.Ordinal);
        Assert.Contains(PackBench.Dense("Оригинал приложен в архиве: evidence/06-бомба.png"), words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_taken_sideways_stands_upright()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        await shop.EvidenceAsync(dispute, Turned(PackBench.Photo(3, 400, 300), 6), "боком.jpg", "image/jpeg");
        var pack = await shop.MakeAsync(dispute);
        using var pdf = PdfDocument.Open(shop.PlaceOf(pack.PdfSha256!));
        var image = Assert.Single(pdf.GetPages().SelectMany(p => p.GetImages()));
        Assert.Equal((300, 400), (image.WidthInSamples, image.HeightInSamples));
        using var drawn = SKBitmap.Decode(image.RawBytes.ToArray());

        // The coloured corner of the picture was left above; turned by a quarter it is right above.
        Assert.True(drawn.GetPixel(240, 60) != SKColors.White && drawn.GetPixel(30, 60).Red > 250, "it is not upright");
        Assert.Equal(-1, image.RawBytes.IndexOf("Exif"u8));
    }

    private static EvidenceItem With(EvidenceItem item, EvidenceKind kind) => new()
    {
        StoreId = item.StoreId,
        DisputeId = item.DisputeId,
        Kind = kind,
        Side = EvidenceSide.Record,
        Sha256 = item.Sha256,
        Size = item.Size,
        ContentType = item.ContentType,
        Name = item.Name,
        Caption = item.Caption,
        AddedAt = item.AddedAt,
        AsOf = item.AddedAt,
    };

    /// <summary>A picture that says it has 3,600 million pixels.</summary>
    private static byte[] Bomb()
    {
        var png = PackBench.Photo(1, 10, 10, SKEncodedImageFormat.Png);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    /// <summary>The same JPEG with a word of the camera how it was held (EXIF 2.3, tag 274).</summary>
    private static byte[] Turned(byte[] jpeg, byte orientation) =>
    [
        .. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];
}
