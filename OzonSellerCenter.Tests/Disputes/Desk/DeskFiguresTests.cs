using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Desk.Figures;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Returns.Refunds;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Disputes.Desk.DeskHouse;

namespace OzonSellerCenter.Tests.Disputes.Desk;

/// <summary>Decisions and times in figures, counted by hand and read from both databases.</summary>
public sealed class DeskFiguresTests
{
    private static readonly DateTime Monday = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Half_and_nine_tenths_are_read_by_rank()
    {
        var hours = Enumerable.Range(1, 10).Select(h => TimeSpan.FromHours(h)).Reverse().ToList();
        Assert.Equal(TimeSpan.FromHours(5), DeskReckoning.Percentile(hours, 0.5));
        Assert.Equal(TimeSpan.FromHours(9), DeskReckoning.Percentile(hours, 0.9));
        Assert.Equal(TimeSpan.FromHours(7), DeskReckoning.Percentile([TimeSpan.FromHours(7)], 0.9));
        Assert.Null(DeskReckoning.Percentile([], 0.5));
    }

    [Fact]
    public void Ends_are_counted_by_kind_topic_reviewer_and_week()
    {
        CaseEnd[] ends =
        [
            End(1, DisputeOutcome.Seller, 2, "a", onTime: true),
            End(2, DisputeOutcome.Split, 10, "a", onTime: false, amount: 50),
            End(3, DisputeOutcome.Buyer, 30, "b", onTime: true, amount: 100, kind: DisputeKind.ReturnContested),
            End(4, DisputeOutcome.Withdrawn, 1, null, topic: DisputeTopic.Delivery),
            End(1, DisputeOutcome.Split, 4, "b", onTime: true, amount: 20, instance: 2, first: new FirstDecision(DisputeOutcome.Seller, 0, "a")),
            End(3, DisputeOutcome.Buyer, 4, "a", onTime: null, amount: 100, instance: 2, first: new FirstDecision(DisputeOutcome.Buyer, 100, "b"), days: -10),
        ];
        var figures = DeskReckoning.Of(ends, 3, Monday.AddDays(-14), Monday.AddDays(3), ShopTime.Moscow, isCut: false);
        Assert.Equal((6, 1, 2, 2, 1), (figures.All.All, figures.All.Count(DisputeOutcome.Seller), figures.All.Count(DisputeOutcome.Buyer), figures.All.Count(DisputeOutcome.Split), figures.All.Count(DisputeOutcome.Withdrawn)));
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromHours(30), 0.75), (figures.All.Median, figures.All.Ninth, figures.All.OnTime));
        Assert.Equal((0 + 0.5 + 1 + 0.2 + 1) / 5, figures.All.Awarded!.Value, 6);
        Assert.Equal((3, 2, 1), (figures.Appeals, figures.SecondInstances, figures.All.Changed));
        Assert.Equal([("Complaint", 4), ("ReturnContested", 2)], figures.Kinds.Select(k => (k.Key, k.All)));
        Assert.Equal([("Quality", 5), ("Delivery", 1)], figures.Topics.Select(t => (t.Key, t.All)));
        Assert.Equal([("a", 3, 1), ("b", 2, 0)], figures.Reviewers.Select(r => (r.Key, r.All, r.Changed)));
        Assert.Null(figures.Topics[1].Median);
        Assert.Equal([1, 0, 5], figures.Weeks.Select(w => w.All));
        Assert.Equal(new FigureWeek(new DateOnly(2026, 11, 23), 1, 1, 2, 1), figures.Weeks[^1]);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task What_the_desk_did_is_found_again_in_the_figures(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var second = await shop.SecondReviewerAsync();
        var (quick, slow, gone) = (await shop.CaseAsync("1"), await shop.CaseAsync("2", topic: DisputeTopic.Price), await shop.CaseAsync("3"));
        shop.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True((await shop.Desk().DecideAsync(shop.Support, quick, await shop.VersionAsync(quick), ForSeller, null, Ct)).IsDone);
        await shop.FireAsync(gone, DisputeEvent.Withdraw, "Нашёл");
        shop.Clock.Advance(TimeSpan.FromHours(30));
        Assert.True((await shop.Desk().DecideAsync(shop.Support, slow, await shop.VersionAsync(slow), ForSeller, null, Ct)).IsDone);
        await shop.AppealAsync(quick);
        shop.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Null((await shop.Desk().DecideAsync(second, quick, await shop.VersionAsync(quick), Split(50_000), await shop.ProofAsync(second), Ct)).Refusal?.Key);
        var queries = shop.Db.Services.GetRequiredService<FigureQueries>();
        var figures = await queries.AskAsync(shop.Owner, new FigureQuestion(), Ct);
        Assert.Equal((4, 2, 1, 1), (figures.All.All, figures.All.Count(DisputeOutcome.Seller), figures.All.Count(DisputeOutcome.Split), figures.All.Count(DisputeOutcome.Withdrawn)));
        Assert.Equal((4, 32), ((int)figures.All.Median!.Value.TotalHours, (int)figures.All.Ninth!.Value.TotalHours));
        Assert.Equal(2.0 / 3, figures.All.OnTime!.Value, 6);
        Assert.Equal((1, 1, 1), (figures.Appeals, figures.SecondInstances, figures.All.Changed));
        Assert.Equal([(shop.Support.Id, 2, 1), (second.Id, 1, 0)], figures.Reviewers.Select(r => (r.Key, r.All, r.Changed)));
        Assert.Equal(shop.Support.Id, figures.Names[shop.Support.Id]);

        // Nobody else sees any of it.
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Equal(0, (await queries.AskAsync(stranger, new FigureQuestion(Store: shop.Store.Id), Ct)).All.All);
        Assert.Equal(0, (await queries.AskAsync(shop.Agent, new FigureQuestion(), Ct)).All.All);
        Assert.Empty(await queries.StoresAsync(shop.Agent, Ct));
        shop.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, (await queries.AskAsync(shop.Owner, new FigureQuestion(30), Ct)).All.All);
    }

    [Fact]
    public async Task The_file_holds_the_lines_and_no_formula()
    {
        await using var shop = await DeskHouse.OpenAsync();
        await shop.WriteAsync(async db => (await db.Users.SingleAsync(u => u.Id == shop.Support.Id, Ct)).DisplayName = "=HYPERLINK(1)");
        var id = await shop.CaseAsync();
        shop.Clock.Advance(TimeSpan.FromHours(3));
        Assert.True((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), Split(50_000), await shop.ProofAsync(shop.Support), Ct)).IsDone);
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        using var file = new MemoryStream();
        await shop.Db.Services.GetRequiredService<FigureExport>().CsvAsync(shop.Owner, new FigureQuestion(), file, Ct);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Equal("All,,1,0,0,1,0,0,0,3,3,1,0.25,0", lines[1]);
        Assert.StartsWith("By reviewer,'=HYPERLINK(1),1,", lines[^1], StringComparison.Ordinal);
    }

    private static CaseEnd End(
        long id, DisputeOutcome outcome, int hours, string? by, bool? onTime = null, long amount = 0, int instance = 1, FirstDecision? first = null, DisputeKind kind = DisputeKind.Complaint,
        DisputeTopic topic = DisputeTopic.Quality, int days = 0) =>
        new(id, id == 3 ? DisputeKind.ReturnContested : kind, topic, outcome, instance, Monday.AddDays(days), Monday.AddDays(days).AddHours(hours), amount, 100, by, onTime, first);
}
