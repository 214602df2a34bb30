using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OzonSellerCenter.Data;

internal sealed class StoreMapping : IEntityTypeConfiguration<Store>
{
    public void Configure(EntityTypeBuilder<Store> store)
    {
        store.Property(s => s.Name).HasMaxLength(200);
        store.Property(s => s.ClientId).HasMaxLength(20);
        store.Property(s => s.TimeZone).HasMaxLength(64);
        store.Property(s => s.MaxOpenPerPerson).HasDefaultValue(10);
        store.HasIndex(s => s.ClientId).IsUnique();
        store.HasIndex(s => s.PushSecretHash).IsUnique();
        store.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.HasKey(m => new { m.StoreId, m.UserId });
        membership.HasIndex(m => m.UserId);
    }
}

internal sealed class StoreEventMapping : IEntityTypeConfiguration<StoreEvent>, IEntityTypeConfiguration<StoreSequence>
{
    public void Configure(EntityTypeBuilder<StoreEvent> builder)
    {
        builder.HasKey(e => new { e.StoreId, e.Sequence });
        builder.Property(e => e.Subject).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<StoreSequence> builder)
    {
        builder.ToTable("StoreSequences");
        builder.HasKey(s => s.StoreId);
        builder.Property(s => s.StoreId).ValueGeneratedNever();
    }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.HasIndex(a => new { a.StoreId, a.At });
        entry.Property(a => a.Action).HasMaxLength(100);
        entry.Property(a => a.Subject).HasMaxLength(200);
    }
}

internal sealed class OutboundCommandMapping : IEntityTypeConfiguration<OutboundCommand>
{
    public void Configure(EntityTypeBuilder<OutboundCommand> command)
    {
        command.Property(c => c.Key).HasMaxLength(64);
        command.Property(c => c.Subject).HasMaxLength(64);
        command.HasIndex(c => c.Key).IsUnique();
        command.HasIndex(c => new { c.Subject, c.Id });

        // Only what is not finished is ever looked for by time; the finished majority costs nothing.
        command.HasIndex(c => c.NotBeforeAt).HasFilter("\"State\" IN (1, 2, 3)");
        command.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class PushEventMapping : IEntityTypeConfiguration<PushEvent>
{
    public void Configure(EntityTypeBuilder<PushEvent> push)
    {
        push.Property(p => p.Key).HasMaxLength(64);
        push.Property(p => p.Type).HasMaxLength(64);
        push.HasIndex(p => new { p.StoreId, p.Key }).IsUnique();
        push.HasIndex(p => p.NextTryAt).HasFilter("\"DoneAt\" IS NULL AND \"ParkedAt\" IS NULL");
    }
}

internal sealed class SyncStateMapping : IEntityTypeConfiguration<SyncState>
{
    public void Configure(EntityTypeBuilder<SyncState> state)
    {
        state.HasKey(s => new { s.StoreId, s.Kind });
        state.Property(s => s.Kind).HasMaxLength(32);
    }
}
