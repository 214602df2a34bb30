using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;
using OzonSellerCenter.Views;

namespace OzonSellerCenter.Tests.Views;

/// <summary>Filters kept under a name, for oneself or for a store.</summary>
public sealed class ViewTests
{
    private const string Mine = "?assignee=me&overdue=1&sort=waiting";
    private const string Damaged = "?tag=брак";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Ones_own_view_is_seen_by_no_one_else_and_a_shared_one_by_the_store(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.True((await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, "  Мои   просроченные ", Mine, null, Ct)).IsDone);
        Assert.True((await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, "Брак", Damaged, shop.Store.Id, Ct)).IsDone);

        Assert.Equal([("Мои просроченные", Mine, null, true), ("Брак", Damaged, shop.Store.Name, true)], await SeenAsync(shop, shop.Agent));
        Assert.Equal([("Брак", Damaged, shop.Store.Name, true)], await SeenAsync(shop, shop.Owner));
        Assert.Equal([("Брак", Damaged, shop.Store.Name, false)], await SeenAsync(shop, shop.Support));
        Assert.Empty(await SeenAsync(shop, stranger));
        Assert.Empty(await shop.Db.Services.GetRequiredService<ViewQueries>().OfAsync(shop.Agent, Links.Orders, Ct));
        Assert.Equal(["view.share"], await shop.ReadAsync(db => db.AuditEntries.Select(a => a.Action).ToListAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task It_is_removed_by_its_maker_or_an_owner_and_by_nobody_else(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, "Моё", Mine, null, Ct);
        await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, "Общее", Mine, shop.Store.Id, Ct);
        var (own, shared) = await shop.ReadAsync(async db => (
            await db.SavedViews.Where(v => v.StoreId == null).Select(v => v.Id).SingleAsync(Ct), await db.SavedViews.Where(v => v.StoreId != null).Select(v => v.Id).SingleAsync(Ct)));
        Assert.Equal("NotFound", (await Actions(shop).RemoveAsync(shop.Owner, own, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(shop).RemoveAsync(stranger, shared, Ct)).Refusal?.Key);
        Assert.Equal("ViewNotYours", (await Actions(shop).RemoveAsync(shop.Support, shared, Ct)).Refusal?.Key);
        Assert.True((await Actions(shop).RemoveAsync(shop.Owner, shared, Ct)).IsDone);
        Assert.True((await Actions(shop).RemoveAsync(shop.Agent, own, Ct)).IsDone);
        Assert.Equal("NotFound", (await Actions(shop).RemoveAsync(shop.Agent, own, Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task Bad_names_too_many_and_stores_of_others_are_refused()
    {
        await using var shop = await TestShop.OpenAsync();
        var (other, _) = await shop.OtherStoreAsync();
        Assert.Equal("ViewNameEmpty", (await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, " \t ", Mine, null, Ct)).Refusal?.Key);
        Assert.Equal("ViewNameTooLong", (await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, new string('я', 61), Mine, null, Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await Actions(shop).SaveAsync(shop.Support, Links.Inbox, "Общее", Mine, shop.Store.Id, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, "Чужое", Mine, other.Id, Ct)).Refusal?.Key);
        for (var i = 0; i < SavedView.Max; i++) Assert.True((await Actions(shop).SaveAsync(shop.Support, Links.Inbox, $"Вид {i}", Mine, null, Ct)).IsDone);
        Assert.Equal("TooManyViews", (await Actions(shop).SaveAsync(shop.Support, Links.Inbox, "Ещё", Mine, null, Ct)).Refusal?.Key);
        Assert.True((await Actions(shop).SaveAsync(shop.Agent, Links.Inbox, "Моё", Mine, null, Ct)).IsDone);
    }

    private static ViewActions Actions(TestShop shop) => shop.Db.Services.GetRequiredService<ViewActions>();

    private static async Task<IEnumerable<(string, string, string?, bool)>> SeenAsync(TestShop shop, CurrentUser user) =>
        (await shop.Db.Services.GetRequiredService<ViewQueries>().OfAsync(user, Links.Inbox, Ct)).Select(v => (v.Name, v.Query, v.SharedIn, v.MayRemove));
}
