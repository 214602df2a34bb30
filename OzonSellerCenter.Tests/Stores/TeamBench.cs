using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Stores;

/// <summary>Two stores with their owners and a team, for tests of who may do what. Links follow a clock the test moves.</summary>
internal sealed class TeamBench : IAsyncDisposable
{
    public const string Password = "verstaubte Lampen im Flur";

    private TeamBench(TestDb db, FakeTimeProvider wall) => (Db, Wall) = (db, wall);

    public TestDb Db { get; }

    public FakeTimeProvider Wall { get; }

    public int StoreId { get; private set; }

    public int OtherStoreId { get; private set; }

    public CurrentUser Owner { get; private set; } = null!;

    public CurrentUser Agent { get; private set; } = null!;

    public CurrentUser Support { get; private set; } = null!;

    /// <summary>Owner of the other store only.</summary>
    public CurrentUser Other { get; private set; } = null!;

    public TeamActions Team => Get<TeamActions>();

    public InviteActions Invites => Get<InviteActions>();

    public ResetActions Resets => Get<ResetActions>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => Db.Services.GetRequiredService<T>();

    public static async Task<TeamBench> CreateAsync(Provider provider = Provider.Sqlite)
    {
        var wall = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        var db = await TestDb.CreateAsync(provider, wall, services =>
        {
            services.AddRules().AddStores().AddAccounts();
            services.Replace(ServiceDescriptor.Singleton(new WallClock(wall)));
            services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        });
        var bench = new TeamBench(db, wall);
        (var store, bench.Owner) = await db.AddStoreAsync();
        (_, bench.Agent) = await db.AddStoreAsync(role: StoreRole.Agent);
        (_, bench.Support) = await db.AddStoreAsync(role: StoreRole.Support);
        (var second, bench.Other) = await db.AddStoreAsync("1000002");
        (bench.StoreId, bench.OtherStoreId) = (store.Id, second.Id);
        await bench.NormalizeAsync();
        return bench;
    }

    /// <summary>Puts a person into a store.</summary>
    public async Task<CurrentUser> JoinAsync(string userId, int storeId, StoreRole role)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        if (!await db.Users.AnyAsync(u => u.Id == userId, Ct))
        {
            db.Users.Add(new AppUser { Id = userId, UserName = $"{userId}@demo.test", Email = $"{userId}@demo.test", DisplayName = userId });
            await db.CommitAsync(Ct);
        }

        db.Memberships.Add(new Membership { StoreId = storeId, UserId = userId, Role = role });
        await db.CommitAsync(Ct);
        await NormalizeAsync();
        return new CurrentUser(userId, userId);
    }

    /// <summary>An invitation by a person; gives the token of its link.</summary>
    public async Task<string> InviteAsync(string email, StoreRole role = StoreRole.Agent, CurrentUser? by = null)
    {
        var (outcome, token) = await Team.InviteAsync(by ?? Owner, StoreId, email, role, Ct);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return token!;
    }

    /// <summary>A link for a new password, made by a person.</summary>
    public async Task<string> ResetAsync(CurrentUser member, CurrentUser? by = null, bool clearsSecondStep = false)
    {
        var (outcome, token) = await Team.ResetPasswordAsync(by ?? Owner, StoreId, member.Id, clearsSecondStep, Ct);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return token!;
    }

    public async Task<StoreRole?> RoleOfAsync(string email)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        return await db.Memberships.Where(m => m.StoreId == StoreId && m.User.Email == email).Select(m => (StoreRole?)m.Role).SingleOrDefaultAsync(Ct);
    }

    public async Task<T> ReadAsync<T>(Func<SellerCenterDb, Task<T>> read)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        return await read(db);
    }

    public ValueTask DisposeAsync() => Db.DisposeAsync();

    /// <summary>What Identity writes for accounts that it makes itself.</summary>
    private async Task NormalizeAsync()
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        foreach (var user in await db.Users.Where(u => u.NormalizedEmail == null).ToListAsync(Ct))
        {
            user.NormalizedUserName = user.NormalizedEmail = user.Email!.ToUpperInvariant();
            user.SecurityStamp ??= Guid.NewGuid().ToString();
        }

        await db.CommitAsync(Ct);
    }
}
