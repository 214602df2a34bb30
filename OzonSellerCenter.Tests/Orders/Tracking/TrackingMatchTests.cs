using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Bulk;
using OzonSellerCenter.Orders.Tracking;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders.Tracking;

/// <summary>A list meets the postings of a shop.</summary>
public sealed class TrackingMatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Only_what_the_person_may_set_is_matched_and_foreign_is_like_unknown(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await PostingAsync(shop, "1-1");
        await PostingAsync(shop, "2-1", p => p.TrackingNumber = "RB2");
        await PostingAsync(shop, "3-1", p => (p.Status, p.AvailableActions) = ("delivered", ""));
        var list = "1-1;RB1\n2-1;RB2\n3-1;RB3\n4-1;RB4\n5\u00a05';RB5\n1-2;RB6\n2-1;RB2";
        Assert.Equal(
            [
                TrackingVerdict.Matched, TrackingVerdict.Unchanged, TrackingVerdict.NotAllowed, TrackingVerdict.Unknown, TrackingVerdict.Unknown, TrackingVerdict.Unknown,
                TrackingVerdict.Repeated,
            ],
            (await MatchAsync(shop, shop.Agent, list)).Select(l => l.Verdict));
        Assert.Equal("delivered", (await MatchAsync(shop, shop.Agent, list))[2].Status);
        Assert.Equal([TrackingVerdict.ReadsOnly, TrackingVerdict.ReadsOnly], (await MatchAsync(shop, shop.Support, list)).Take(2).Select(l => l.Verdict));
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.All((await MatchAsync(shop, stranger, "1-1;RB1\n2-1;RB2\n4-1;RB4")), l => Assert.Equal((TrackingVerdict.Unknown, null), (l.Verdict, l.Status)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_line_of_a_preview_is_taken_once_however_often_it_is_set(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await PostingAsync(shop, "1-1");
        await PostingAsync(shop, "2-1");
        var (match, preview) = (shop.Db.Services.GetRequiredService<TrackingMatch>(), Guid.NewGuid());
        var lines = await MatchAsync(shop, shop.Agent, "1-1;RB1\n2-1;RB2");
        foreach (var line in lines.Concat(lines)) Assert.Null((await match.SetAsync(shop.Agent, preview, line)).Refusal);
        Assert.Equal(["RB1", "RB2"], await shop.ReadAsync(async db => (await db.PostingDeeds.AsNoTracking().ToListAsync(Ct)).Select(d => ((TrackingWish)d.Wish).Number).Order()));

        // Another preview of the same list is another wish, and the first is still under way.
        Assert.Equal("AlreadyAsked", (await match.SetAsync(shop.Agent, Guid.NewGuid(), lines[0])).Refusal!.Key);
        Assert.Equal("SupportReadsOnly", (await match.SetAsync(shop.Support, Guid.NewGuid(), lines[0])).Refusal!.Key);

        var keys = lines.Select(l => OzonSellerCenter.Shared.DerivedKey.Of(preview, l.Line)).ToList();
        var asked = shop.Db.Services.GetRequiredService<AskedQueries>();
        Assert.All((await asked.StatesAsync(shop.Agent, keys, Ct)).Values, s => Assert.Equal((CommandState.Waiting, false), (s.State, s.IsOver)));
        Assert.Empty(await asked.StatesAsync((await shop.OtherStoreAsync()).User, keys, Ct));
    }

    [Fact]
    public async Task Five_thousand_lines_are_matched_in_a_handful_of_questions()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.WriteAsync(db =>
        {
            db.Postings.AddRange(Enumerable.Range(0, 4_000).Select(i => new Posting
            {
                StoreId = shop.Store.Id,
                PostingNumber = $"0138-{i:D4}-1",
                Status = "delivering",
                AvailableActions = "set_track_number",
            }));
            return Task.CompletedTask;
        });
        var list = string.Join("\r\n", Enumerable.Range(0, TrackingList.MaxLines).Select(i => $"0138-{i:D4}-1;RB{i:D9}CN"));
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        var clock = Stopwatch.StartNew();
        var lines = await MatchAsync(shop, shop.Agent, list);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal((4_000, 1_000), (lines.Count(l => l.Verdict == TrackingVerdict.Matched), lines.Count(l => l.Verdict == TrackingVerdict.Unknown)));
        var asked = plans.Seen.Where(q => q.Sql.Contains("\"Postings\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, asked.Count);
        Assert.All(asked, q => Assert.DoesNotContain("SCAN p", q.Plan, StringComparison.Ordinal));
    }

    private static Task<Posting> PostingAsync(TestShop shop, string number, Action<Posting>? change = null) => shop.PostingAsync(number, "delivering", p =>
    {
        p.AvailableActions = "cancel,set_track_number";
        change?.Invoke(p);
    });

    private static Task<IReadOnlyList<TrackingLine>> MatchAsync(TestShop shop, CurrentUser user, string text) =>
        shop.Db.Services.GetRequiredService<TrackingMatch>().MatchAsync(user, TrackingList.Parse(text).Lines, Ct);
}
