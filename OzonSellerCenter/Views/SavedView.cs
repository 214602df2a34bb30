using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Views;

/// <summary>A filter of a list under a name: a person's own, or one he made for everybody in a store. It keeps words, not rows, so it is
/// always true; "mine" in a shared one shows each his own.</summary>
public sealed class SavedView : IOwnedByPerson
{
    /// <summary>Characters of a name at most.</summary>
    public const int MaxName = 60;

    /// <summary>Views of one person, and shared ones of one store, at most.</summary>
    public const int Max = 50;

    public long Id { get; init; }

    /// <summary>Who made it.</summary>
    public required string UserId { get; init; }

    /// <summary>The store whose members see it; null for its maker alone.</summary>
    public int? StoreId { get; init; }

    /// <summary>Which list it is of: its address, such as <c>/inbox</c>.</summary>
    public required string Page { get; init; }

    public required string Name { get; init; }

    /// <summary>As in the address, with its question mark; empty for the whole list.</summary>
    public required string Query { get; init; }

    /// <summary>The name without needless blanks.</summary>
    public static string Clean(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

public static class SavedViewSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
    }
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.Property(v => v.Page).HasMaxLength(60);
        view.Property(v => v.Name).HasMaxLength(SavedView.MaxName);
        view.Property(v => v.Query).HasMaxLength(1000);
        view.HasOne<AppUser>().WithMany().HasForeignKey(v => v.UserId);
        view.HasOne<Store>().WithMany().HasForeignKey(v => v.StoreId);
    }
}
