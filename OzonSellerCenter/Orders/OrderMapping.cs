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
