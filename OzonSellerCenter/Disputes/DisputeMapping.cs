using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Disputes;

public static class DisputeSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<Dispute> Disputes => db.Set<Dispute>();
        public DbSet<DisputeStep> DisputeSteps => db.Set<DisputeStep>();
        public DbSet<EvidenceItem> EvidenceItems => db.Set<EvidenceItem>();
        public DbSet<EvidenceUpload> EvidenceUploads => db.Set<EvidenceUpload>();
        public DbSet<EvidencePack> EvidencePacks => db.Set<EvidencePack>();
    }
}

internal sealed class DisputeMapping : IEntityTypeConfiguration<Dispute>, IEntityTypeConfiguration<DisputeStep>
{
    public void Configure(EntityTypeBuilder<Dispute> dispute)
    {
        dispute.ToTable("Disputes", t => t.HasCheckConstraint("CK_Disputes_Amounts", "\"ClaimAmount\" >= 0 AND \"Awarded\" >= 0 AND \"Offer\" >= 0"));
        dispute.Property(d => d.Key).HasMaxLength(64);
        dispute.Property(d => d.PostingNumber).HasMaxLength(40);
        dispute.Property(d => d.OrderNumber).HasMaxLength(40);
        dispute.Property(d => d.OzonId).HasMaxLength(64);
        dispute.Property(d => d.OzonTicket).HasMaxLength(200);
        dispute.Property(d => d.Currency).HasMaxLength(3);
        dispute.Property(d => d.Answers).HasJson();
        dispute.Property(d => d.Turns).HasJson();
        dispute.HasIndex(d => new { d.StoreId, d.Key }).IsUnique();
        dispute.HasIndex(d => new { d.StoreId, d.State, d.NextBy, d.Id });
        dispute.HasIndex(d => new { d.StoreId, d.OpenedAt, d.Id });
        dispute.HasIndex(d => new { d.StoreId, d.PostingNumber });
        dispute.HasIndex(d => d.ReturnRequestId).HasFilter("\"ReturnRequestId\" IS NOT NULL");
        dispute.HasIndex(d => new { d.StoreId, d.BuyerId }).HasFilter("\"BuyerId\" IS NOT NULL");
        dispute.HasIndex(d => new { d.StoreId, d.OzonId }).HasFilter("\"OzonId\" IS NOT NULL");
        dispute.Property(d => d.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<DisputeStep> step)
    {
        step.ToTable("DisputeSteps");
        step.HasIndex(s => new { s.DisputeId, s.Id });
        step.HasIndex(s => new { s.StoreId, s.At });
        step.HasOne<Dispute>().WithMany().HasForeignKey(s => s.DisputeId);
    }
}

internal sealed class EvidenceMapping : IEntityTypeConfiguration<EvidenceItem>, IEntityTypeConfiguration<EvidenceUpload>, IEntityTypeConfiguration<EvidencePack>
{
    public void Configure(EntityTypeBuilder<EvidenceItem> item)
    {
        item.ToTable("EvidenceItems");
        item.Property(i => i.Sha256).HasMaxLength(64);
        item.Property(i => i.ViewSha256).HasMaxLength(64);
        item.Property(i => i.ThumbSha256).HasMaxLength(64);
        item.Property(i => i.ContentType).HasMaxLength(80);
        item.Property(i => i.Name).HasMaxLength(EvidenceItem.MaxName);
        item.Property(i => i.Caption).HasMaxLength(EvidenceItem.MaxCaption);
        item.HasIndex(i => new { i.DisputeId, i.Id });
        item.HasIndex(i => i.StoreId);

        // The same bytes are one piece of evidence in a case.
        item.HasIndex(i => new { i.DisputeId, i.Sha256 }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL").HasDatabaseName("IX_EvidenceItems_Once");
        item.HasOne<Dispute>().WithMany().HasForeignKey(i => i.DisputeId);
        item.Property(i => i.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<EvidenceUpload> upload)
    {
        upload.ToTable("EvidenceUploads");
        upload.Property(u => u.Id).HasMaxLength(32);
        upload.Property(u => u.Name).HasMaxLength(EvidenceItem.MaxName);
        upload.Property(u => u.Refusal).HasMaxLength(60);
        upload.HasIndex(u => u.DisputeId);
        upload.HasIndex(u => new { u.StoreId, u.StartedAt });
        upload.HasOne<Dispute>().WithMany().HasForeignKey(u => u.DisputeId);
    }

    public void Configure(EntityTypeBuilder<EvidencePack> pack)
    {
        pack.ToTable("EvidencePacks");
        pack.Property(p => p.Language).HasMaxLength(10);
        pack.Property(p => p.PdfSha256).HasMaxLength(64);
        pack.Property(p => p.ZipSha256).HasMaxLength(64);
        pack.Property(p => p.Error).HasMaxLength(60);
        pack.HasIndex(p => new { p.DisputeId, p.Id });
        pack.HasIndex(p => p.StoreId).HasFilter("\"State\" IN (1, 2)").HasDatabaseName("IX_EvidencePacks_Open");
        pack.HasOne<Dispute>().WithMany().HasForeignKey(p => p.DisputeId);
        pack.Property(p => p.Version).IsConcurrencyToken();
    }
}
