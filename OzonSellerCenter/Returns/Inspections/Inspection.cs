using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Returns.Inspections;

/// <summary>In what state the goods came back.</summary>
public enum GoodsCondition
{
    /// <summary>As they were sold, packing and all.</summary>
    AsSold = 1,

    /// <summary>The packing was opened; the goods were not used.</summary>
    Opened = 2,
    Used = 3,
    Damaged = 4,
    Incomplete = 5,

    /// <summary>Something else than what was sold.</summary>
    OtherItem = 6,
}

/// <summary>What somebody found when he looked at goods that came back. Never changed, never deleted: who looks again writes another one.</summary>
public sealed class Inspection : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ReturnRequestId { get; init; }
    public DateTime At { get; init; }

    /// <summary>Key of who looked.</summary>
    public required string By { get; init; }

    public GoodsCondition Condition { get; init; }
    public string Words { get; init; } = "";

    /// <summary>It can go back on the shelf.</summary>
    public bool CanBeSold { get; init; }

    /// <summary>What the goods are worth now, in minor units of the request's currency.</summary>
    public long Value { get; init; }

    public List<InspectionPhoto> Photos { get; init; } = [];
}

/// <summary>A picture of the goods, taken by the shop.</summary>
public sealed class InspectionPhoto : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long InspectionId { get; init; }

    /// <summary>Name of the file in the data folder.</summary>
    public required string Sha256 { get; init; }

    /// <summary>As the person's computer named it.</summary>
    public required string Name { get; init; }

    /// <summary>By its first bytes.</summary>
    public required string ContentType { get; init; }
}

public static class InspectionSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<Inspection> Inspections => db.Set<Inspection>();
        public DbSet<InspectionPhoto> InspectionPhotos => db.Set<InspectionPhoto>();
    }
}

internal sealed class InspectionMapping : IEntityTypeConfiguration<Inspection>, IEntityTypeConfiguration<InspectionPhoto>
{
    public void Configure(EntityTypeBuilder<Inspection> inspection)
    {
        inspection.ToTable("Inspections", t => t.HasCheckConstraint("CK_Inspections_Value", "\"Value\" >= 0"));
        inspection.HasIndex(i => new { i.ReturnRequestId, i.Id });
        inspection.HasIndex(i => new { i.StoreId, i.At });
        inspection.HasOne<ReturnRequest>().WithMany().HasForeignKey(i => i.ReturnRequestId);
        inspection.HasMany(i => i.Photos).WithOne().HasForeignKey(p => p.InspectionId);
    }

    public void Configure(EntityTypeBuilder<InspectionPhoto> photo)
    {
        photo.ToTable("InspectionPhotos");
        photo.Property(p => p.Sha256).HasMaxLength(64);
        photo.Property(p => p.Name).HasMaxLength(200);
        photo.Property(p => p.ContentType).HasMaxLength(40);
        photo.HasIndex(p => p.InspectionId);
        photo.HasIndex(p => p.StoreId);
    }
}
