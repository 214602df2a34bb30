using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Returns;

public static class ReturnSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<ReturnRequest> ReturnRequests => db.Set<ReturnRequest>();
        public DbSet<ReturnPhoto> ReturnPhotos => db.Set<ReturnPhoto>();
        public DbSet<ReturnDeed> ReturnDeeds => db.Set<ReturnDeed>();
        public DbSet<Refund> Refunds => db.Set<Refund>();
        public DbSet<RefundStep> RefundSteps => db.Set<RefundStep>();
        public DbSet<RefundLedger> RefundLedgers => db.Set<RefundLedger>();
    }
}

/// <summary>Small lists that are read and written whole.</summary>
internal static class AsJson
{
    public static PropertyBuilder<IReadOnlyList<T>> HasJson<T>(this PropertyBuilder<IReadOnlyList<T>> list) => list.HasConversion(
        items => JsonSerializer.Serialize(items, JsonSerializerOptions.Web),
        json => JsonSerializer.Deserialize<IReadOnlyList<T>>(json, JsonSerializerOptions.Web)!,
        new ValueComparer<IReadOnlyList<T>>((one, other) => one!.SequenceEqual(other!), items => items.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)), items => items));
}

internal sealed class ReturnRequestMapping : IEntityTypeConfiguration<ReturnRequest>, IEntityTypeConfiguration<ReturnPhoto>, IEntityTypeConfiguration<ReturnDeed>
{
    public void Configure(EntityTypeBuilder<ReturnRequest> request)
    {
        request.ToTable("ReturnRequests");
        request.Property(r => r.Number).HasMaxLength(40);
        request.Property(r => r.PostingNumber).HasMaxLength(40);
        request.Property(r => r.OrderNumber).HasMaxLength(40);
        request.Property(r => r.State).HasMaxLength(80);
        request.Property(r => r.Currency).HasMaxLength(3);
        request.Property(r => r.Actions).HasJson();
        request.Property(r => r.Rejections).HasJson();
        request.Property(r => r.Turns).HasJson();
        request.HasIndex(r => new { r.StoreId, r.Source, r.ReturnId }).IsUnique();
        request.HasIndex(r => new { r.StoreId, r.PostingNumber });
        request.HasIndex(r => new { r.StoreId, r.Stage, r.AskedAt, r.Id });
        request.HasIndex(r => new { r.StoreId, r.AskedAt, r.Id });
        request.HasIndex(r => new { r.StoreId, r.Sku });
        request.HasIndex(r => new { r.StoreId, r.DecideBy }).HasFilter("\"DecideBy\" IS NOT NULL");
        request.HasIndex(r => r.StoreId).HasFilter("\"NeedsSync\"").HasDatabaseName("IX_ReturnRequests_NeedsSync");
        request.HasMany(r => r.Photos).WithOne().HasForeignKey(p => p.ReturnRequestId);
        request.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ReturnPhoto> photo)
    {
        photo.ToTable("ReturnPhotos");
        photo.Property(p => p.Sha256).HasMaxLength(64);
        photo.Property(p => p.ContentType).HasMaxLength(40);
        photo.HasIndex(p => p.ReturnRequestId);
        photo.HasIndex(p => p.StoreId).HasFilter("\"Sha256\" IS NULL").HasDatabaseName("IX_ReturnPhotos_Missing");
    }

    public void Configure(EntityTypeBuilder<ReturnDeed> deed)
    {
        deed.ToTable("ReturnDeeds");
        deed.Property(d => d.Wish).HasConversion(
            wish => JsonSerializer.Serialize(wish, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<ReturnWish>(json, JsonSerializerOptions.Web)!);
        deed.Property(d => d.ExchangePosting).HasMaxLength(40);
        deed.HasIndex(d => new { d.ReturnRequestId, d.Id });
        deed.HasIndex(d => d.StoreId);
        deed.HasOne<ReturnRequest>().WithMany().HasForeignKey(d => d.ReturnRequestId);
    }
}

internal sealed class RefundMapping : IEntityTypeConfiguration<Refund>, IEntityTypeConfiguration<RefundStep>, IEntityTypeConfiguration<RefundLedger>
{
    public void Configure(EntityTypeBuilder<Refund> refund)
    {
        refund.ToTable("Refunds", t =>
        {
            t.HasCheckConstraint("CK_Refunds_Amount", "\"Amount\" >= 0 AND \"Postage\" >= 0");
            t.HasCheckConstraint("CK_Refunds_Something", "\"State\" = 1 OR \"State\" = 11 OR \"Amount\" + \"Postage\" > 0");
        });
        refund.Property(r => r.Key).HasMaxLength(64);
        refund.Property(r => r.PostingNumber).HasMaxLength(40);
        refund.Property(r => r.OrderNumber).HasMaxLength(40);
        refund.Property(r => r.Currency).HasMaxLength(3);
        refund.Property(r => r.Items).HasJson();
        refund.Property(r => r.Action).HasConversion(
            action => JsonSerializer.Serialize(action, JsonSerializerOptions.Web), json => JsonSerializer.Deserialize<OfferedAction>(json, JsonSerializerOptions.Web));
        refund.HasIndex(r => new { r.StoreId, r.Key }).IsUnique();
        refund.HasIndex(r => new { r.StoreId, r.State, r.CreatedAt, r.Id });
        refund.HasIndex(r => new { r.StoreId, r.PostingNumber });
        refund.HasIndex(r => r.CommandId).HasFilter("\"CommandId\" IS NOT NULL");

        // The database itself keeps a request from being answered with money twice at a time.
        refund.HasIndex(r => new { r.StoreId, r.ReturnRequestId }).IsUnique().HasFilter("\"ReturnRequestId\" IS NOT NULL AND \"State\" IN (2, 3, 4, 5, 6, 7)").HasDatabaseName("IX_Refunds_OneOpenOfRequest");
        refund.HasIndex(r => r.ReturnRequestId).HasFilter("\"ReturnRequestId\" IS NOT NULL").HasDatabaseName("IX_Refunds_OfRequest");
        refund.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<RefundStep> step)
    {
        step.ToTable("RefundSteps");
        step.HasIndex(s => new { s.RefundId, s.Id });
        step.HasIndex(s => s.StoreId);
        step.HasOne<Refund>().WithMany().HasForeignKey(s => s.RefundId);
    }

    public void Configure(EntityTypeBuilder<RefundLedger> ledger)
    {
        ledger.ToTable("RefundLedgers", t => t.HasCheckConstraint("CK_RefundLedgers_Held", "\"Held\" >= 0"));
        ledger.HasKey(l => new { l.StoreId, l.PostingNumber });
        ledger.Property(l => l.PostingNumber).HasMaxLength(40);
        ledger.Property(l => l.Currency).HasMaxLength(3);
    }
}
