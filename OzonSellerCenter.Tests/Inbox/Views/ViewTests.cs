using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Views;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Views;

/// <summary>Filters kept under a name, for oneself or for a store.</summary>
public sealed class ViewTests
{
    private static readonly InboxFilter Mine = InboxFilter.Default with { Assignee = InboxFilter.Me, Overdue = true, Sort = InboxSort.Waiting };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Ones_own_view_is_seen_by_no_one_else_and_a_shared_one_by_the_store(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.True((await Actions(shop).SaveAsync(shop.Agent, "  Мои   просроченные ", Mine, null, Ct)).IsDone);
        Assert.True((await Actions(shop).SaveAsync(shop.Agent, "Брак", InboxFilter.Default with { Tag = "брак" }, shop.Store.Id, Ct)).IsDone);

        Assert.Equal([("Мои просроченные", Mine, null, true), ("Брак", InboxFilter.Default with { Tag = "брак" }, shop.Store.Name, true)], await SeenAsync(shop, shop.Agent));
        Assert.Equal([("Брак", InboxFilter.Default with { Tag = "брак" }, shop.Store.Name, true)], await SeenAsync(shop, shop.Owner));
        Assert.Equal([("Брак", InboxFilter.Default with { Tag = "брак" }, shop.Store.Name, false)], await SeenAsync(shop, shop.Support));
        Assert.Empty(await SeenAsync(shop, stranger));
        Assert.Equal(["view.share"], await shop.ReadAsync(db => db.AuditEntries.Select(a => a.Action).ToListAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task It_is_removed_by_its_maker_or_an_owner_and_by_nobody_else(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        await Actions(shop).SaveAsync(shop.Agent, "Моё", Mine, null, Ct);
        await Actions(shop).SaveAsync(shop.Agent, "Общее", Mine, shop.Store.Id, Ct);
        var (own, shared) = await shop.ReadAsync(async db => (
            await db.InboxViews.Where(v => v.StoreId == null).Select(v => v.Id).SingleAsync(Ct), await db.InboxViews.Where(v => v.StoreId != null).Select(v => v.Id).SingleAsync(Ct)));
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
        Assert.Equal("ViewNameEmpty", (await Actions(shop).SaveAsync(shop.Agent, " \t ", Mine, null, Ct)).Refusal?.Key);
        Assert.Equal("ViewNameTooLong", (await Actions(shop).SaveAsync(shop.Agent, new string('я', 61), Mine, null, Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await Actions(shop).SaveAsync(shop.Support, "Общее", Mine, shop.Store.Id, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(shop).SaveAsync(shop.Agent, "Чужое", Mine, other.Id, Ct)).Refusal?.Key);
        for (var i = 0; i < InboxView.Max; i++) Assert.True((await Actions(shop).SaveAsync(shop.Support, $"Вид {i}", Mine, null, Ct)).IsDone);
        Assert.Equal("TooManyViews", (await Actions(shop).SaveAsync(shop.Support, "Ещё", Mine, null, Ct)).Refusal?.Key);
        Assert.True((await Actions(shop).SaveAsync(shop.Agent, "Моё", Mine, null, Ct)).IsDone);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_count_is_what_the_list_gives_up_to_its_cap(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (second, _) = await shop.Db.AddStoreAsync("1000002", StoreRole.Agent, shop.Agent.Id);
        for (var i = 0; i < 7; i++)
        {
            await shop.ConversationAsync(
                c => (c.DueAt, c.Unread, c.WaitingSince, c.AssigneeId) = (i % 2 == 0 ? shop.Now.AddMinutes(i - 3) : null, i % 3, i < 4 ? shop.Now : null, i < 2 ? shop.Agent.Id : null),
                i < 5 ? shop.Store : second);
        }

        foreach (var filter in new[]
        {
            InboxFilter.Default, Mine, InboxFilter.Default with { Unread = true }, InboxFilter.Default with { Sort = InboxSort.Waiting }, InboxFilter.Default with { Sort = InboxSort.Unread },
            InboxFilter.Default with { Store = second.Id }, InboxFilter.Default with { From = InboxBand.Urgent }, InboxFilter.Default with { Tag = "нет" },
        })
        {
            var ids = await shop.Inbox.IdsAsync(shop.Agent, filter, 100, Ct);
            Assert.Equal((await shop.Inbox.ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.Id), ids);
            Assert.Equal(ids.Count, await shop.Inbox.CountAsync(shop.Agent, filter, 100, Ct));
        }

        Assert.Equal(3, await shop.Inbox.CountAsync(shop.Agent, InboxFilter.Default, 3, Ct));
        Assert.Equal(3, (await shop.Inbox.IdsAsync(shop.Agent, InboxFilter.Default, 3, Ct)).Count);
    }

    private static ViewActions Actions(TestShop shop) => shop.Db.Services.GetRequiredService<ViewActions>();

    private static async Task<IEnumerable<(string, InboxFilter, string?, bool)>> SeenAsync(TestShop shop, CurrentUser user) =>
        (await shop.Db.Services.GetRequiredService<ViewQueries>().OfAsync(user, Ct)).Select(v => (v.Name, v.Filter, v.SharedIn, v.MayRemove));
}
