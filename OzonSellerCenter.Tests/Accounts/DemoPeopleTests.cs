using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Accounts;

public sealed class DemoPeopleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_is_made_once_with_the_fixed_names()
    {
        await using var test = await TestDb.CreateAsync(configure: s => s.AddStores().AddAccounts());
        await DemoPeople.EnsureAsync(test.Services, Ct);
        await DemoPeople.EnsureAsync(test.Services, Ct);

        await using var db = await test.Databases.ForSystemAsync(Ct);
        var members = await db.Memberships.OrderBy(m => m.User.Email).Select(m => $"{m.User.Email} {m.Store.ClientId} {m.Role}").ToListAsync(Ct);
        Assert.Equal(
            [
                "agent@demo.test 1000001 Agent", "other@demo.test 1000002 Owner", "owner@demo.test 1000001 Owner",
                "support2@demo.test 1000001 Support", "support@demo.test 1000001 Support",
            ],
            members.Order(StringComparer.Ordinal));
        var secrets = test.Services.GetRequiredService<StoreSecrets>();
        foreach (var store in await db.Stores.ToListAsync(Ct))
        {
            Assert.True(store.IsSandbox);
            Assert.Equal($"sandbox-key-{store.ClientId}", secrets.Unprotect(store.Id, store.ProtectedApiKey!));
            Assert.Equal(store.PushSecretHash, StoreSecrets.HashOf(secrets.Unprotect(store.Id, store.ProtectedPushSecret!)));
        }
    }

    [Fact]
    public async Task Who_was_removed_on_the_team_page_stays_removed_after_a_restart()
    {
        await using var test = await TestDb.CreateAsync(configure: s => s.AddStores().AddAccounts());
        await DemoPeople.EnsureAsync(test.Services, Ct);
        await using var db = await test.Databases.ForSystemAsync(Ct);
        await db.Memberships.Where(m => m.User.Email == "agent@demo.test").ExecuteDeleteAsync(Ct);
        await DemoPeople.EnsureAsync(test.Services, Ct);
        Assert.False(await db.Memberships.AnyAsync(m => m.User.Email == "agent@demo.test", Ct));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, false)]
    public void Demo_people_enter_only_with_the_sandbox_on(string? setting, bool may)
    {
        var demo = new DemoPeople(new ConfigurationBuilder().AddInMemoryCollection([new("Sandbox:Enabled", setting)]).Build());
        Assert.Equal(may, demo.MayEnter(new AppUser { Email = "Owner@Demo.test" }));
        Assert.True(demo.MayEnter(new AppUser { Email = "person@shop.example" }));
    }
}
