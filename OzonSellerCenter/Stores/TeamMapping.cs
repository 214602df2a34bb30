using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Stores;

internal sealed class TeamMapping : IEntityTypeConfiguration<Invite>, IEntityTypeConfiguration<PasswordReset>
{
    public void Configure(EntityTypeBuilder<Invite> invite)
    {
        invite.ToTable("Invites");
        invite.Property(i => i.Email).HasMaxLength(256);
        invite.Property(i => i.InvitedBy).HasMaxLength(200);
        invite.HasIndex(i => i.TokenHash).IsUnique();
        invite.HasIndex(i => i.StoreId);
    }

    public void Configure(EntityTypeBuilder<PasswordReset> reset)
    {
        reset.ToTable("PasswordResets");
        reset.HasIndex(r => r.TokenHash).IsUnique();
        reset.HasIndex(r => r.UserId);
    }
}

/// <summary>The sets of this folder.</summary>
internal static class TeamSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<Invite> Invites => db.Set<Invite>();
        public DbSet<PasswordReset> PasswordResets => db.Set<PasswordReset>();
    }
}
