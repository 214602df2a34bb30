using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Returns.Refunds;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Disputes.Desk.DeskHouse;

namespace OzonSellerCenter.Tests.Disputes.Desk;

/// <summary>What waits at the desk, and all that one case is decided by, with the eyes of a reviewer.</summary>
public sealed class DeskQueriesTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task The_queue_goes_by_clock_and_is_that_of_the_stores_where_one_reviews(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var late = await shop.CaseAsync("late");
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var later = await shop.CaseAsync("later", DisputeKind.ReturnContested, claim: 100);
        var soon = await shop.CaseAsync("soon", DisputeKind.Withholding, DisputeTopic.Other, change: d => d.Owner = shop.Owner.Id);
        var (_, stranger) = await shop.OtherStoreAsync();
        var queries = shop.Db.Services.GetRequiredService<DeskQueries>();
        var queue = await queries.QueueAsync(shop.Owner, DeskFilter.Default, Ct);
        Assert.Equal([late, soon, later], queue.Rows.Select(r => r.Id));
        Assert.Equal([false, true, false], queue.Rows.Select(r => r.HadAHand));
        Assert.All(queue.Rows, r => Assert.True(r.StartedAt < r.DueAt));
        Assert.Equal((3, 0), (queue.Counts[DeskTab.Waiting], queue.Counts[DeskTab.TakenUp]));
        Assert.False((await queries.QueueAsync(shop.Agent, DeskFilter.Default, Ct)).MayReview);
        Assert.Empty((await queries.QueueAsync(stranger, DeskFilter.Default, Ct)).Rows);
        Assert.Equal((3, 0, null), (await queries.WaitingAsync(shop.Support, Ct), await queries.WaitingAsync(stranger, Ct), await queries.WaitingAsync(shop.Agent, Ct)));
        Assert.Equal([soon], (await queries.QueueAsync(shop.Support, new DeskFilter(Kind: DisputeKind.Withholding), Ct)).Rows.Select(r => r.Id));
        Assert.Equal([late, later], (await queries.QueueAsync(shop.Support, new DeskFilter(Topic: DisputeTopic.Quality), Ct)).Rows.Select(r => r.Id));
        Assert.Empty((await queries.QueueAsync(shop.Support, new DeskFilter(Store: shop.Store.Id + 1), Ct)).Rows);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Cases_go_from_tab_to_tab_and_the_second_instance_is_marked(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var (taken, asked, decided, again, gone) = (await shop.CaseAsync("1"), await shop.CaseAsync("2"), await shop.CaseAsync("3"), await shop.CaseAsync("4"), await shop.CaseAsync("5"));
        Assert.True((await shop.Desk().TakeUpAsync(shop.Support, taken, Ct)).IsDone);
        Assert.True((await shop.Desk().AskSellerAsync(shop.Support, asked, await shop.VersionAsync(asked), "Видео упаковки?", Ct)).IsDone);
        foreach (var id in new[] { decided, again }) Assert.Null((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), ForSeller, null, Ct)).Refusal?.Key);
        await shop.AppealAsync(again);
        await shop.FireAsync(gone, DisputeEvent.Withdraw, "Нашёл посылку");
        var queries = shop.Db.Services.GetRequiredService<DeskQueries>();
        Assert.Equal([again], await IdsAsync(DeskTab.Waiting));
        Assert.Equal([taken], await IdsAsync(DeskTab.TakenUp));
        Assert.Equal([asked], await IdsAsync(DeskTab.MoreWanted));
        Assert.Equal([decided], await IdsAsync(DeskTab.Decided));
        Assert.Equal([again], (await queries.QueueAsync(shop.Support, new DeskFilter(Appeal: true), Ct)).Rows.Select(r => r.Id));
        Assert.Equal([taken], (await queries.QueueAsync(shop.Support, new DeskFilter(DeskTab.TakenUp, Mine: true), Ct)).Rows.Select(r => r.Id));
        Assert.Empty((await queries.QueueAsync(shop.Owner, new DeskFilter(DeskTab.TakenUp, Mine: true), Ct)).Rows);
        var first = Assert.Single((await queries.QueueAsync(shop.Support, DeskFilter.Default, Ct)).Rows);
        Assert.Equal((2, true, true), (first.Instance, first.WasFirst, first.IsBarred));
        Assert.False(Assert.Single((await queries.QueueAsync(shop.Owner, DeskFilter.Default, Ct)).Rows).IsBarred);
        shop.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await IdsAsync(DeskTab.Decided));

        async Task<long[]> IdsAsync(DeskTab tab) => [.. (await queries.QueueAsync(shop.Support, new DeskFilter(tab), Ct)).Rows.Select(r => r.Id)];
    }

    [Fact]
    public async Task The_queue_costs_the_same_number_of_statements_for_one_case_and_for_thirty()
    {
        await using var shop = await DeskHouse.OpenAsync();
        using var asked = await QueryPlans.WatchAsync(shop.Db);
        await shop.CaseAsync("first");
        var queries = shop.Db.Services.GetRequiredService<DeskQueries>();
        var one = await CountAsync();
        for (var i = 0; i < 29; i++) await shop.CaseAsync($"c{i}");
        Assert.Equal(one, await CountAsync());

        async Task<int> CountAsync()
        {
            asked.Seen.Clear();
            Assert.NotEmpty((await queries.QueueAsync(shop.Support, DeskFilter.Default, Ct)).Rows);
            return asked.Seen.Count;
        }
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_case_comes_with_its_money_rules_precedents_and_who_may_decide(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        await shop.WriteAsync(db =>
        {
            db.ProductFacts.Add(new ProductFact { StoreId = shop.Store.Id, Sku = RefundHouse.Sku, Category = "Чайники" });
            db.ProductFacts.Add(new ProductFact { StoreId = shop.Store.Id, Sku = 7, Category = "Чайники" });
            db.ProductFacts.Add(new ProductFact { StoreId = shop.Store.Id, Sku = 8, Category = "Лампы" });
            return Task.CompletedTask;
        });
        var proof = await shop.ProofAsync(shop.Support);
        var same = await EndAsync("same", RefundHouse.Sku, DisputeTopic.Quality);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var alike = await EndAsync("alike", 7, DisputeTopic.Quality);
        await EndAsync("lamp", 8, DisputeTopic.Quality);
        await EndAsync("price", RefundHouse.Sku, DisputeTopic.Price);
        var id = await shop.CaseAsync("now", change: d => d.Owner = shop.Owner.Id);
        var one = (await shop.Db.Services.GetRequiredService<CaseQueries>().OpenAsync(shop.Support, id, Ct))!;
        Assert.Equal([(same, true), (alike, false)], one.Precedents.Newest.Select(p => (p.Id, p.IsSameProduct)));
        Assert.Equal(0.25, one.Precedents.Newest[0].Share);
        Assert.Equal([new OutcomeCount(DisputeOutcome.Split, 2)], one.Precedents.Counts);
        Assert.Equal((249_000, 80_000, 0, 169_000), (one.Money!.Paid, one.Money.Held, one.Money.PaidByCase, one.Money.Left));
        Assert.Equal([new OutcomeCount(DisputeOutcome.Split, 4)], one.OfBuyer);
        Assert.Contains(one.Rules, r => r.Key == RuleKeys.DisputeReview);
        Assert.Contains(one.Rules, r => r.Key.EndsWith(".improper", StringComparison.Ordinal));
        Assert.Equal((null, true, 80), (one.Bar, one.IsMarketplace, one.Terms.LeastWords));
        Assert.Equal([shop.Support.Id], one.Reviewers);
        Assert.Equal("OwnCase", (await shop.Db.Services.GetRequiredService<CaseQueries>().OpenAsync(shop.Owner, id, Ct))!.Bar);

        async Task<long> EndAsync(string key, long sku, DisputeTopic topic)
        {
            var ended = await shop.CaseAsync(key, topic: topic, claim: 80_000, sku: sku);
            Assert.Null((await shop.Desk().DecideAsync(shop.Support, ended, await shop.VersionAsync(ended), Split(20_000), proof, Ct)).Refusal?.Key);
            return ended;
        }
    }

    [Fact]
    public async Task A_case_of_others_is_missing_and_an_agent_does_not_open_it_at_the_desk()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var queries = shop.Db.Services.GetRequiredService<CaseQueries>();
        Assert.NotNull(await queries.OpenAsync(shop.Support, id, Ct));
        Assert.Null(await queries.OpenAsync(stranger, id, Ct));
        Assert.Null(await queries.OpenAsync(shop.Agent, id, Ct));
        Assert.Null(await queries.OpenAsync(shop.Support, id + 1, Ct));
    }

    [Fact]
    public void What_narrows_the_queue_is_kept_in_the_address()
    {
        var filter = new DeskFilter(DeskTab.MoreWanted, DisputeKind.Carrier, DisputeTopic.Price, 3, true, true);
        var address = filter.ToAddress(5);
        var query = address[address.IndexOf('?', StringComparison.Ordinal)..];
        Assert.Equal(filter, DeskFilter.Parse(query));
        Assert.Equal((5, true), (DeskFilter.CaseOf(query), DeskFilter.IsMeant(query)));
        Assert.Equal("/support?queue=cases", DeskFilter.Default.ToAddress());
        Assert.False(DeskFilter.IsMeant("?refund=5"));
        Assert.Equal(DeskFilter.Default, DeskFilter.Parse("?tab=9&kind=1&topic=none&store=-1&mine=yes"));
        Assert.Null(DeskFilter.CaseOf("?case=-5"));
    }
}
