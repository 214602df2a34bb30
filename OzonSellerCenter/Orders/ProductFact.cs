using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Orders;

/// <summary>What Ozon tells of a product that was ordered, and what the shop says of it.</summary>
public sealed class ProductFact : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long Sku { get; init; }
    public string OfferId { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Ozon's <c>description_category_id</c>; 0 while it is not known.</summary>
    public long CategoryId { get; set; }

    /// <summary>Category and type as Ozon names them in Russian; null while they are not known.</summary>
    public string? Category { get; set; }

    /// <summary>Where the first picture lies at Ozon; null without one.</summary>
    public string? PictureUrl { get; set; }

    /// <summary>Our copy of that picture; null until it was fetched.</summary>
    public string? PictureSha256 { get; set; }

    /// <summary>What the copy is by its bytes, such as <c>image/png</c>: always a picture that a page may show.</summary>
    public string? PictureType { get; set; }

    /// <summary>When Ozon was last asked.</summary>
    public DateTime FetchedAt { get; set; }

    /// <summary>By which group's periods the product is given back, as the shop set it; null = as its category tells.</summary>
    public ReturnGroup? ReturnGroup { get; set; }

    public long Version { get; set; }

    /// <summary>The group that holds: the shop's word, else the guess by the category.</summary>
    public ReturnGroup EffectiveGroup => ReturnGroup ?? ReturnGroups.Of(Category);

    /// <summary>Takes over where the picture lies; the copy of another one is let go.</summary>
    public void TakePicture(string? url)
    {
        if (PictureUrl == url) return;
        (PictureUrl, PictureSha256, PictureType) = (url, null, null);
    }
}

public static class ProductSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<ProductFact> ProductFacts => db.Set<ProductFact>();
    }
}

internal sealed class ProductFactMapping : IEntityTypeConfiguration<ProductFact>
{
    public void Configure(EntityTypeBuilder<ProductFact> fact)
    {
        fact.ToTable("ProductFacts");
        fact.Ignore(f => f.EffectiveGroup);
        fact.Property(f => f.PictureSha256).HasMaxLength(64);
        fact.Property(f => f.PictureType).HasMaxLength(40);
        fact.HasIndex(f => new { f.StoreId, f.Sku }).IsUnique();
        fact.HasIndex(f => new { f.StoreId, f.FetchedAt });
        fact.HasIndex(f => f.StoreId).HasFilter("\"PictureUrl\" IS NOT NULL AND \"PictureSha256\" IS NULL").HasDatabaseName("IX_ProductFacts_NoPicture");
        fact.Property(f => f.Version).IsConcurrencyToken();
    }
}
