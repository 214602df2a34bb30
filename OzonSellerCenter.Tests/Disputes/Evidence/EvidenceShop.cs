using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>Cases with evidence, and uploads as a browser makes them.</summary>
internal static class EvidenceShop
{
    private static int _next;

    public static EvidenceUploads Uploads(this TestShop shop) => shop.Db.Services.GetRequiredService<EvidenceUploads>();

    public static EvidenceActions EvidenceActions(this TestShop shop) => shop.Db.Services.GetRequiredService<EvidenceActions>();

    public static ContentFiles Files(this TestShop shop) => shop.Db.Services.GetRequiredService<ContentFiles>();

    /// <summary>The program after it was killed: it knows nothing but what lies on the disk and in the database.</summary>
    public static EvidenceUploads Restarted(this TestShop shop) => ActivatorUtilities.CreateInstance<EvidenceUploads>(shop.Db.Services);

    /// <summary>A case of which the shop gathers the evidence; <paramref name="change"/> sets what the test is about.</summary>
    public static async Task<Dispute> CaseAsync(this TestShop shop, Action<Dispute>? change = null)
    {
        var dispute = new Dispute
        {
            StoreId = shop.Store.Id,
            Key = $"test:{Interlocked.Increment(ref _next)}",
            Kind = DisputeKind.Complaint,
            PostingNumber = "0138-4821-1",
            OpenedAt = shop.Now,
            StateSince = shop.Now,
        };
        change?.Invoke(dispute);
        await shop.WriteAsync(db =>
        {
            db.Disputes.Add(dispute);
            return Task.CompletedTask;
        });
        return dispute;
    }

    /// <summary>A piece that is there already.</summary>
    public static async Task<EvidenceItem> EvidenceAsync(
        this TestShop shop, Dispute dispute, string name = "frozen.txt", EvidenceKind kind = EvidenceKind.OrderRecord, EvidenceSide side = EvidenceSide.Record, long size = 10, string? view = null)
    {
        var item = new EvidenceItem
        {
            StoreId = dispute.StoreId,
            DisputeId = dispute.Id,
            Kind = kind,
            Side = side,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Guid.NewGuid().ToByteArray())),
            Size = size,
            ContentType = "text/plain",
            Name = name,
            AddedAt = shop.Now,
            ViewSha256 = view,
            ThumbSha256 = view,
        };
        await shop.WriteAsync(db =>
        {
            db.EvidenceItems.Add(item);
            return Task.CompletedTask;
        });
        return item;
    }

    public static async Task<string> BeginAsync(this TestShop shop, Dispute dispute, byte[] content, string name = "photo.jpg", EvidenceRole role = EvidenceRole.None)
    {
        var (outcome, id) = await shop.Uploads().BeginAsync(shop.Agent, dispute.Id, new NewUpload(name, content.Length, role), CancellationToken.None);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return id!;
    }

    /// <summary>A whole file in one piece.</summary>
    public static async Task<UploadAnswer> UploadAsync(this TestShop shop, Dispute dispute, byte[] content, string name = "photo.jpg", EvidenceRole role = EvidenceRole.None) =>
        await shop.Uploads().AppendAsync(shop.Agent, await shop.BeginAsync(dispute, content, name, role), 0, new MemoryStream(content), CancellationToken.None);

    public static Task<EvidenceItem> ItemAsync(this TestShop shop, long? id) => shop.ReadAsync(db => db.EvidenceItems.AsNoTracking().SingleAsync(i => i.Id == id));

    public static Task<byte[]> OriginalAsync(this TestShop shop, EvidenceItem item) => File.ReadAllBytesAsync(shop.Files().PathOf(item.Sha256));
}
