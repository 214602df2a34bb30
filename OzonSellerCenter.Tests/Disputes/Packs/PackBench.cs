using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Tests.Support;
using SkiaSharp;
using UglyToad.PdfPig;

namespace OzonSellerCenter.Tests.Disputes.Packs;

/// <summary>Cases with evidence, and the packs that are made of them.</summary>
internal static class PackBench
{
    private static int _next;

    public static T Get<T>(this TestShop shop) where T : notnull => shop.Db.Services.GetRequiredService<T>();

    /// <summary>A case in which evidence is gathered.</summary>
    public static async Task<Dispute> DisputeAsync(this TestShop shop, Action<Dispute>? change = null)
    {
        var dispute = new Dispute
        {
            StoreId = shop.Store.Id,
            Key = $"complaint:{Interlocked.Increment(ref _next)}",
            Kind = DisputeKind.Complaint,
            Topic = DisputeTopic.NotAsDescribed,
            PostingNumber = "0138-4821-1",
            OrderNumber = "0138-4821",
            Sku = 148_313_766,
            ProductName = "Чайник стеклянный, 1,7 л",
            Claim = "Чайник не стеклянный, верните 2 490 ₽",
            ClaimAmount = 249_000,
            OpenedAt = shop.Now.AddDays(-1),
            Account = "Покупатель получил чайник из стекла. 茶壶是玻璃的。",
        };
        change?.Invoke(dispute);
        await shop.WriteAsync(async db => await shop.Get<DisputeBook>().OpenAsync(db, dispute, "Открыто по жалобе", CancellationToken.None));
        return dispute;
    }

    /// <summary>A piece of evidence with its bytes in place.</summary>
    public static async Task<EvidenceItem> EvidenceAsync(
        this TestShop shop, Dispute dispute, byte[] bytes, string name, string type, Func<EvidenceItem, EvidenceItem>? change = null)
    {
        using var content = new MemoryStream(bytes);
        var kept = (await shop.Get<ContentFiles>().SaveAsync(content, long.MaxValue, CancellationToken.None))!;
        var item = new EvidenceItem
        {
            StoreId = shop.Store.Id,
            DisputeId = dispute.Id,
            Kind = EvidenceKind.File,
            Side = EvidenceSide.Seller,
            Sha256 = kept.Sha256,
            Size = kept.Size,
            ContentType = type,
            Name = name,
            Caption = $"Подпись: {name}",
            AddedAt = shop.Now,
            AddedBy = shop.Agent.Id,
        };
        item = change?.Invoke(item) ?? item;
        await shop.WriteAsync(db =>
        {
            db.EvidenceItems.Add(item);
            return Task.CompletedTask;
        });
        return item;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A photo, as large as a telephone takes it, with a number so that no two are alike.</summary>
    public static byte[] Photo(int number, int width = 1600, int height = 1200, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        using var paint = new SKPaint { Color = SKColor.FromHsl(number * 37 % 360, 60, 60) };
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.DrawRect(width / 8f, height / 8f, width / 2f, height / 2f, paint);
        surface.Canvas.DrawCircle(width / 2f, height / 2f, 10 + (number % 100), paint);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A pack that waits.</summary>
    public static async Task<long> AskAsync(this TestShop shop, Dispute dispute, string language = "ru")
    {
        var (outcome, id) = await shop.Get<PackActions>().AskAsync(shop.Agent, dispute.Id, language, CancellationToken.None);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return id;
    }

    /// <summary>The pack, made by the same code as in the background.</summary>
    public static async Task<EvidencePack> MakeAsync(this TestShop shop, Dispute dispute, string language = "ru")
    {
        var id = await shop.AskAsync(dispute, language);
        Assert.True(await shop.Get<PackMaker>().MakeNextAsync(shop.Store.Id, CancellationToken.None));
        return await shop.PackAsync(id);
    }

    public static Task<EvidencePack> PackAsync(this TestShop shop, long id) => shop.ReadAsync(db => db.EvidencePacks.AsNoTracking().SingleAsync(p => p.Id == id));

    public static string PlaceOf(this TestShop shop, string sha256) => shop.Get<ContentFiles>().PathOf(sha256);

    /// <summary>What stands on the pages, without spaces: where a line was broken, its space is not in the file.</summary>
    public static string TextOf(this TestShop shop, EvidencePack pack)
    {
        using var pdf = PdfDocument.Open(shop.PlaceOf(pack.PdfSha256!));
        return Dense(string.Concat(pdf.GetPages().Select(page => page.Text)));
    }

    public static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    public static ZipArchive ZipOf(this TestShop shop, EvidencePack pack) => ZipFile.OpenRead(shop.PlaceOf(pack.ZipSha256!));

    public static string HashOf(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
    }

    /// <summary>Files of packs that are still being written, or were left.</summary>
    public static string[] Unfinished(this TestShop shop)
    {
        var folder = shop.Get<DataFolder>().PathOf("files", "packs");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    public static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
