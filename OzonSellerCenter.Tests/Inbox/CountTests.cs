using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class CountTests
{
    private static readonly InboxFilter Mine = InboxFilter.Default with { Assignee = InboxFilter.Me, Overdue = true, Sort = InboxSort.Waiting };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

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
}
