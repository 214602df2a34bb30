using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Labels;

public static class LabelSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<LabelJob> LabelJobs => db.Set<LabelJob>();
        public DbSet<PostingLabel> PostingLabels => db.Set<PostingLabel>();
    }
}

internal sealed class LabelJobMapping : IEntityTypeConfiguration<LabelJob>
{
    public void Configure(EntityTypeBuilder<LabelJob> job)
    {
        job.ToTable("LabelJobs");
        job.Property(j => j.Key).HasMaxLength(32);
        job.Property(j => j.Files).HasConversion(
            files => JsonSerializer.Serialize(files, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<IReadOnlyList<LabelFile>>(json, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<LabelFile>>((one, other) => one!.SequenceEqual(other!), files => files.Aggregate(0, HashCode.Combine), files => files));
        job.HasIndex(j => new { j.StoreId, j.Key }).IsUnique();
        job.HasIndex(j => new { j.StoreId, j.State, j.NextTryAt });
        job.HasMany(j => j.Labels).WithOne().HasForeignKey(l => l.JobId);
        job.Property(j => j.Version).IsConcurrencyToken();
    }
}

internal sealed class PostingLabelMapping : IEntityTypeConfiguration<PostingLabel>
{
    public void Configure(EntityTypeBuilder<PostingLabel> label)
    {
        label.ToTable("PostingLabels");
        label.Property(l => l.PostingNumber).HasMaxLength(40);

        // The newest job of a posting is read off it.
        label.HasIndex(l => new { l.StoreId, l.PostingNumber, l.JobId });
    }
}
