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

        /// <summary>Invitations that nobody took up, in time, of somebody who still owns the store.</summary>
        public IQueryable<Invite> OpenInvites(DateTime now)
        {
            var members = db.Memberships;
            return db.Invites.Where(i => i.AcceptedAt == null && i.ExpiresAt > now
                && members.Any(o => o.StoreId == i.StoreId && o.UserId == i.InvitedById && o.Role == StoreRole.Owner));
        }

        /// <summary>Resets not used yet, in time, of a member of the store, by somebody who still owns every store the member works in:
        /// a new password opens them all.</summary>
        public IQueryable<PasswordReset> OpenResets(DateTime now)
        {
            var members = db.Memberships;
            return db.PasswordResets.Where(r => r.UsedAt == null && r.ExpiresAt > now
                && members.Any(m => m.StoreId == r.StoreId && m.UserId == r.UserId)
                && !members.Any(m => m.UserId == r.UserId
                    && !members.Any(o => o.StoreId == m.StoreId && o.UserId == r.MadeBy && o.Role == StoreRole.Owner)));
        }
    }
}
