using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Accounts;

/// <summary>Identity over one context of ours for one unit of work, so that an account, its memberships, the audit and the events go in
/// together or not at all. Also what circuits use: their own scope lives too long for a context.</summary>
internal sealed class AccountWork : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private AccountWork(AsyncServiceScope scope, SellerCenterDb db)
    {
        (_scope, Db) = (scope, db);
        var services = scope.ServiceProvider;
        Store = new AccountStore(db, services.GetRequiredService<MasterKey>(), services.GetRequiredService<IdentityErrorDescriber>());
        People = ActivatorUtilities.CreateInstance<UserManager<AppUser>>(services, (IUserStore<AppUser>)Store);
    }

    /// <summary>Sees every store: what is done here is checked by a token or is about the person himself.</summary>
    public SellerCenterDb Db { get; }

    public UserManager<AppUser> People { get; }

    public AccountStore Store { get; }

    /// <param name="scopes">Where services come from.</param>
    /// <param name="user">Whom the audit names; null for the program itself.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public static async Task<AccountWork> OpenAsync(IServiceScopeFactory scopes, CurrentUser? user, CancellationToken cancellation)
    {
        var scope = scopes.CreateAsyncScope();
        var db = await scope.ServiceProvider.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        if (user is not null) db.SeeAs(user, []);
        return new AccountWork(scope, db);
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _scope.DisposeAsync();
    }
}
