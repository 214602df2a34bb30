using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.List;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>The list of cases on both databases.</summary>
public sealed class DisputeListQueriesTests
{
    private static readonly string?[] Texts = [null, "0138-4821-1", "чайник & 100 % + два", "=1+1"];

    private static readonly Gen<DisputeFilter> Filters = Gen.Select(
        Gen.Enum<DisputeKind>(), Gen.Enum<DisputeStanding>(), Gen.Enum<DisputeTopic>(), Gen.Enum<DisputeWhose>(), Gen.Int[0, 3].Select(i => Texts[i]), Gen.Int[1, 99].Nullable(), Gen.Int[0, 7])
        .Select((kind, standing, topic, whose, text, store, flags) => new DisputeFilter
        {
            Kind = (flags & 1) != 0 ? kind : null,
            Standing = standing,
            Topic = (flags & 2) != 0 ? topic : null,
            Whose = whose,
            Overdue = (flags & 4) != 0,
            Store = store,
            Text = text,
        });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public void A_filter_comes_back_out_of_its_address() => Filters.Sample(filter => DisputeFilter.Parse(filter.ToQuery()) == filter);

    [Theory]
    [InlineData("?kind=nonsense&state=31&topic=0&whose=me&store=-1&text=%20&unknown=1")]
    [InlineData("?kind=1&state=9")]
    [InlineData("")]
    public void Unknown_words_in_an_address_are_ignored(string query) => Assert.Equal(DisputeFilter.Default, DisputeFilter.Parse(query));

