using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Operations;

public sealed class UserCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_added_with_the_password_of_the_standard_input()
    {
        await using var test = await CreateAsync();
        await test.AddStoreAsync();
        var (code, said) = await AddAsync(test, new("anna@shop.test", "Анна", "1000001", StoreRole.Agent), "a long passphrase 22\n");
        Assert.Equal(0, code);
        Assert.DoesNotContain("passphrase", said, StringComparison.Ordinal);
        await using var scope = test.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var anna = (await people.FindByEmailAsync("anna@shop.test"))!;
        Assert.True(await people.CheckPasswordAsync(anna, "a long passphrase 22"));
        await using var db = await test.Databases.ForAsync(new CurrentUser(anna.Id, "Анна"), Ct);
        Assert.Equal(StoreRole.Agent, db.RoleIn((await db.Stores.SingleAsync(Ct)).Id));
    }

    [Fact]
    public async Task Without_a_password_one_is_made_up_and_shown()
    {
        await using var test = await CreateAsync();
        var (code, said) = await AddAsync(test, new("ivan@shop.test", null, null, StoreRole.Owner), "");
        Assert.Equal(0, code);
        Assert.Contains("shown only now: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_account_gets_the_new_role_and_keeps_his_password()
    {
        await using var test = await CreateAsync();
        var (store, _) = await test.AddStoreAsync();
        await AddAsync(test, new("anna@shop.test", null, "1000001", StoreRole.Agent), "a long passphrase 22\n");
        var (code, _) = await AddAsync(test, new("anna@shop.test", null, "1000001", StoreRole.Owner), "another passphrase 33\n");
        Assert.Equal(0, code);
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var anna = await db.Memberships.SingleAsync(m => m.User.Email == "anna@shop.test", Ct);
        Assert.Equal((store.Id, StoreRole.Owner), (anna.StoreId, anna.Role));
        await using var scope = test.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        Assert.True(await people.CheckPasswordAsync((await people.FindByEmailAsync("anna@shop.test"))!, "a long passphrase 22"));
    }

    [Fact]
    public async Task A_store_that_does_not_exist_changes_nothing()
    {
        await using var test = await CreateAsync();
        var (code, _) = await AddAsync(test, new("anna@shop.test", null, "99", StoreRole.Owner), "a long passphrase 22\n");
        Assert.Equal(1, code);
        await using var db = await test.Databases.ForSystemAsync(Ct);
        Assert.Empty(await db.Users.ToListAsync(Ct));
    }

    private static async Task<(int Code, string Said)> AddAsync(TestDb test, UserCommand.NewMember wish, string typed)
    {
        await using var scope = test.Services.CreateAsyncScope();
        await using var output = new StringWriter();
        var code = await UserCommand.AddAsync(scope.ServiceProvider, wish, new StringReader(typed), output, Ct);
        return (code, output.ToString());
    }

    private static Task<TestDb> CreateAsync() => TestDb.CreateAsync(configure: services =>
        services.AddIdentityCore<AppUser>(options => options.Password = new() { RequiredLength = 12, RequireDigit = false, RequireUppercase = false, RequireNonAlphanumeric = false })
            .AddEntityFrameworkStores<SellerCenterDb>());
}
