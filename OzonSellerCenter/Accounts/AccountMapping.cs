using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

internal sealed class AccountMapping : IEntityTypeConfiguration<SignInSession>, IEntityTypeConfiguration<SignInGuard>
{
    public void Configure(EntityTypeBuilder<SignInSession> session)
    {
        session.ToTable("SignInSessions");
        session.Property(s => s.Id).HasMaxLength(64);
        session.Property(s => s.Browser).HasMaxLength(200);
        session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId);
    }

    public void Configure(EntityTypeBuilder<SignInGuard> guard)
    {
        guard.ToTable("SignInGuards");
        guard.HasKey(g => g.UserId);
        guard.HasOne<AppUser>().WithOne().HasForeignKey<SignInGuard>(g => g.UserId);
    }
}

/// <summary>The sets of this folder.</summary>
internal static class AccountSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<SignInSession> SignInSessions => db.Set<SignInSession>();
        public DbSet<SignInGuard> SignInGuards => db.Set<SignInGuard>();
    }
}
