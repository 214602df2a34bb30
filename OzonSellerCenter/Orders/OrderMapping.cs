using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

public static class OrderSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<Posting> Postings => db.Set<Posting>();
        public DbSet<PostingItem> PostingItems => db.Set<PostingItem>();
        public DbSet<PostingStep> PostingSteps => db.Set<PostingStep>();
        public DbSet<PostingDeed> PostingDeeds => db.Set<PostingDeed>();
        public DbSet<CancellationRequest> CancellationRequests => db.Set<CancellationRequest>();
    }
}

internal sealed class PostingMapping : IEntityTypeConfiguration<Posting>
{
    public void Configure(EntityTypeBuilder<Posting> posting)
    {
        posting.ToTable("Postings");
        posting.Property(p => p.PostingNumber).HasMaxLength(40);
        posting.Property(p => p.OrderNumber).HasMaxLength(40);
        posting.Property(p => p.Status).HasMaxLength(40);
        posting.Property(p => p.Substatus).HasMaxLength(60);
        posting.Property(p => p.Currency).HasMaxLength(3);
        posting.HasIndex(p => new { p.StoreId, p.PostingNumber }).IsUnique();
        posting.HasIndex(p => new { p.StoreId, p.OrderNumber });
        posting.HasIndex(p => new { p.StoreId, p.BuyerId });

        // The list, read off in its order. What a filter asks of the rows stands in the index as well: rows that are dropped are not fetched.
        posting.HasIndex(p => new { p.StoreId, p.InProcessAt, p.Id, p.Scheme, p.Total }).HasDatabaseName("IX_Postings_Newest");
        posting.HasIndex(p => new { p.StoreId, p.Status, p.InProcessAt, p.Id, p.Scheme, p.Total }).HasDatabaseName("IX_Postings_StatusNewest");
        posting.HasIndex(p => new { p.StoreId, p.Status, p.ShipBy, p.Id }).HasDatabaseName("IX_Postings_StatusShipBy");
        posting.HasIndex(p => new { p.StoreId, p.Warehouse, p.InProcessAt, p.Id }).HasDatabaseName("IX_Postings_Warehouse");

        // Late parcels: only what is on its way is in the index.
        posting.HasIndex(p => new { p.StoreId, p.LateAt, p.Id }).HasFilter("\"LateAt\" IS NOT NULL").HasDatabaseName("IX_Postings_Late");
        posting.HasIndex(p => new { p.StoreId, p.InProcessAt, p.Id }).HasFilter("\"WantsRefund\"").HasDatabaseName("IX_Postings_WantsRefund");
        posting.HasIndex(p => new { p.StoreId, p.DeliveredAt }).HasFilter("\"DeliveredAt\" IS NOT NULL").HasDatabaseName("IX_Postings_Delivered");
        posting.HasIndex(p => p.StoreId).HasFilter("\"NeedsSync\"").HasDatabaseName("IX_Postings_NeedsSync");
        posting.HasMany(p => p.Items).WithOne().HasForeignKey(i => i.PostingId);
        posting.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class PostingItemMapping : IEntityTypeConfiguration<PostingItem>
{
    public void Configure(EntityTypeBuilder<PostingItem> item)
    {
        item.ToTable("PostingItems");
        item.Property(i => i.Currency).HasMaxLength(3);

        // With the id: PostgreSQL reads the first item of a product off it; without, of a conversation without a product it reads the table.
        item.HasIndex(i => new { i.StoreId, i.Sku, i.Id });
    }
}

internal sealed class PostingDeedMapping : IEntityTypeConfiguration<PostingDeed>
{
    public void Configure(EntityTypeBuilder<PostingDeed> deed)
    {
        deed.ToTable("PostingDeeds");
        deed.Property(d => d.PostingNumber).HasMaxLength(40);
        deed.Property(d => d.Wish).HasConversion(
            wish => JsonSerializer.Serialize(wish, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<PostingWish>(json, JsonSerializerOptions.Web)!);
        deed.HasIndex(d => new { d.StoreId, d.PostingId, d.Id });
        deed.HasOne<Posting>().WithMany().HasForeignKey(d => d.PostingId);
    }
}

internal sealed class CancellationRequestMapping : IEntityTypeConfiguration<CancellationRequest>
{
    public void Configure(EntityTypeBuilder<CancellationRequest> request)
    {
        request.ToTable("CancellationRequests");
        request.Property(r => r.PostingNumber).HasMaxLength(40);
        request.Property(r => r.Initiator).HasMaxLength(20);
        request.HasIndex(r => new { r.StoreId, r.CancellationId }).IsUnique();
        request.HasIndex(r => new { r.StoreId, r.PostingNumber });
        request.HasIndex(r => new { r.StoreId, r.State, r.AutoApproveAt });
    }
}

internal sealed class PostingStepMapping : IEntityTypeConfiguration<PostingStep>
{
    public void Configure(EntityTypeBuilder<PostingStep> step)
    {
        step.ToTable("PostingSteps");
        step.Property(s => s.Substatus).HasMaxLength(60);
        step.HasIndex(s => new { s.PostingId, s.Id });
        step.HasOne<Posting>().WithMany().HasForeignKey(s => s.PostingId);
    }
}
