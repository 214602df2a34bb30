using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

public static class DeadlineSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<Deadline> Deadlines => db.Set<Deadline>();
        public DbSet<Alert> Alerts => db.Set<Alert>();
        public DbSet<AlertReceipt> AlertReceipts => db.Set<AlertReceipt>();
        public DbSet<AlertPreference> AlertPreferences => db.Set<AlertPreference>();
        public DbSet<AlertQuietHours> AlertQuietHours => db.Set<AlertQuietHours>();
        public DbSet<Mention> Mentions => db.Set<Mention>();
    }
}

internal sealed class DeadlineMapping : IEntityTypeConfiguration<Deadline>
{
    public void Configure(EntityTypeBuilder<Deadline> deadline)
    {
        deadline.ToTable("Deadlines");
        deadline.Property(d => d.Subject).HasMaxLength(64);
        deadline.Property(d => d.Title).HasMaxLength(Deadline.MaxTitle);
        deadline.Property(d => d.RuleKey).HasMaxLength(64);
        deadline.HasIndex(d => d.NextAlertAt).HasFilter("\"NextAlertAt\" IS NOT NULL");
        deadline.HasIndex(d => new { d.StoreId, d.DueAt, d.Id }).HasFilter("\"State\" = 1");

        // The same facts told twice give the same clock, not a second one.
        deadline.HasIndex(d => new { d.StoreId, d.Subject, d.Kind, d.StartedAt }).IsUnique();
        deadline.Property(d => d.Version).IsConcurrencyToken();
    }
}

internal sealed class AlertMapping : IEntityTypeConfiguration<Alert>
{
    public void Configure(EntityTypeBuilder<Alert> alert)
    {
        alert.ToTable("Alerts");
        alert.HasIndex(a => new { a.DeadlineId, a.MinutesBefore, a.DueAt }).IsUnique();
        alert.HasIndex(a => new { a.StoreId, a.RaisedAt, a.Id });
    }
}

internal sealed class AlertReceiptMapping : IEntityTypeConfiguration<AlertReceipt>
{
    public void Configure(EntityTypeBuilder<AlertReceipt> receipt)
    {
        receipt.ToTable("AlertReceipts");
        receipt.HasKey(r => new { r.AlertId, r.UserId });
        receipt.HasIndex(r => r.UserId);

        // Of two windows that want to show it, one writes; the other looks again.
        receipt.Property(r => r.ToastAt).IsConcurrencyToken();
        receipt.Property(r => r.DesktopAt).IsConcurrencyToken();
        receipt.Property(r => r.SoundAt).IsConcurrencyToken();
    }
}
