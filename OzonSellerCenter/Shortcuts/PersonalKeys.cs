using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Shortcuts;

/// <summary>The keys that a person wants otherwise than usual. No row: all as usual.</summary>
public sealed class PersonalKeys : IVersioned
{
    /// <summary>Enough for every command changed to the longest key.</summary>
    public const int MaxChanges = 2000;

    /// <summary>Key of the <see cref="AppUser"/>.</summary>
    public required string UserId { get; init; }

    /// <summary>As <see cref="KeyMap.Write"/> gives them.</summary>
    public string Changes { get; set; } = "";

    /// <summary>Keys without Ctrl do nothing.</summary>
    public bool SinglesOff { get; set; }

    public long Version { get; set; }
}

public static class PersonalKeySets
{
    extension(SellerCenterDb db)
    {
        public DbSet<PersonalKeys> PersonalKeys => db.Set<PersonalKeys>();
    }
}

internal sealed class PersonalKeysMapping : IEntityTypeConfiguration<PersonalKeys>
{
    public void Configure(EntityTypeBuilder<PersonalKeys> keys)
    {
        keys.ToTable("PersonalKeys");
        keys.HasKey(k => k.UserId);
        keys.Property(k => k.Changes).HasMaxLength(PersonalKeys.MaxChanges);
        keys.Property(k => k.Version).IsConcurrencyToken();
        keys.HasOne<AppUser>().WithOne().HasForeignKey<PersonalKeys>(k => k.UserId);
    }
}
