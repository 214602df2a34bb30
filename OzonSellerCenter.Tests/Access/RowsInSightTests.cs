using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Views;
using OzonSellerCenter.Shortcuts;

namespace OzonSellerCenter.Tests.Access;

/// <summary>Every table of a store is behind the one access filter. A table that is neither that nor in the list fails the test.</summary>
public sealed class RowsInSightTests
{
    /// <summary>Tables that belong to no store, each with why it is no way around the filter.</summary>
    private static readonly Dictionary<Type, string> WithoutStore = new()
    {
        [typeof(Store)] = "has a filter of its own, by its key",
        [typeof(AppUser)] = "accounts: names of colleagues are joined by key only",
        [typeof(IdentityUserClaim<string>)] = "Identity's own",
        [typeof(IdentityUserLogin<string>)] = "Identity's own",
        [typeof(IdentityUserToken<string>)] = "Identity's own, encrypted",
        [typeof(IdentityUserPasskey<string>)] = "Identity's own",
        [typeof(SignInSession)] = "looked up by a secret",
        [typeof(SignInGuard)] = "looked up by the own account",
        [typeof(StoreSequence)] = "numbers only",
        [typeof(SavedView)] = "has a filter of its own: its maker's, and of the store it is shared with",
        [typeof(AlertPreference)] = "a person's own wishes, by his key",
        [typeof(AlertQuietHours)] = "likewise",
        [typeof(PersonalKeys)] = "likewise",
        [typeof(AuditEntry)] = "no screen reads it yet; account entries have no store",
    };

    [Fact]
    public void Every_table_of_a_store_is_seen_through_the_filter()
    {
        using SellerCenterDb db = new SqliteDesignTime().CreateDbContext([]);
        var open = db.Model.GetEntityTypes().Where(e => !WithoutStore.ContainsKey(e.ClrType) && e.ClrType.Name is not ("IdentityRole" or "IdentityUserRole`1" or "IdentityRoleClaim`1"))
            .Where(e => !e.IsOwned() && (!e.ClrType.IsAssignableTo(typeof(IOwnedByStore)) || e.GetDeclaredQueryFilters().All(f => f.Key != AccessFilter.Name)))
            .Select(e => e.ClrType.Name);
        Assert.Empty(open);
    }

    [Fact]
    public void The_list_names_nothing_that_has_a_store()
    {
        using SellerCenterDb db = new SqliteDesignTime().CreateDbContext([]);
        Assert.All(WithoutStore.Keys, type => Assert.NotNull(db.Model.FindEntityType(type)));
        Assert.DoesNotContain(WithoutStore.Keys, type => type.IsAssignableTo(typeof(IOwnedByStore)));
        Assert.Contains(db.Model.FindEntityType(typeof(Store))!.GetDeclaredQueryFilters(), f => f.Key == AccessFilter.Name);
        Assert.Contains(db.Model.FindEntityType(typeof(SavedView))!.GetDeclaredQueryFilters(), f => f.Key == AccessFilter.Name);
    }
}
