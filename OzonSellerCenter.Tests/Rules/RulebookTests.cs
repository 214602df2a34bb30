using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Rules;

public sealed class RulebookTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    private static IEnumerable<string> ReturnPeriods => ReturnGroups.All.SelectMany(g => new[] { RuleKeys.ReturnPeriod(g, isProper: true), RuleKeys.ReturnPeriod(g, isProper: false) });

    [Theory, MemberData(nameof(Providers))]
    public async Task A_store_starts_on_its_set_once(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var rulebook = test.Db.Services.GetRequiredService<Rulebook>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rulebook.EnsureAsync(test.StoreId, sandbox: true, Ct)));
        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        var rows = await db.RuleValues.ToListAsync(Ct);
        Assert.Equal(RuleDefaults.Seed.Count, rows.Count);
        Assert.All(rows, r => Assert.NotEmpty(r.Source));
        Assert.Equal(new DateOnly(2026, 1, 9), rows.Single(r => r.Key == RuleKeys.FirstAnswer).SourceOn);
    }

    /// <summary>Ozon's rules of how long the shop has to decide, and when the buyer has his money.</summary>
    private static readonly string[] OfDisputes =
        [RuleKeys.DisputeOzonDecision, RuleKeys.DisputeOpen, RuleKeys.DisputeContest, RuleKeys.DisputeVideo, RuleKeys.DisputeBuyerAnswer];

    private static readonly string[] OfReturns =
        [RuleKeys.ReturnDecisionMarket, RuleKeys.ReturnDecisionRfbs, RuleKeys.ReturnDecisionAfterOffer, RuleKeys.ReturnSmallSum, RuleKeys.RefundMoney];

    [Fact]
    public void Both_sets_hold_every_key_and_Ozons_values_are_named_as_Ozons()
    {
        string[] keys =
        [
            RuleKeys.FirstAnswer, RuleKeys.AnswerIn24Hours, RuleKeys.ReplyWindow, RuleKeys.WindowAfterDelivery, RuleKeys.ParcelStill, RuleKeys.UrgencySoon,
            RuleKeys.UrgencyUrgent, .. Enumerable.Range(1, RuleKeys.AlertStages).Select(RuleKeys.AlertStage), RuleKeys.ReturnNoReason, .. ReturnPeriods, .. OfReturns,
            RuleKeys.RefundLimit, RuleKeys.RefundReview, RuleKeys.RefundPostageMost, RuleKeys.RefundWords,
            RuleKeys.DisputeAnswer, RuleKeys.DisputeReview, RuleKeys.DisputeAppeal, RuleKeys.DisputeCarrier, RuleKeys.DisputeHandOver, RuleKeys.DisputeWords, .. OfDisputes,
        ];
        foreach (var set in new[] { RuleDefaults.Seed, RuleDefaults.Ozon })
        {
            Assert.Equal(keys.Order(), set.Select(d => d.Key).Order());
            Assert.Equal(
                new[] { RuleKeys.AnswerIn24Hours, RuleKeys.ReplyWindow, RuleKeys.WindowAfterDelivery }.Concat(ReturnPeriods).Concat(OfReturns).Concat(OfDisputes).Order(),
                set.Where(d => d.Owner == RuleOwner.Ozon).Select(d => d.Key).Order());
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_changed_value_counts_from_its_instant_on_and_the_former_one_stays(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var rulebook = test.Db.Services.GetRequiredService<Rulebook>();
        await rulebook.EnsureAsync(test.StoreId, sandbox: true, Ct);
        Assert.Equal(4, (await rulebook.ForAsync(test.StoreId, Ct)).At(RuleKeys.FirstAnswer, Noon).Value);
        Assert.True((await Change(test, test.Owner, RuleKeys.FirstAnswer, 2)).IsDone);
        Assert.True((await Change(test, test.Owner, RuleKeys.FirstAnswer, 3)).IsDone);

        var rules = await rulebook.ForAsync(test.StoreId, Ct);
        Assert.Equal(4, rules.At(RuleKeys.FirstAnswer, Noon.AddTicks(-1)).Value);
        Assert.Equal(2, rules.At(RuleKeys.FirstAnswer, Noon).Value);
        Assert.Equal(TimeSpan.FromHours(3), rules.SpanAt(RuleKeys.FirstAnswer, Noon.AddSeconds(1)));
        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        Assert.Equal(["4 → 2 h", "2 → 3 h"], await db.AuditEntries.Where(a => a.Action == "rule.change").OrderBy(a => a.Id).Select(a => a.Details!).ToListAsync(Ct));
    }

    [Fact]
    public async Task Only_an_owner_changes_rules_and_only_to_values_that_make_sense()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var (_, agent) = await test.Db.AddStoreAsync(role: StoreRole.Agent);
        var (_, other) = await test.Db.AddStoreAsync("1000002");
        Assert.Equal("OwnersOnly", (await Change(test, agent, RuleKeys.FirstAnswer, 2)).Refusal?.Key);
        Assert.Equal("NotFound", (await Change(test, other, RuleKeys.FirstAnswer, 2)).Refusal?.Key);
        Assert.Equal("NotFound", (await Change(test, test.Owner, "no.such", 2)).Refusal?.Key);
        Assert.Equal("RuleOutOfRange", (await Change(test, test.Owner, RuleKeys.FirstAnswer, 0)).Refusal?.Key);
        Assert.Equal("RuleOutOfRange", (await Change(test, test.Owner, RuleKeys.FirstAnswer, -1)).Refusal?.Key);
        Assert.Equal("RuleOutOfRange", (await Change(test, test.Owner, RuleKeys.FirstAnswer, 100_000)).Refusal?.Key);
        foreach (var days in new[] { -1, 1.5m, 3651 }) Assert.Equal("RuleOutOfRange", (await Change(test, test.Owner, RuleKeys.ReturnNoReason, days)).Refusal?.Key);
        foreach (var days in new[] { 0, 3650 }) Assert.True((await Change(test, test.Owner, RuleKeys.ReturnNoReason, days)).IsDone);
        Assert.True((await Change(test, test.Owner, RuleKeys.AlertStage(5), 0)).IsDone);
    }

    [Fact]
    public async Task Stores_without_rows_go_by_the_defaults()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var rules = await test.Db.Services.GetRequiredService<Rulebook>().ForAsync(test.StoreId, Ct);
        Assert.Equal(TimeSpan.FromHours(48), rules.SpanAt(RuleKeys.ReplyWindow, Noon));
    }

    private static Task<OzonSellerCenter.Shared.Outcome> Change(ClockTest test, CurrentUser user, string key, decimal value) =>
        test.Db.Services.GetRequiredService<RuleActions>().ChangeAsync(user, test.StoreId, key, value, "team", Ct);
}
