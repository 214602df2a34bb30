using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders.Labels;

public sealed class LabelActionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task What_cannot_be_printed_is_named_before_Ozon_is_asked_and_the_rest_is_one_job(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await PostingAsync(shop, "1-1");
        await PostingAsync(shop, "2-1", p => p.AvailableActions = "cancel,label_download_big");
        await PostingAsync(shop, "3-1", p => p.Status = "awaiting_packaging");
        await PostingAsync(shop, "4-1", p => p.AvailableActions = "cancel");
        var (key, actions) = (Guid.NewGuid(), shop.Db.Services.GetRequiredService<LabelActions>());
        var asked = await actions.AskAsync(shop.Agent, ["1-1", "2-1", "2-1", "3-1", "4-1", "9-9"], key, Ct);
        Assert.Equal([("3-1", "NotAllowedNow"), ("4-1", "NotAllowedNow"), ("9-9", "NotFound")], asked.Refused.Select(r => (r.Key, r.Value.Key)).Order());
        var id = Assert.Single(asked.Jobs);
        Assert.Equal(["1-1", "2-1"], await shop.ReadAsync(db => db.PostingLabels.Where(l => l.JobId == id).Select(l => l.PostingNumber).Order().ToListAsync(Ct)));

        // Pressed twice it is one job.
        Assert.Equal([id], (await actions.AskAsync(shop.Agent, ["1-1", "2-1"], key, Ct)).Jobs);
        Assert.Equal(1, await shop.ReadAsync(db => db.LabelJobs.CountAsync(Ct)));
        Assert.Equal(1, await shop.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == "labels.ask", Ct)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => actions.AskAsync(shop.Agent, Enumerable.Range(0, 1001).Select(i => $"{i}"), key, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Only_owners_and_agents_of_the_store_make_and_see_labels(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await PostingAsync(shop, "1-1");
        var (_, stranger) = await shop.OtherStoreAsync();
        var (actions, queries) = (shop.Db.Services.GetRequiredService<LabelActions>(), shop.Db.Services.GetRequiredService<LabelQueries>());
        foreach (var (who, why) in new[] { (shop.Support, "SupportReadsOnly"), (stranger, "NotFound") })
        {
            var refused = await actions.AskAsync(who, ["1-1"], Guid.NewGuid(), Ct);
            Assert.Empty(refused.Jobs);
            Assert.Equal(why, refused.Refused["1-1"].Key);
        }

        var id = Assert.Single((await actions.AskAsync(shop.Owner, ["1-1"], Guid.NewGuid(), Ct)).Jobs);
        await shop.WriteAsync(async db =>
        {
            var job = await db.LabelJobs.SingleAsync(Ct);
            job.Finish([new LabelFile(1, "big_label", IsRefused: true), new LabelFile(2, "small_label", new string('a', 64), 5, 1)], shop.Now, null);
        });
        Assert.Equal((id, 1, true), ((await queries.OpenAsync(shop.Agent, id, Ct))!.Id, (await queries.OpenAsync(shop.Agent, id, Ct))!.Postings, (await queries.OpenAsync(shop.Agent, id, Ct))!.IsOver));
        Assert.Equal((true, id), ((await queries.OfPostingAsync(shop.Agent, "1-1", Ct))!.CanAsk, (await queries.OfPostingAsync(shop.Agent, "1-1", Ct))!.Newest!.Id));
        Assert.Null(await queries.FileAsync(shop.Agent, id, 0, Ct));
        Assert.Equal("small_label", (await queries.FileAsync(shop.Agent, id, 1, Ct))!.Kind);
        Assert.Null(await queries.FileAsync(shop.Agent, id, -1, Ct));
        foreach (var who in new[] { shop.Support, stranger })
        {
            Assert.Null(await queries.OpenAsync(who, id, Ct));
            Assert.Null(await queries.OfPostingAsync(who, "1-1", Ct));
            Assert.Null(await queries.FileAsync(who, id, 1, Ct));
        }
    }

    [Fact]
    public async Task Postings_of_two_stores_are_a_job_for_each()
    {
        await using var shop = await TestShop.OpenAsync();
        var (second, _) = await shop.Db.AddStoreAsync("1000002", StoreRole.Agent, shop.Agent.Id);
        await PostingAsync(shop, "1-1");
        await shop.WriteAsync(db =>
        {
            db.Postings.Add(new Posting { StoreId = second.Id, PostingNumber = "2-1", Status = "awaiting_deliver", AvailableActions = "label_download" });
            return Task.CompletedTask;
        });
        var asked = await shop.Db.Services.GetRequiredService<LabelActions>().AskAsync(shop.Agent, ["1-1", "2-1"], Guid.NewGuid(), Ct);
        Assert.Empty(asked.Refused);
        Assert.Equal([shop.Store.Id, second.Id], await shop.ReadAsync(db => db.LabelJobs.Where(j => asked.Jobs.Contains(j.Id)).Select(j => j.StoreId).Order().ToListAsync(Ct)));
    }

    internal static Task<Posting> PostingAsync(TestShop shop, string number, Action<Posting>? change = null) => shop.PostingAsync(number, "awaiting_deliver", p =>
    {
        p.AvailableActions = "cancel,label_download";
        change?.Invoke(p);
    });
}