    [Theory, MemberData(nameof(Providers))]
    public async Task Open_cases_stand_by_their_clock_and_closed_ones_by_when_they_were_opened(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var withholding = await shop.DisputeAsync(DisputeKind.Withholding);
        var complaint = await shop.DisputeAsync(DisputeKind.Complaint);
        var decided = await shop.DisputeAsync(DisputeKind.Complaint);
        await shop.FireAsync(decided.Id, DisputeEvent.OzonDecide, d => d.Outcome = DisputeOutcome.Seller);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var contested = await shop.DisputeAsync(DisputeKind.ReturnContested);
        var closed = await shop.DisputeAsync(DisputeKind.Complaint);
        await shop.FireAsync(closed.Id, DisputeEvent.Withdraw);

        Assert.Equal([complaint.Id, contested.Id, decided.Id, withholding.Id], await IdsAsync(shop, DisputeFilter.Default));
        Assert.Equal([closed.Id, contested.Id, decided.Id, complaint.Id, withholding.Id], await IdsAsync(shop, new() { Standing = DisputeStanding.All }));
        Assert.Equal([complaint.Id, contested.Id, withholding.Id], await IdsAsync(shop, new() { Standing = DisputeStanding.ToAct }));
        Assert.Equal([closed.Id], await IdsAsync(shop, new() { Standing = DisputeStanding.Closed }));
        Assert.Equal([decided.Id], await IdsAsync(shop, new() { Standing = DisputeStanding.Decided }));
        Assert.Equal([complaint.Id, decided.Id], await IdsAsync(shop, new() { Kind = DisputeKind.Complaint }));
        var counts = await Queries(shop).CountsAsync(shop.Agent, null, Ct);
        Assert.Equal((2, 1, 1, 0, 4), (counts.Of[DisputeKind.Complaint], counts.Of[DisputeKind.ReturnContested], counts.Of[DisputeKind.Withholding], counts.Of.GetValueOrDefault(DisputeKind.Carrier), counts.All));
        Assert.Equal(3, await Queries(shop).OpenAsync(shop.Agent, Ct));
        var row = (await Queries(shop).ListAsync(shop.Agent, DisputeFilter.Default, null, Ct)).Rows[0];
        Assert.Equal((complaint.Number, 249_000L, complaint.OpenedAt, complaint.NextBy, null), (row.Number, row.ClaimAmount, row.TurnAt, row.NextBy, row.Owner));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Pages_follow_each_other_without_a_gap_or_a_double(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        for (var i = 0; i < 7; i++)
        {
            await shop.DisputeAsync(DisputeKind.Complaint);
            if (i % 2 == 1) shop.Clock.Advance(TimeSpan.FromHours(1));
        }

        foreach (var filter in new DisputeFilter[] { new(), new() { Standing = DisputeStanding.All } })
        {
            var (found, after) = (new List<long>(), (DisputePlace?)null);
            do
            {
                var page = await Queries(shop).ListAsync(shop.Agent, filter, after, Ct, size: 3);
                found.AddRange(page.Rows.Select(r => r.Id));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(await IdsAsync(shop, filter), found);
            Assert.Equal(7, found.Distinct().Count());
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Filters_narrow_and_fragments_are_found_in_small_and_large_letters(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var mine = await shop.DisputeAsync(DisputeKind.Complaint, d => d.Owner = shop.Agent.Id);
        var nobodys = await shop.DisputeAsync(DisputeKind.Complaint, d => d.Claim = "Пришёл не тот цвет", DisputeTopic.NotAsDescribed);
        shop.Clock.Advance(TimeSpan.FromHours(25));
        var fresh = await shop.DisputeAsync(DisputeKind.Withholding, d => d.Owner = shop.Owner.Id);
        Assert.Equal([mine.Id], await IdsAsync(shop, new() { Whose = DisputeWhose.Mine }));
        Assert.Equal([nobodys.Id], await IdsAsync(shop, new() { Whose = DisputeWhose.Nobody }));
        Assert.Equal([mine.Id, nobodys.Id], await IdsAsync(shop, new() { Overdue = true }));
        Assert.Equal([nobodys.Id], await IdsAsync(shop, new() { Topic = DisputeTopic.NotAsDescribed }));
        Assert.Equal([nobodys.Id], await IdsAsync(shop, new() { Text = "НЕ ТОТ цвет" }));
        Assert.Equal([fresh.Id], await IdsAsync(shop, new() { Text = fresh.Number }));
        Assert.Equal([mine.Id, nobodys.Id, fresh.Id], await IdsAsync(shop, new() { Text = "0138-4821" }));
        Assert.Empty(await IdsAsync(shop, new() { Text = "100%" }));
        Assert.Equal(shop.Agent.Name, (await Queries(shop).ListAsync(shop.Agent, new() { Whose = DisputeWhose.Mine }, null, Ct)).Rows.Single().Owner);
        Assert.Equal([fresh.Id], (await Queries(shop).RowsAsync(shop.Agent, new() { Kind = DisputeKind.Withholding }, [mine.Id, fresh.Id], Ct)).Select(r => r.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Cases_of_other_stores_are_nowhere(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        foreach (var filter in new DisputeFilter[] { new(), new() { Standing = DisputeStanding.All }, new() { Store = shop.Store.Id }, new() { Text = dispute.Number } })
        {
            Assert.Empty((await Queries(shop).ListAsync(stranger, filter, null, Ct)).Rows);
            Assert.NotEmpty((await Queries(shop).ListAsync(shop.Support, filter, null, Ct)).Rows);
        }

        Assert.Empty(await Queries(shop).RowsAsync(stranger, new(), [dispute.Id], Ct));
        Assert.Equal((0, 0), (await Queries(shop).OpenAsync(stranger, Ct), (await Queries(shop).CountsAsync(stranger, null, Ct)).All));
        Assert.Equal(["Store 1000002"], (await Queries(shop).StoresAsync(stranger, Ct)).Select(s => s.Name));
    }

    [Fact]
    public async Task No_list_walks_through_all_cases_there_are()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.DisputeAsync(DisputeKind.Complaint);
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        foreach (var filter in new DisputeFilter[] { new(), new() { Standing = DisputeStanding.ToAct }, new() { Standing = DisputeStanding.Closed }, new() { Standing = DisputeStanding.All } })
            await Queries(shop).ListAsync(shop.Agent, filter, new(shop.Now, 1), Ct);
        await Queries(shop).OpenAsync(shop.Agent, Ct);
        await Queries(shop).CountsAsync(shop.Agent, null, Ct);
        var walks = plans.Seen.Where(p => p.Sql.Contains("\"Disputes\"", StringComparison.Ordinal)).ToList();
        Assert.True(walks.Count >= 6, "every read was seen");
        Assert.All(walks, p => Assert.DoesNotMatch(@"SCAN (?!\w+ VIRTUAL TABLE)", p.Plan));
    }

    private static DisputeListQueries Queries(TestShop shop) => shop.Db.Services.GetRequiredService<DisputeListQueries>();

    private static async Task<long[]> IdsAsync(TestShop shop, DisputeFilter filter) =>
        [.. (await Queries(shop).ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.Id)];
}
